import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type typescript from "typescript";
import { LoadError } from "../errors";

/** The TypeScript API that the loader uses. */
export type TypeScriptCompiler = typeof typescript;

/** The compiler's version, known without loading it: loading costs 0.4 s and cached files need only the number. */
export const compilerVersion = "6.0.3";

let compiler: TypeScriptCompiler | undefined;

/**
 * Loads the TypeScript compiler that is shipped beside the bundle; from source, the installed one.
 * @throws {LoadError} `compiler-missing`: there is none, or one without the API for single files, as TypeScript 7 is
 */
export function loadTypeScript(): TypeScriptCompiler {
  const shipped = join(__dirname, "typescript.js");
  const path = existsSync(shipped) ? shipped : "typescript";
  try {
    compiler ??= usable(createRequire(__filename)(path));
    return compiler;
  } catch (error) {
    throw new LoadError(
      "compiler-missing",
      "The TypeScript compiler of alembic-ts is missing from its installation.",
      {
        file: shipped,
        hint: "Install alembic-ts again.",
        cause: error,
      },
    );
  }
}

function usable(loaded: unknown): TypeScriptCompiler {
  if (typeof loaded !== "object" || loaded === null || !("transpileModule" in loaded)) {
    throw new Error("This TypeScript has no transpileModule.");
  }
  return loaded as TypeScriptCompiler;
}
