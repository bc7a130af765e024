import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { loadModule } from "../../../src/project/loadModule";
import { filesOf, resolutionCases } from "./resolutionCases";
import { withProject } from "./temporaryProject";

/** The file that tsc takes an import for. */
function byCompiler(directory: string, specifier: string, format: "CommonJS" | "ESM"): string | undefined {
  const parsed = ts.getParsedCommandLineOfConfigFile(join(directory, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  });
  const options = parsed?.options ?? {};
  const mode = format === "ESM" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
  const host = ts.createCompilerHost(options);
  const main = join(directory, "src/main.ts");
  return ts.resolveModuleName(specifier, main, options, host, undefined, undefined, mode).resolvedModule
    ?.resolvedFileName;
}

describe("an import resolves as for tsc", function () {
  this.timeout(20_000);

  for (const format of ["CommonJS", "ESM"] as const) {
    for (const each of resolutionCases.filter((one) => one.format === undefined || one.format === format)) {
      it(`${each.name}: ${format}`, async () => {
        await withProject(filesOf(each, format), async (directory) => {
          for (const [link, target] of Object.entries(each.links ?? {})) {
            mkdirSync(dirname(join(directory, link)), { recursive: true });
            symlinkSync(join(directory, target), join(directory, link));
          }
          assert.equal(byCompiler(directory, each.specifier, format), join(directory, each.found));
          const exports = await loadModule(join(directory, "src/main.ts"));
          assert.equal(Reflect.get(Object(exports) as object, "meant"), "found");
        });
      });
    }
  }
});
