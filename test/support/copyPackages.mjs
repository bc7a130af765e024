import { cpSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "node_modules");

/**
 * Copies packages that this repository has installed, with all that they depend on, into a project, so that nothing else
 * can be found there.
 *
 * @param {string} project The folder of the project.
 * @param {readonly string[]} names
 */
export function copyPackages(project, names) {
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const source = join(modules, name);
    const target = join(project, "node_modules", name);
    if (existsSync(target) || !existsSync(source)) {
      continue;
    }
    cpSync(source, target, { recursive: true });
    const { dependencies = {} } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
    waiting.push(...Object.keys(dependencies));
  }
}
