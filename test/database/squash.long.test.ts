import assert from "node:assert/strict";
import { basename } from "node:path";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";
import { holdSquash } from "./squash/squashRun";

describe("a squashed range of revisions", function () {
  this.timeout(300_000);
  let project: ProjectFolder | undefined;
  afterEach(() => project?.remove());

  /** a, b: a branch, c: another one, d: their merge, e. */
  const revisions = [
    {
      id: "aaaa",
      upgrade: `await op.createTable("users", { columns: { id: { type: "integer", primaryKey: true }, name: { type: "text" } } });`,
      downgrade: `await op.dropTable("users");`,
    },
    {
      id: "bbbb",
      down: "aaaa",
      upgrade: `await op.addColumn("users", "email", { type: "text" });\n  await op.createIndex("ix_email", "users", ["email"]);`,
      downgrade: `await op.dropIndex("ix_email", "users");\n  await op.dropColumn("users", "email");`,
    },
    {
      id: "cccc",
      down: "aaaa",
      labels: ["side"],
      upgrade: `await op.createView("names", "SELECT name FROM users");`,
      downgrade: `await op.dropView("names");`,
    },
    { id: "dddd", down: ["bbbb", "cccc"] },
    {
      id: "eeee",
      down: "dddd",
      upgrade: `await op.alterColumn("users", "email", { type: "varchar(200)" });`,
      downgrade: `await op.alterColumn("users", "email", { type: "text" });`,
    },
  ];

  function makeProject(more: Readonly<Record<string, string>> = {}): ProjectFolder {
    return createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
      ...Object.fromEntries(
        revisions.map((entry) => [`migrations/versions/${entry.id}.ts`, revisionText(entry)]),
      ),
      ...more,
    });
  }

  it("with a branch and a merge inside stands for all of them", async () => {
    project = makeProject();
    const { squashed, leftFiles } = await holdSquash(project, await sharedPostgres(), {
      range: ":eeee",
      last: "eeee",
      middle: "cccc",
    });
    assert.deepEqual(
      { ...squashed, path: basename(squashed.path), text: squashed.text.split("\n").slice(9, 14) },
      {
        revision: "eeee",
        path: basename(squashed.path),
        text: [
          'export const revision = "eeee";',
          "export const down_revision: string | string[] | null = null;",
          'export const branch_labels: string[] | null = ["side"];',
          "export const depends_on: string[] | null = null;",
          'export const replaces: string[] = ["aaaa", "bbbb", "cccc", "dddd", "eeee"];',
        ],
        isWritten: true,
        replaces: ["aaaa", "bbbb", "cccc", "dddd", "eeee"],
        form: "difference",
        dataSteps: [],
      },
    );
    assert.deepEqual(leftFiles, [basename(squashed.path)]);
  });
});
