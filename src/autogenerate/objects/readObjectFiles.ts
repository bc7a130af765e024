import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readRegularFile } from "../../machine/regularFile";
import { OperationError } from "../../operations/operationError";
import { loadModule } from "../../project/loadModule";
import { requireUtf8 } from "../../project/requireUtf8";
import { ObjectFileError, type FilePlace } from "./objectFileError";
import { readObjectStatement, type ObjectStatement } from "./objectStatement";

/** A file that holds one object. */
export interface ObjectFile {
  /** Absolute. */
  readonly path: string;
  /** Below the configuration's folder, with slashes. */
  readonly label: string;
  readonly statement: ObjectStatement;
  /** A place in the statement, counted in characters, as one in the file. */
  placeOf(position: number): FilePlace;
}

const mostBytes = 10_000_000;

/**
 * Reads the files below the project's folder of objects, in the order of their paths: `*.sql`, and modules that export
 * their SQL as `definition`. Anything else there is left alone, and so is what begins with a dot.
 * @throws ObjectFileError, LoadError
 */
export async function readObjectFiles(folder: string, directory: string): Promise<readonly ObjectFile[]> {
  const files: ObjectFile[] = [];
  for (const path of listFiles(folder)) {
    const label = relative(directory, path).split(sep).join("/");
    files.push(
      path.endsWith(".sql") ? readSql(path, label) : objectFile(path, label, await exportedText(path, label)),
    );
  }
  return files;
}

function listFiles(folder: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new ObjectFileError(
      "objects-folder-missing",
      `The folder of objects can't be read: ${error instanceof Error ? error.message : String(error)}`,
      { path: folder, label: folder },
      "Create the folder, or correct the key objects in the configuration.",
      error,
    );
  }
  return entries
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : isObjectFile(entry.name) ? [path] : [];
    });
}

function isObjectFile(name: string): boolean {
  return /\.(?:sql|[cm]?[jt]s)$/.test(name) && !/\.(?:d\.[cm]?ts|(?:test|spec)\.[cm]?[jt]s)$/.test(name);
}

function readSql(path: string, label: string): ObjectFile {
  const unreadable = (what: string, hint: string, cause?: unknown): ObjectFileError =>
    new ObjectFileError("object-file-unreadable", what, { path, label }, hint, cause);
  let text;
  try {
    text = readRegularFile(path, mostBytes);
  } catch (error) {
    throw unreadable(
      error instanceof Error ? error.message : String(error),
      "Correct the permissions or the encoding of the file, or move it out of the folder.",
      error,
    );
  }
  return objectFile(path, label, requireUtf8(path, text ?? "", unreadable).replace(/^\uFEFF/, " "));
}

async function exportedText(path: string, label: string): Promise<{ readonly exported: string }> {
  const exports = await loadModule(path);
  const definition =
    typeof exports === "object" && exports !== null && "definition" in exports
      ? exports.definition
      : undefined;
  if (typeof definition !== "string") {
    throw new ObjectFileError(
      "object-file-unreadable",
      "The module does not export its SQL as a string named definition.",
      { path, label },
      "Write `export const definition = `…`;` with the CREATE statement.",
    );
  }
  return { exported: definition };
}

/** Where the text is computed, only the file is known. */
function objectFile(path: string, label: string, given: string | { readonly exported: string }): ObjectFile {
  const text = typeof given === "string" ? given : given.exported;
  const placeOf = (offset: number): FilePlace => {
    const before = text.slice(0, offset).split(/\r\n|\r|\n/);
    return typeof given === "string"
      ? { path, label, line: before.length, column: (before.at(-1) ?? "").length + 1 }
      : { path, label };
  };
  const statement = readStatement(text, path, label);
  if (statement.kind === "unfit") {
    throw new ObjectFileError(statement.code, statement.what, placeOf(statement.at), statement.hint);
  }
  return {
    path,
    label,
    statement,
    placeOf: (position) => placeOf(statement.start + position),
  };
}

function readStatement(text: string, path: string, label: string): ReturnType<typeof readObjectStatement> {
  try {
    return readObjectStatement(text);
  } catch (error) {
    if (error instanceof OperationError) {
      throw new ObjectFileError(
        "object-not-one-statement",
        error.message,
        { path, label },
        error.hint ?? "Close the comment.",
        error,
      );
    }
    throw error;
  }
}
