import assert from "node:assert/strict";
import { fixOf } from "../../src/lint/fixes/fixOf";
import { applyEdits } from "../../src/source/textEdit";
import { programOf } from "../../src/source/parseScript";
import { createProjectFolder, revisionText } from "../support/projectFolder";
import { dumpWithCatalog } from "../support/schemaDump";
import { sharedPostgres } from "../support/sharedPostgres";
import { withClient } from "../support/withClient";
import { lintText } from "../unit/lint/lintSql";

const setup = `
  await op.execute("CREATE SCHEMA app");
  await op.execute("CREATE TABLE cups (id bigint PRIMARY KEY, name text, slug text, code text, height integer, kiln bigint)");
  await op.execute("CREATE TABLE kilns (id bigint PRIMARY KEY)");
  await op.execute("CREATE TABLE app.pots (id bigint PRIMARY KEY, name text, slug text, height integer)");
  await op.execute("CREATE TABLE saucers (id bigint, cup bigint)");
  await op.execute("INSERT INTO saucers VALUES (1, 1)");
  await op.execute("CREATE TABLE app.lids (id bigint NOT NULL)");
  await op.execute("CREATE INDEX ix_old ON cups (name)");
  await op.execute("INSERT INTO kilns VALUES (1)");
  await op.execute("INSERT INTO cups SELECT n, 'name', 'slug' || n, 'code' || n, n, 1 FROM generate_series(1, 50) n");
  await op.execute("INSERT INTO app.pots SELECT n, 'name', 'slug' || n, n FROM generate_series(1, 50) n");`;

/** Each is found by a rule whose fix is mechanical. */
const calls: readonly (readonly [rule: string, call: string])[] = [
  ["index-not-concurrent", `op.createIndex("ix_new", "cups", ["name", "height"])`],
  ["index-not-concurrent", `op.execute("CREATE UNIQUE INDEX ix_sql ON app.pots (height)")`],
  ["drop-index-not-concurrent", `op.dropIndex("ix_old")`],
  ["check-constraint-scans", `op.createCheckConstraint("tall", "cups", "height > 0")`],
  ["check-constraint-scans", `op.createCheckConstraint("tall", "pots", "height > 0", { schema: "app" })`],
  [
    "foreign-key-scans",
    `op.createForeignKey("fk_kiln", "cups", "kilns", ["kiln"], ["id"], { onDelete: "cascade" })`,
  ],
  ["unique-constraint-builds-index", `op.createUniqueConstraint("uq_slug", "cups", ["slug"])`],
  [
    "unique-constraint-builds-index",
    `op.createUniqueConstraint("uq_slug", "pots", ["slug", "name"], { schema: "app", deferrable: true, initially: "deferred" })`,
  ],
  ["primary-key-builds-index", `op.createPrimaryKey("saucers_pkey", "saucers", ["cup", "id"])`],
  ["primary-key-builds-index", `op.createPrimaryKey("pk_lids", "lids", ["id"], { schema: "app" })`],
  ["not-null-scans", `op.alterColumn("cups", "code", { nullable: false, existingType: "text" })`],
  ["not-null-scans", `op.alterColumn("pots", "name", { nullable: false, schema: "app" })`],
  [
    "volatile-default-rewrites",
    `op.addColumn("cups", "luck", { type: "double precision", default: sql\`random()\` })`,
  ],
  [
    "volatile-default-rewrites",
    `op.addColumn("pots", "Key", { type: "uuid", nullable: false, default: sql\`gen_random_uuid()\`, comment: "unguessable" }, { schema: "app" })`,
  ],
];

async function codesOf(text: string): Promise<readonly string[]> {
  const findings = await lintText(text);
  return findings.filter(({ level }) => level !== "info").map(({ code }) => code);
}

/** A revision's text after all fixes, one after the other. */
async function fixed(revision: string): Promise<string> {
  let text = revision;
  for (let count = 0; count <= 2 * calls.length; count += 1) {
    const program = programOf(text);
    assert.ok(program);
    const written = { text, program };
    const [fix] = (await lintText(text)).flatMap((finding) => fixOf(finding, written) ?? []);
    if (fix === undefined) {
      return text;
    }
    text = applyEdits(text, fix.edits);
  }
  throw new Error("The fixes do not end.");
}

/** Runs the revisions, and gives the URL of the database that they made. */
async function upgraded(second: string): Promise<string> {
  const url = await (await sharedPostgres()).createDatabase();
  const project = createProjectFolder({
    "alembic.config.ts": `import { defineConfig } from "alembic-ts";\n\nexport default defineConfig({ scriptLocation: "migrations" });\n`,
    "migrations/versions/a.ts": revisionText({ id: "a", upgrade: setup }),
    "migrations/versions/b.ts": second,
  });
  try {
    const { exitCode, stdout, stderr } = await project.run(["upgrade", "head"], {
      env: { DATABASE_URL: url },
    });
    assert.equal(exitCode, 0, stdout + stderr);
  } finally {
    project.remove();
  }
  return url;
}

describe("fixes of what lint finds, on a server", function () {
  this.timeout(60_000);
  const flagged = revisionText({
    id: "b",
    down: "a",
    upgrade: calls.map(([, call]) => `  await ${call};`).join("\n"),
  });

  for (const [rule, call] of calls) {
    it(`fix ${rule}: ${call}`, async () => {
      const alone = revisionText({ id: "b", down: "a", upgrade: `  await ${call};` });
      assert.deepEqual([[...new Set(await codesOf(alone))], await codesOf(await fixed(alone))], [[rule], []]);
    });
  }

  it("make the same schema, with all rows filled", async () => {
    const [before, after] = [await upgraded(flagged), await upgraded(await fixed(flagged))];
    assert.equal(await dumpWithCatalog(after), await dumpWithCatalog(before));
    const query = `SELECT (SELECT count(DISTINCT luck) FROM cups)::int AS luck, (SELECT count(DISTINCT "Key") FROM app.pots)::int AS keys`;
    const [filled] = await withClient(after, async (client) => {
      const { rows } = await client.query<{ readonly luck: number; readonly keys: number }>(query);
      return rows;
    });
    assert.deepEqual(filled, { luck: 50, keys: 50 });
  });
});
