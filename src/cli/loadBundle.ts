import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createRequire, wrap } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { atExit } from "../project/loader/atExit";
import type { ModuleFunction } from "../project/loader/codePack";
import { ownCompiledFolder, sealedFiles } from "../project/loader/compiledFolder";
import type { SealedFiles } from "../project/loader/sealedFiles";

const loaded = new Map<string, object>();

const loadedByNode: ReadonlySet<string> = new Set(["./importModule.js", "./loadBundle.js"]);

/**
 * Loads one of this program's own bundles as `require` would, but compiled by V8 already, as an earlier process kept it:
 * compiling takes longer than all that many a command does. What is kept is for just this text of the bundle, at just this path. It has no
 * `import()`: the build puts `importModule` in its place.
 * @param name as `require` takes it in the bundle that this is in
 */
export function loadBundle(name: string): object {
  const path = join(__dirname, name);
  const known = loaded.get(path);
  if (known !== undefined) {
    return known;
  }
  const requireHere = createRequire(path);
  const run = compiledBundle(path);
  if (run === undefined) {
    return requireHere(path) as object;
  }
  const module = { exports: {} };
  // The bundles beside it are loaded alike; but `import()` is Node's, and what two bundles share is loaded once: by this very module.
  const load = (asked: string): unknown =>
    asked.startsWith("./") && !loadedByNode.has(asked) ? loadBundle(asked) : requireHere(asked);
  run(module.exports, Object.assign(load, requireHere), module, path, dirname(path));
  loaded.set(path, module.exports);
  return module.exports;
}

/** The bundle as a function; undefined where nothing can be kept. */
function compiledBundle(path: string): ModuleFunction | undefined {
  const folder = ownCompiledFolder();
  const files = folder === undefined ? undefined : sealedFiles(folder);
  if (folder === undefined || files === undefined) {
    return undefined;
  }
  const text = readFileSync(path, "utf8");
  const kept: KeptCode = {
    path: join(folder, "program", codeName(path)),
    digest: digestOf(path, text),
    files,
  };
  const code = readCode(kept);
  const script = new Script(wrap(text), {
    filename: path,
    columnOffset: -wrap("\n").indexOf("\n"),
    ...(code === undefined ? {} : { cachedData: code }),
  });
  if (code === undefined || script.cachedDataRejected === true || isOld(kept.path)) {
    atExit(() => {
      keepCode(kept, script);
    });
  }
  return script.runInThisContext() as ModuleFunction;
}

/** Commands that are run often, and use functions of their own. */
const frequentCommands = ["check", "downgrade", "revision", "test", "upgrade", "verify"];

/** Code holds the functions that were run when it was kept: each command has its own. */
function codeName(path: string): string {
  const [, , command] = process.argv;
  const use = frequentCommands.find((name) => name === command) ?? "other";
  return `${basename(path)}-${use}-${process.version}-${process.arch}`;
}

interface KeptCode {
  readonly path: string;
  /**
   * Of the bundle's path and text, 32 bytes. V8 itself looks only at the length of the text, and names the path in stack
   * traces where the code was compiled.
   */
  readonly digest: Buffer;
  readonly files: SealedFiles;
}

function digestOf(path: string, text: string): Buffer {
  return createHash("sha256").update(`${path}\0`).update(text).digest();
}

function readCode({ path, digest, files }: KeptCode): Buffer | undefined {
  const contents = files.read(path);
  return contents?.subarray(0, digest.length).equals(digest) === true
    ? contents.subarray(digest.length)
    : undefined;
}

function keepCode({ path, digest, files }: KeptCode, script: Script): void {
  try {
    files.write(path, Buffer.concat([digest, script.createCachedData()]));
  } catch {
    // It is compiled again the next time.
  }
}

const keptMilliseconds = 24 * 3600 * 1000;

/** The run that it was kept of may have come to less than others do. */
function isOld(path: string): boolean {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > keptMilliseconds;
}
