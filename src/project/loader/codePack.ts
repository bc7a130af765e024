import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { atExit } from "./atExit";
import type { SealedFiles } from "./sealedFiles";

/** What Node makes of the text of a CommonJS file. */
export type ModuleFunction = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: Pick<NodeModule, "exports">,
  filename: string,
  directory: string,
) => void;

const parameters = "exports, require, module, __filename, __dirname";

/** Many files as one script. */
export interface CodePack {
  /** What stack traces call it. */
  readonly path: string;
  /** In their order; none where it is gone or damaged. */
  readonly functions: readonly ModuleFunction[];
  /** Where the text of each begins, counted from 0. */
  readonly places: () => readonly CodePlace[];
}

export interface CodePlace {
  readonly line: number;
  readonly column: number;
}

const opening = `function (${parameters}) {`;
const separator = ",\n";
const sourceMapComment = "\n//# sourceMappingURL=";

/** A compiled text without the comment at its end that says where its source map is. */
function withoutSourceMapComment(text: string): string {
  const start = text.lastIndexOf(sourceMapComment);
  return start < 0 ||
    text
      .slice(start + 1)
      .trimEnd()
      .includes("\n")
    ? text
    : text.slice(0, start);
}

/**
 * Writes many CommonJS texts as one script, whose compiled form is kept, too: to compile a thousand files one by one
 * takes longer than to run them.
 * @returns by what `openCodePack` finds it again; undefined where it can't be written, or some text is no function's body
 */
export function writeCodePack(
  stem: string,
  texts: readonly string[],
  files: SealedFiles,
): string | undefined {
  const functions = texts.map((text) => `${opening}${withoutSourceMapComment(text)}\n}`);
  const source = `[\n${functions.join(separator)}\n]`;
  const id = createHash("sha1").update(source).digest("hex");
  try {
    // Compiled without being run: what does not stand alone as a body would make nonsense of those around it.
    new Script(source);
    for (const text of functions) {
      new Script(`(${text})`);
    }
    files.write(`${stem}.${id}.js`, source);
    return id;
  } catch {
    return undefined;
  }
}

/**
 * Opens a script that `writeCodePack` wrote. The first process to run its functions keeps them compiled when it ends.
 */
export function openCodePack(stem: string, id: string, files: SealedFiles): CodePack {
  const path = `${stem}.${id}.js`;
  const source = files.read(path)?.toString("utf8");
  return {
    path,
    functions: source === undefined ? [] : functionsIn(path, source, files),
    places: () => placesIn(source ?? ""),
  };
}

function functionsIn(path: string, source: string, files: SealedFiles): readonly ModuleFunction[] {
  try {
    // V8 does not look whether what it is given is whole; a sealed file is.
    const cachedData = files.read(`${path}c`);
    const script = new Script(source, {
      filename: path,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) {
      atExit(() => {
        keepCompiled(`${path}c`, script, files);
      });
    }
    return script.runInThisContext() as readonly ModuleFunction[];
  } catch {
    return [];
  }
}

function keepCompiled(path: string, script: Script, files: SealedFiles): void {
  try {
    files.write(path, script.createCachedData());
  } catch {
    // It is compiled again the next time.
  }
}

function placesIn(source: string): readonly CodePlace[] {
  const [first = "", ...rest] = source.split(opening);
  let line = countLines(first);
  return rest.map((text) => {
    const place = { line, column: opening.length };
    line += countLines(text);
    return place;
  });
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}
