import type { Extension, Extensions } from "@electric-sql/pglite" with { "resolution-mode": "import" };
import { type PackedEntry, packedPath, readPackedFiles } from "./packedFiles";

/** PGlite as the extension carries it: its files compressed, and those of its contrib modules among them. */
export interface PackedPglite {
  /** PostgreSQL in WebAssembly. */
  readonly code: Uint8Array;
  /** The files that PostgreSQL finds installed. */
  readonly installed: Uint8Array;
  /** For `CREATE EXTENSION`. */
  readonly contrib: Extensions;
}

/** Of the module that PGlite starts. */
interface StartedModule {
  readonly FS: {
    mkdirTree(path: string): void;
    writeFile(path: string, content: Uint8Array): void;
  };
}

interface StartOptions {
  readonly preRun?: readonly ((module: StartedModule) => void)[];
}

/** Where PostgreSQL is installed among PGlite's own files. */
const installation = "/pglite";

const contribFolder = "contrib/";

/**
 * Unpacks PGlite into memory; undefined where it is not packed, as in the npm package, which has it from the registry.
 * @param pgliteVersion of the code that is to run it
 */
export async function readPackedPglite(
  pgliteVersion: string,
  files: readonly [string, string] = [packedPath("pgliteCode.bin"), packedPath("pgliteFiles.bin")],
): Promise<PackedPglite | undefined> {
  const parts = await Promise.all(files.map((file) => readPackedFiles(pgliteVersion, file)));
  const entries = parts.flatMap((part) => part ?? []);
  const contentOf = (name: string): Uint8Array | undefined =>
    entries.find(({ path }) => path === name)?.content;
  const code = contentOf("pglite.wasm");
  const installed = contentOf("pglite.data");
  return code === undefined || installed === undefined
    ? undefined
    : { code, installed, contrib: { contrib: contribModules(entries) } };
}

/** Puts the contrib modules where PostgreSQL looks for them, before it starts. */
function contribModules(entries: readonly PackedEntry[]): Extension {
  const install = ({ FS: fileSystem }: StartedModule): void => {
    for (const { path, content } of entries) {
      if (path.startsWith(contribFolder) && content !== undefined) {
        const target = `${installation}/${path.slice(contribFolder.length)}`;
        fileSystem.mkdirTree(target.slice(0, target.lastIndexOf("/")));
        fileSystem.writeFile(target, content);
      }
    }
  };
  return {
    name: "contrib",
    setup: (_pglite, options: StartOptions) =>
      Promise.resolve({ emscriptenOpts: { ...options, preRun: [...(options.preRun ?? []), install] } }),
  };
}
