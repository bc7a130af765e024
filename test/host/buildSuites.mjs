import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** TEST_SUITES names another folder of suites, from the repository's: that of the slow ones. */
const suitesFolder = join(repository, process.env.TEST_SUITES ?? join("test", "extension"));

/**
 * The suites: the folders below `test/extension` with a `*.test.ts`, with what their `suite.json` declares.
 *
 * @returns {readonly { name: string, folder: string, files: readonly string[], trusted: boolean, workspace: string,
 *   extension: string, env: Record<string, string>, database: boolean, nodeModules: boolean }[]}
 */
export function findSuites() {
  if (!existsSync(suitesFolder)) {
    return [];
  }
  return readdirSync(suitesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(suitesFolder, name);
      const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
      const optionsFile = join(folder, "suite.json");
      const options = existsSync(optionsFile) ? JSON.parse(readFileSync(optionsFile, "utf8")) : {};
      const defaults = {
        trusted: true,
        workspace: "folder",
        extension: ".",
        env: {},
        database: false,
        nodeModules: false,
      };
      return { ...defaults, ...options, name, folder, files: files.sort() };
    })
    .filter(({ files }) => files.length > 0)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

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
