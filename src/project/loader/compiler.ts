import { existsSync, readFileSync } from "node:fs";
import { createRequire, wrap } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import type * as Zlib from "node:zlib";
import type typescript from "typescript";
import { LoadError } from "../errors";
import type { ModuleFunction } from "./codePack";

/** The TypeScript API that the loader uses. */
export type TypeScriptCompiler = typeof typescript;

/** The compiler's version, known without loading it: loading costs 0.4 s and cached files need only the number. */
export const compilerVersion = "6.0.3";

let compiler: TypeScriptCompiler | undefined;

/** Where the build puts the compiler of the .vsix, compressed. */
const packed = join(__dirname, "typescript.bin");

/** Where the compiler believes itself to be: it reads the declarations of ECMAScript beside it. */
const unpacked = join(__dirname, "node_modules", "typescript", "lib", "typescript.js");

/**
 * Loads the TypeScript compiler that is packed beside the bundle; without one, the installed one.
 * @throws {LoadError} `compiler-missing`: there is none, or one without the API for single files, as TypeScript 7 is
 */
export function loadTypeScript(): TypeScriptCompiler {
  try {
    compiler ??= usable(existsSync(packed) ? loadPacked() : createRequire(__filename)("typescript"));
    return compiler;
  } catch (error) {
    throw new LoadError(
      "compiler-missing",
      "The TypeScript compiler of alembic-ts is missing from its installation.",
      {
        file: packed,
        hint: "Install alembic-ts again.",
        cause: error,
      },
    );
  }
}

function loadPacked(): object {
  const require = createRequire(unpacked);
  // Loaded here, since most commands find what they need compiled already.
  const { brotliDecompressSync } = require("node:zlib") as typeof Zlib;
  const text = brotliDecompressSync(readFileSync(packed)).toString("utf8");
  const run = new Script(wrap(text), { filename: unpacked }).runInThisContext() as ModuleFunction;
  const module = { exports: {} };
  run(module.exports, require, module, unpacked, dirname(unpacked));
  return module.exports;
}

function usable(loaded: unknown): TypeScriptCompiler {
  if (typeof loaded !== "object" || loaded === null || !("transpileModule" in loaded)) {
    throw new Error("This TypeScript has no transpileModule.");
  }
  return loaded as TypeScriptCompiler;
}
