import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadModule } from "../../src/project/loadModule";
import { filesOf, resolutionCases } from "../unit/project/resolutionCases";
import { withProject } from "../unit/project/temporaryProject";

const tsx = join(__dirname, "../../node_modules/tsx/dist/cli.mjs");

describe("an import resolves as for tsx", function () {
  this.timeout(60_000);

  for (const format of ["CommonJS", "ESM"] as const) {
    for (const each of resolutionCases.filter((one) => one.format === undefined || one.format === format)) {
      it(`${each.name}: ${format}`, async () => {
        await withProject(filesOf(each, format), async (directory) => {
          for (const [link, target] of Object.entries(each.links ?? {})) {
            mkdirSync(dirname(join(directory, link)), { recursive: true });
            symlinkSync(join(directory, target), join(directory, link));
          }
          const print = join(directory, "src/print.ts");
          writeFileSync(print, `import { meant } from "./main.js";\nconsole.log(meant);\n`);
          const { stdout } = spawnSync(process.execPath, [tsx, print], { cwd: directory, encoding: "utf8" });
          const isUnknown = each.isUnknownToTsx === true || each.isUnknownToTsx === format;
          assert.equal(stdout, isUnknown ? "" : "found\n");
          const exports = await loadModule(join(directory, "src/main.ts"));
          assert.equal(Reflect.get(Object(exports) as object, "meant"), "found");
        });
      });
    }
  }
});
