import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/**
 * Bundles each suite into one module that exports `run()`, as the editor's `--extensionTestsPath` wants it.
 *
 * @returns {Promise<Map<string, string>>} The modules' paths by the suites' names.
 */
export async function buildSuites(suites) {
  const outputs = new Map();
  for (const { name, folder, files } of suites) {
    const outfile = join(repository, "out", "test", "extension", name, "index.js");
    const loads = files.map((file) => `require(${JSON.stringify(`./${file}`)});`).join(" ");
    await build({
      stdin: {
        contents: `import { runMocha } from ${JSON.stringify(join(repository, "test", "host", "runMocha"))}; export const run = () => runMocha(() => { ${loads} });`,
        resolveDir: folder,
        loader: "ts",
      },
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      packages: "external",
      sourcemap: "inline",
      logLevel: "warning",
    });
    outputs.set(name, outfile);
  }
  return outputs;
}
