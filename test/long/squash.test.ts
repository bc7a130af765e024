import assert from "node:assert/strict";
import { holdSquash } from "../database/squash/squashRun";
import { copyExample, createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

/** How many are squashed, and how many they stand on. */
const squashedCount = Number(process.env["SQUASH_REVISIONS"] ?? 200);
const belowCount = 8;
const count = belowCount + squashedCount;

/** A table, columns of it, an index, a type, a view, a constraint, in turn. */
function generated(index: number): { readonly upgrade: string; readonly downgrade: string } {
  const table = `t${String(index - (index % 8))}`;
  const own = `c${String(index)}`;
  const kinds = [
    {
      upgrade: `await op.createTable("${table}", { columns: { id: { type: "integer", primaryKey: true }, name: { type: "varchar(40)" } } });`,
      downgrade: `await op.dropTable("${table}");`,
    },
    {
      upgrade: `await op.addColumn("${table}", "${own}", { type: "integer", nullable: false, default: 0 });`,
      downgrade: `await op.dropColumn("${table}", "${own}");`,
    },
    {
      upgrade: `await op.createIndex("ix_${own}", "${table}", ["name"]);`,
      downgrade: `await op.dropIndex("ix_${own}", "${table}");`,
    },
    {
      upgrade: `await op.createEnum("e${own}", ["a", "b"]);\n  await op.addColumn("${table}", "${own}", { type: "e${own}" });`,
      downgrade: `await op.dropColumn("${table}", "${own}");\n  await op.dropEnum("e${own}");`,
    },
    {
      upgrade: `await op.addEnumValue("ec${String(index - 1)}", "c");\n  await op.execute("COMMENT ON TABLE ${table} IS 'table ${own}'");`,
      downgrade: `await op.execute("COMMENT ON TABLE ${table} IS NULL");\n  await op.replaceEnum("ec${String(index - 1)}", ["a", "b"], { columns: [{ table: "${table}", column: "c${String(index - 1)}" }] });`,
    },
    {
      upgrade: `await op.alterColumn("${table}", "name", { type: "varchar(80)" });`,
      downgrade: `await op.alterColumn("${table}", "name", { type: "varchar(40)" });`,
    },
    {
      upgrade: `await op.createCheckConstraint("ck_${own}", "${table}", "id > 0");`,
      downgrade: `await op.dropConstraint("ck_${own}", "${table}");`,
    },
    {
      upgrade: `await op.createView("v${own}", "SELECT id, name FROM ${table}");`,
      downgrade: `await op.dropView("v${own}");`,
    },
  ];
  return kinds[index % 8] ?? { upgrade: "", downgrade: "" };
}

describe("a squashed range", function () {
  this.timeout(1_800_000);
  let project: ProjectFolder | undefined;
  afterEach(() => project?.remove());

  it("of the example's revisions stands for all of them", async () => {
    project = copyExample();
    project.linkModules();
    const { squashed } = await holdSquash(project, await sharedPostgres(), {
      range: ":pqr678",
      last: "pqr678",
      middle: "ghi789",
      configFile: "alembic.config.ts",
      versions: "database/migrations/versions",
    });
    assert.deepEqual([squashed.replaces.length, squashed.form], [7, "operations"]);
  });

  it(`of ${String(squashedCount)} generated revisions stands for all of them`, async () => {
    project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
      ...Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `migrations/versions/r${String(index).padStart(4, "0")}.ts`,
          revisionText({
            id: `r${String(index).padStart(4, "0")}`,
            down: index === 0 ? null : `r${String(index - 1).padStart(4, "0")}`,
            ...generated(index),
          }),
        ]),
      ),
    });
    const last = `r${String(count - 1).padStart(4, "0")}`;
    const { squashed } = await holdSquash(project, await sharedPostgres(), {
      range: `r0008:${last}`,
      last,
      below: "r0007",
      middle: `r${String(Math.floor(count / 2)).padStart(4, "0")}`,
    });
    assert.equal(squashed.replaces.length, squashedCount);
  });
});
