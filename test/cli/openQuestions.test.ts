import assert from "node:assert/strict";
import { createProjectFolder, revisionText } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const dataSource = (column: string): string => `import { DataSource, EntitySchema } from "typeorm";
const cup = new EntitySchema({
  name: "cup",
  columns: { id: { type: Number, primary: true, primaryKeyConstraintName: "PK_cup" }, ${column}: { type: "text" } },
});
export const source = new DataSource({ type: "postgres", entities: [cup] });
`;

const pythonRevision = `"""Add cups"""
revision = "r0"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("cup")


def downgrade():
    op.drop_table("cup")
`;

const warning =
  "WARNING The column cup.title may have been renamed to cup.headline. If it was, use --rename cup.title:cup.headline instead.";

describe("a rename that nobody was asked about", function () {
  this.timeout(120_000);
  this.slow(30_000);

  it("is told of, also above Python's revisions", async () => {
    const server = await sharedPostgres();
    const url = await server.createDatabase();
    await queryRows(
      url,
      `CREATE TABLE cup (id int NOT NULL CONSTRAINT "PK_cup" PRIMARY KEY, title text NOT NULL);
       CREATE TABLE alembic_version (version_num varchar(32) NOT NULL); INSERT INTO alembic_version VALUES ('r1')`,
    );
    const folder = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({
        scriptLocation: "migrations",
        dataSource: "data-source.ts",
        url,
      }),
      "data-source.ts": dataSource("title"),
      "migrations/versions/r0_cups.py": pythonRevision,
      "migrations/versions/r1_step.ts": revisionText({ id: "r1", down: "r0" }),
    });
    folder.linkModules();
    try {
      const same = await folder.run(["check"]);
      assert.equal(same.exitCode, 0, same.stdout + same.stderr);
      folder.write({ "data-source.ts": dataSource("headline") });
      const checked = await folder.run(["check"]);
      assert.equal(checked.exitCode, 255);
      assert.ok(checked.stderr.split("\n").includes(warning), checked.stderr);
      const written = await folder.run(["revision", "--autogenerate", "-m", "headlines", "--dry-run"]);
      assert.equal(written.exitCode, 0, written.stderr);
      assert.ok(written.stderr.split("\n").includes(warning), written.stderr);
    } finally {
      folder.remove();
    }
  });
});
