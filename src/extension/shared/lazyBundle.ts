import { join } from "node:path";

/**
 * A part of the extension that is a bundle of its own (see esbuild.mjs), loaded when it is first needed, so that
 * activation pays for little. `Module` is the type of the bundle's entry.
 */
export function lazyBundle<Module>(fileName: string): () => Module {
  let loaded: Module | undefined;
  return () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the editor loads CommonJS
    loaded ??= require(join(__dirname, fileName)) as Module;
    return loaded;
  };
}
