import type { Migration, MigrationFunction } from "../project/migration";
import { LoadError } from "../project/errors";
import { MigrationError } from "./migrationError";

/** What a loaded revision file offers. */
export interface RevisionModule {
  readonly upgrade: MigrationFunction;
  readonly downgrade: MigrationFunction;
  /** False where the file says `export const transaction = false`. */
  readonly isTransactional: boolean;
}

/**
 * Loads a revision file. Python files can be seen in the graph, never run.
 * @throws MigrationError `not-runnable`; LoadError where the file does not compile.
 */
export async function readRevisionModule(
  path: string,
  revision: string,
  loadModule: (path: string) => Promise<unknown>,
): Promise<RevisionModule> {
  if (path.endsWith(".py")) {
    throw new MigrationError(
      "not-runnable",
      `Revision ${revision} is a Python file, which only Alembic can run: ${path}`,
      {
        revision,
        hint: "Run it with Python's `alembic`, or convert it with `alembic-ts convert --replace`, which keeps its ID.",
      },
    );
  }
  const exports = await loadModule(path).catch(rethrowRefusal);
  return {
    upgrade: exportedFunction(exports, "upgrade", path, revision),
    downgrade: exportedFunction(exports, "downgrade", path, revision),
    isTransactional: exported(exports, "transaction") !== false,
  };
}

/** What was refused while the file was imported is told as it is, with what to do. */
function rethrowRefusal(error: unknown): never {
  if (!(error instanceof LoadError && error.cause instanceof MigrationError)) {
    throw error;
  }
  const { code, message, revision, hint } = error.cause;
  const { file, line, column } = error;
  const location = line === undefined || column === undefined ? undefined : { path: file, line, column };
  throw new MigrationError(code, message, { revision, hint, location });
}

function exportedFunction(
  exports: unknown,
  name: "upgrade" | "downgrade",
  path: string,
  revision: string,
): MigrationFunction {
  const value = exported(exports, name);
  if (typeof value === "function") {
    return (migration: Migration) => value.call(undefined, migration) as Promise<void> | void;
  }
  return () => {
    throw new MigrationError("no-such-function", `Revision ${revision} has no ${name}() function: ${path}`, {
      revision,
      hint: `Write \`export async function ${name}({ op }: Migration): Promise<void> { … }\` in that file.`,
    });
  };
}

/** CommonJS that was compiled from ESM, or loaded by ESM, may hold its exports below `default`. */
function exported(exports: unknown, name: string): unknown {
  if (typeof exports !== "object" || exports === null) {
    return undefined;
  }
  const direct: unknown = Reflect.get(exports, name);
  if (direct !== undefined) {
    return direct;
  }
  const nested: unknown = Reflect.get(exports, "default");
  return typeof nested === "object" && nested !== null ? Reflect.get(nested, name) : undefined;
}
