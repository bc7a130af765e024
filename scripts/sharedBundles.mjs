/**
 * Builds bundles that share what they have in common. esbuild splits ECMAScript modules alone, and ours are CommonJS, which
 * Node.js loads sooner and `loadBundle` keeps compiled: so each part is turned into CommonJS after the split.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { build, context, transform } from "esbuild";

/**
 * @param {import("esbuild").BuildOptions} options as for bundles that share nothing
 * @param {string} sharedName the name of the part that all of them share; of parts that some share, the names begin with it
 * @param {(text: string) => string} prepare what becomes of a part's text before it is CommonJS
 * @param {boolean} isWatch builds again on each change, and gives nothing
 * @returns {Promise<import("esbuild").Metafile | undefined>} of the files that were written
 */
export async function buildShared(options, sharedName, prepare, isWatch) {
  let metafile;
  const writeParts = {
    name: "write-parts",
    setup({ onEnd }) {
      onEnd(async (result) => {
        metafile = result.errors.length === 0 ? await write(options, sharedName, prepare, result) : undefined;
      });
    },
  };
  const settings = {
    ...options,
    format: "esm",
    splitting: true,
    write: false,
    banner: {},
    sourcemap: options.sourcemap === false ? false : "inline",
    plugins: [...options.plugins, writeParts],
  };
  await (isWatch ? (await context(settings)).watch() : build(settings));
  return metafile;
}

async function write(options, sharedName, prepare, { metafile, outputFiles }) {
  const names = partNames(metafile, sharedName);
  mkdirSync(options.outdir, { recursive: true });
  for (const { path: file, text } of outputFiles) {
    const name = path.basename(file);
    const renamed = [...names].reduce(
      (whole, [from, to]) => whole.replaceAll(`"./${from}"`, `"./${to}"`),
      prepare(text),
    );
    await writePart(options, path.join(options.outdir, names.get(name) ?? name), renamed);
  }
  const outputs = Object.entries(metafile.outputs).map(([file, output]) => {
    const name = path.basename(file);
    return [file.slice(0, -name.length) + (names.get(name) ?? name), output];
  });
  return { ...metafile, outputs: Object.fromEntries(outputs) };
}

/** Of the parts that several entry points use: these in their names, so that a file keeps its name when its text changes. */
function partNames({ outputs }, sharedName) {
  const entries = Object.keys(outputs).filter((file) => outputs[file].entryPoint !== undefined);
  const reached = new Map(entries.map((entry) => [entry, reachedFrom(entry, outputs)]));
  const parts = Object.keys(outputs).filter((file) => !entries.includes(file));
  return new Map(
    parts.map((file) => {
      const users = entries.filter((entry) => reached.get(entry).has(file));
      const named = users.map((entry) => path.basename(entry, ".js")).sort();
      return [
        path.basename(file),
        `${[sharedName, ...(users.length === entries.length ? [] : named)].join("-")}.js`,
      ];
    }),
  );
}

function reachedFrom(file, outputs, reached = new Set()) {
  for (const { path: imported, external } of outputs[file].imports) {
    if (external !== true && !reached.has(imported)) {
      reachedFrom(imported, outputs, reached.add(imported));
    }
  }
  return reached;
}

async function writePart(options, file, text) {
  const { target, banner, sourcemap, minifySyntax, minifyWhitespace, minifyIdentifiers, logLevel } = options;
  const hasMap = sourcemap !== false;
  const { code, map } = await transform(text, {
    ...{ minifySyntax, minifyWhitespace, minifyIdentifiers, logLevel, target },
    // For Node.js it would also list the names again, for modules that import it.
    platform: "neutral",
    format: "cjs",
    loader: "js",
    sourcefile: path.basename(file),
    sourcemap: hasMap ? "external" : false,
    banner: banner.js,
  });
  writeFileSync(file, hasMap ? `${code}//# sourceMappingURL=${path.basename(file)}.map\n` : code);
  if (hasMap) {
    writeFileSync(`${file}.map`, map);
  }
}
