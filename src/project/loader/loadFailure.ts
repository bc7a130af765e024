import { fileURLToPath } from "node:url";
import { LoadError } from "../errors";
import { hintForLoadFailure, hintForMissingModule } from "./loadHints";
import { isOwnFile } from "./ownFiles";
import { isInstalled } from "./resolveSpecifier";

/** The error to report for what a module threw while it was loaded; a `LoadError` is given back as it is. */
export function describeLoadFailure(error: unknown, file: string): LoadError {
  if (error instanceof LoadError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const position = error instanceof Error ? userPosition(error) : undefined;
  const where = position === undefined ? file : `${position.file}:${position.line}:${position.column}`;
  const details = { file, cause: error, ...position };
  return isMissingModule(error)
    ? new LoadError("module-not-found", `${file} could not be loaded: ${firstLine(message)}`, {
        ...details,
        hint: hintForMissingModule(message),
      })
    : new LoadError("module-failed", `${where}: ${withoutAdvice(firstLine(message))}`, {
        ...details,
        hint: hintForLoadFailure(error, position?.file ?? file),
      });
}

/** TypeORM's advice for a column without a type, which concerns the build of an application and not this loader. */
const typeormAdvice = " Make sure you have turned on";

function withoutAdvice(message: string): string {
  return message.split(typeormAdvice, 1)[0] ?? message;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}

function isMissingModule(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
}

interface UserPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The path at the end of what stands before a stack frame's numbers: behind a parenthesis, or behind `at`. */
function placeOfFrame(text: string): string | undefined {
  const parenthesis = text.lastIndexOf("(");
  const place = parenthesis < 0 ? /^\s*at (?:async )?(.+)$/.exec(text)?.[1] : text.slice(parenthesis + 1);
  return place === "" || place?.includes(")") === true ? undefined : place;
}

/** The first place in the user's own files on an error's stack, lines and columns from one. */
function userPosition(error: Error): UserPosition | undefined {
  for (const frame of (error.stack ?? "").split("\n")) {
    const numbers = /:(\d+):(\d+)\)?$/.exec(frame);
    if (numbers === null) {
      continue;
    }
    const [, line = "", column = ""] = numbers;
    const place = placeOfFrame(frame.slice(0, numbers.index));
    if (place === undefined) {
      continue;
    }
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    if (!file.startsWith("node:") && !isInstalled(file) && !isOwnFile(file)) {
      return { file, line: Number(line), column: Number(column) };
    }
  }
  return undefined;
}
