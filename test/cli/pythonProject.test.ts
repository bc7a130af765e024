import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

function revision(id: string, parent: string, more = ""): string {
  return `"""Message of ${id}\nin two lines\n\nRevision ID: ${id}\n"""\nrevision = '${id}'\ndown_revision = ${parent}\n${more}`;
}

const files = {
  "alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n",
  "migrations/env.py": "",
  "migrations/versions/a1.py": revision("a1", "None", "branch_labels = (cli.EXPAND,)\n"),
  "migrations/versions/b1.py": revision("b1", "'a1'", "depends_on = None\ndepends_on = None\n"),
  "migrations/versions/c1.py": revision("c1", "parent()"),
  "migrations/versions/d1.py": "revision = 'd1'\ndown_revision = 'c1'\n",
};

describe("a project of Python's Alembic", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  before(() => {
    project = createProjectFolder(files);
  });
  after(() => project.remove());

  it("is listed without the file that only running would read", async () => {
    const { stdout, stderr, exitCode } = await project.run(["history"], { env: { DATABASE_URL: "" } });
    assert.deepEqual(
      { stdout, warnings: stderr.split("\n").filter((line) => line !== ""), exitCode },
      {
        stdout:
          "a1 -> b1 (head), Message of b1\nin two lines\n<base> -> a1, Message of a1\nin two lines\nc1 -> d1 (head), \n",
        warnings: [
          `WARNING branch_labels of <project>/migrations/versions/a1.py is not known: it is the name cli, which has no value here.`,
          `WARNING The header of <project>/migrations/versions/c1.py is not known, so the revision is left out: down_revision is a computed value.`,
        ],
        exitCode: 0,
      },
    );
  });

  it("is never asked in a database of ours", async () => {
    const { stdout, exitCode } = await project.run(["current"], { env: { DATABASE_URL: "" } });
    assert.match(
      stdout,
      /^FAILED: No database is named: .*env\.py chooses it, and only Python's Alembic runs that file\.\n$/,
    );
    assert.equal(exitCode, 255);
    assert.equal(existsSync(join(project.path, ".alembic")), false);
  });
});
