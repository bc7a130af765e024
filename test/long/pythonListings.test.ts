import assert from "node:assert/strict";
import { recordedProjects, listingNames, type Listing } from "../support/recordedPythonProjects";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

const commands: Readonly<Record<Listing, readonly string[]>> = {
  history: ["history"],
  historyVerbose: ["history", "-v"],
  heads: ["heads"],
  headsVerbose: ["heads", "-v"],
  branches: ["branches"],
  branchesVerbose: ["branches", "-v"],
  show: ["show"],
};

describe("the built command line lists Python revisions as Alembic does, without Python", function () {
  this.timeout(120_000);
  for (const project of recordedProjects()) {
    describe(`project ${String(project.seed)}`, () => {
      let folder: ProjectFolder;
      before(() => {
        folder = createProjectFolder({
          "alembic.ini": "[alembic]\nscript_location = migrations\n",
          "migrations/env.py": "",
          ...Object.fromEntries(project.files.map(({ path, text }) => [`migrations/versions/${path}`, text])),
        });
      });
      after(() => folder.remove());

      for (const name of listingNames) {
        it(name, async () => {
          const args = [...commands[name], ...(name === "show" ? [project.shown] : [])];
          const { stdout, exitCode } = await folder.run(args, { env: { PATH: "" } });
          assert.deepEqual(
            stdout.replaceAll("<project>/migrations/versions/", "").split("\n"),
            project[name].split("\n"),
          );
          assert.equal(exitCode, 0);
        });
      }
    });
  }
});
