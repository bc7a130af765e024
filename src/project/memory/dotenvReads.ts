import fs from "node:fs";
import { resolve, sep } from "node:path";
import { afterInstalled } from "../loader/commonjsHooks";

/** What the package `dotenv` did for the project's code since it is observed. */
export interface DotenvReads {
  /** Absolute, of files that it read or looked for. */
  readonly paths: ReadonlySet<string>;
  /** What it found in them. */
  readonly values: ReadonlySet<string>;
  /** False once it has read something that is not known by a path, or in a way that is not known. */
  readonly isByPath: boolean;
}

type Call = (...args: readonly unknown[]) => unknown;

interface NotedReads {
  readonly paths: Set<string>;
  readonly values: Set<string>;
  isByPath: boolean;
  hasRun: boolean;
  isWrapped: boolean;
}

let noted: NotedReads | undefined;

const ownFolder = ["", "node_modules", "dotenv", ""].join(sep);

/** Notes from now on what `dotenv` reads. */
export function observeDotenv(): DotenvReads {
  const reads = (noted ??= beginNoting());
  return {
    paths: reads.paths,
    values: reads.values,
    get isByPath() {
      return reads.isByPath && reads.isWrapped === reads.hasRun;
    },
  };
}

function beginNoting(): NotedReads {
  const reads: NotedReads = {
    paths: new Set(),
    values: new Set(),
    isByPath: true,
    hasRun: false,
    isWrapped: false,
  };
  afterInstalled((filename, module) => {
    if (filename.includes(ownFolder)) {
      reads.hasRun = true;
      wrap(module.exports, reads);
    }
  });
  return reads;
}

/** Where its functions lie depends on its version. */
function wrap(exports: unknown, reads: NotedReads): void {
  for (const name of ["config", "configDotenv"]) {
    const original: unknown =
      typeof exports === "object" && exports !== null ? Reflect.get(exports, name) : undefined;
    if (typeof original === "function") {
      const call = original as Call;
      const isSet = Reflect.set(exports as object, name, (...args: readonly unknown[]) => {
        const result = notingReads(reads, () => call(...args));
        noteValues(result, reads);
        return result;
      });
      reads.isWrapped = isSet;
    }
  }
}

/** It asks the file system by these of its functions, and does all of it before it returns. */
function notingReads<Result>(reads: NotedReads, read: () => Result): Result {
  const names = ["readFileSync", "existsSync", "statSync"] as const;
  const originals = names.map((name) => [name, fs[name] as Call] as const);
  for (const [name, original] of originals) {
    Reflect.set(fs, name, (...args: readonly unknown[]) => {
      const [path] = args;
      if (typeof path === "string") {
        reads.paths.add(resolve(path));
      } else {
        reads.isByPath = false;
      }
      return original(...args);
    });
  }
  try {
    return read();
  } finally {
    originals.forEach(([name, original]) => Reflect.set(fs, name, original));
  }
}

function noteValues(result: unknown, { values }: NotedReads): void {
  const parsed: unknown =
    typeof result === "object" && result !== null ? Reflect.get(result, "parsed") : undefined;
  for (const value of Object.values(parsed ?? {})) {
    values.add(String(value));
  }
}
