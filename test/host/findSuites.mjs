// Loads nothing but Node's own: it is read before the packages of a fresh clone are installed.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** TEST_SUITES names another folder of suites, from the repository's: that of the slow ones. */
const suitesFolder = join(repository, process.env.TEST_SUITES ?? join("test", "extension"));

/**
 * The suites: the folders below `test/extension`, or another folder, with a `*.test.ts`, with what their `suite.json` declares.
 *
 * @param {string} [parent]
 * @returns {readonly { name: string, folder: string, files: readonly string[], trusted: boolean, workspace: string,
 *   extension: string, env: Record<string, string>, database: boolean, nodeModules: boolean, alone: boolean,
 *   long: boolean }[]}
 */
export function findSuites(parent = suitesFolder) {
  if (!existsSync(parent)) {
    return [];
  }
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(parent, name);
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
        alone: false,
        long: false,
      };
      return { ...defaults, ...options, name, folder, files: files.sort() };
    })
    .filter(({ files }) => files.length > 0)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}
