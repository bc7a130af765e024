import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { errorOutput } from "../../src/outputs/errorOutput";
import { runInProcess } from "../support/inProcess";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";

const failing: readonly (readonly [what: string, upgrade: string, column: number])[] = [
  ["an operation", "  await op.dropTable({} as never);", 12],
  ["an error of its own", `  throw new Error("not today");`, 9],
];

describe("revisions in a linked folder", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  before(() => {
    project = createProjectFolder({
      "alembic.config.ts": `export default { scriptLocation: "linked", url: "sqlite:///data.db" };\n`,
    });
    mkdirSync(join(project.path, "migrations/versions"), { recursive: true });
    symlinkSync(join(project.path, "migrations"), join(project.path, "linked"), "junction");
  });
  after(() => project.remove());

  for (const [what, upgrade, column] of failing) {
    it(`fail at their place: ${what}`, async () => {
      project.write({ "migrations/versions/a.ts": revisionText({ id: "a", upgrade }) });
      const { stdout } = await runInProcess(project, ["upgrade", "head", "--sql", "--json"]);
      const { error } = errorOutput.parse(JSON.parse(stdout));
      assert.deepEqual(error.place, { file: join(project.path, "linked/versions/a.ts"), line: 16, column });
    });
  }
});
