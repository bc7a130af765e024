import { statSync } from "node:fs";
import { readRegularFile } from "../../machine/regularFile";
import { isInstalled, resolveSpecifier } from "../../project/loader/resolveSpecifier";

const mostBytes = 4_000_000;

/** Of `import … from "./a"`, `export … from "./a"`, `import "./a"`, `import("./a")` and `require("./a")`. */
const specifier = /\b(?:from|import|require)\s{0,20}\(?\s{0,20}(?:"([^"\n]{1,500})"|'([^'\n]{1,500})')/g;

/**
 * The texts of the project's own modules that a file imports, and of those that they import, each once and in a fixed order.
 * Installed packages are left out.
 */
export function importedTexts(path: string, text: string): readonly string[] {
  const texts: string[] = [];
  const seen = new Set([path]);
  const waiting = [{ path, text }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const [, double, single] of next.text.matchAll(specifier)) {
      const found = resolveSpecifier(double ?? single ?? "", next.path);
      if (found === undefined || seen.has(found) || isInstalled(found)) {
        continue;
      }
      seen.add(found);
      const imported = readModule(found);
      if (imported !== undefined) {
        texts.push(imported);
        waiting.push({ path: found, text: imported });
      }
    }
  }
  return texts;
}

function readModule(path: string): string | undefined {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? readRegularFile(path, mostBytes) : undefined;
}
