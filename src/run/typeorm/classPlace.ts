import { readFileSync } from "node:fs";
import type { TypeormMigration } from "../../typeorm/adopt/findMigrations";
import type { SourceLocation } from "../migrationError";
import { findPosition } from "../../operations/callSite";
import { placeInFile } from "../placeInFile";

/**
 * Where in the user's code a migration failed: the innermost place of the error's stack in the file of the class, else
 * the method that ran. Which file that is, the stack may tell too: of a class that was listed itself, and is one of an ES
 * module or of an installed package, nothing else does. Undefined where it does not.
 */
export function placeOfFailure(
  error: unknown,
  migration: Pick<TypeormMigration, "file" | "instance">,
  method: "up" | "down",
): SourceLocation | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const { file, instance } = migration;
  if (file !== undefined) {
    return placeInFile({ stack }, file) ?? placeOfMethod(migration, method);
  }
  const own = ` ${instance.constructor.name}.${method} (`;
  const frames = stack.split("\n").filter((frame) => frame.includes(own));
  const found = findPosition({ stack: frames.join("\n") }, () => true);
  return found && placeInFile({ stack }, found.path);
}

/** The method in the text of its class; where it is not found there, the class, or the beginning of the file. */
export function placeOfMethod(
  { file, instance }: Pick<TypeormMigration, "file" | "instance">,
  method: "up" | "down",
): SourceLocation | undefined {
  if (file === undefined) {
    return undefined;
  }
  const text = readFileSync(file, "utf8");
  const name = instance.constructor.name.replaceAll("$", "\\$");
  const ofClass = name === "" ? -1 : text.search(new RegExp(`\\b(?:class|function)\\s+${name}(?![\\w$])`));
  const begin = Math.max(ofClass, 0);
  const found = methodPattern(method).exec(text.slice(begin));
  const offset = found === null ? begin : begin + found.index + found[0].lastIndexOf(method);
  const before = text.slice(0, offset).split("\n");
  return { path: file, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/**
 * A method or a property at the beginning of a line or a member, so that comments and calls are passed over; or, in a
 * class that is compiled to ES5, what its prototype is given.
 */
function methodPattern(method: "up" | "down"): RegExp {
  return new RegExp(
    `(?:^|[{};])\\s*(?:(?:public|override|async|readonly)\\s+)*(?:[\\w$]+\\.prototype\\.)?["']?${method}(?=["']?\\s*[=(:<])`,
    "m",
  );
}
