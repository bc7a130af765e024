import assert from "node:assert/strict";
import { startCommand } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { runScript } from "../support/runScript";
import { sharedPostgres } from "../support/sharedPostgres";

const makeType = `  await op.createEnum("st", ["a", "b"]);
  await op.createTable("t", { columns: { id: { type: "integer" }, s: { type: "st", default: "a" } } });
  await op.bulkInsert("t", [{ id: 1 }]);`;
const addValue = `  await op.addEnumValue("st", "c");`;

/** What may use the value `c` of the enum `st`, behind its addition or in a later revision. */
const uses: Readonly<Record<string, string>> = {
  "a default": `  await op.alterColumn("t", "s", { default: "c" });`,
  "an update": `  await op.execute("UPDATE t SET s = 'c'");`,
  "an update with a parameter": '  await op.execute(sql`UPDATE t SET s = ${"c"}`);',
  "a query": `  if (!context.isOffline) {
    await connection.query("SELECT * FROM t WHERE s = $1", ["c"]);
  }`,
  rows: `  await op.bulkInsert("t", [{ id: 2, s: "c" }]);`,
  "a check": `  await op.createCheckConstraint("ck_c", "t", "s <> 'c' OR id > 0");`,
  "an index's condition": `  await op.createIndex("ix_c", "t", ["id"], { where: "s = 'c'" });`,
  "a text that becomes one": `  await op.execute("UPDATE t SET s = substr('+c', 2)::st");`,
  "a DO block": `  await op.execute("DO $$ BEGIN PERFORM 1 FROM t WHERE s = 'c'; END $$");`,
  "an array": `  await op.execute("SELECT 1 FROM t WHERE s = ANY ('{a,c}')");`,
};

const spellings: readonly string[] = [
  `  await op.execute("/* one more */ alter type public.st add value if not exists 'c'");`,
  `  await op.execute("ALTER TYPE st ADD VALUE 'c'; UPDATE t SET s = 'c'");`,
  `  await connection.execute("ALTER TYPE st ADD VALUE 'c' AFTER 'a'; UPDATE t SET s = 'c'");`,
  `  await op.execute("DO $$ BEGIN EXECUTE 'ALTER TYPE st ADD VALUE ''c'''; END $$");`,
];

/** The code with another value in place of `c`. */
function withValue(code: string, value: string): string {
  return code.replaceAll(/(?<=['"{,_+])c(?=['"}])/g, value);
}

function createProject(
  bodies: readonly (readonly [upgrade: string, downgrade?: string])[],
  config: Readonly<Record<string, unknown>> = {},
): ProjectFolder {
  const id = (index: number): string => `r${String(index + 1).padStart(3, "0")}`;
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...config }),
    ...Object.fromEntries(
      bodies.map(([upgrade, downgrade], index) => [
        `migrations/versions/${id(index)}.ts`,
        revisionText({
          id: id(index),
          down: index === 0 ? null : id(index - 1),
          upgrade,
          downgrade: downgrade ?? "",
        }),
      ]),
    ),
  });
}

async function upgradeFromNothing(
  project: ProjectFolder,
): Promise<{ readonly stderr: string; readonly url: string }> {
  const url = await (await sharedPostgres()).createDatabase();
  const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
  assert.equal(exitCode, 0, stdout + stderr);
  return { stderr, url };
}

/** Runs what `--sql` prints on an empty database, as psql does; gives the script. */
async function tryScript(project: ProjectFolder, head: string): Promise<string> {
  const { stdout, stderr, exitCode } = await project.run(["upgrade", "head", "--sql"]);
  assert.equal(exitCode, 0, stderr);
  const url = await (await sharedPostgres()).createDatabase();
  await runScript(url, stdout);
  assert.deepEqual(await versionRows(url), [head]);
  return stdout;
}

describe("a new enum value that is used by what comes after it", function () {
  this.timeout(120_000);

  it("is committed with its revision, before the next ones run", async () => {
    const project = createProject([
      [makeType],
      [addValue],
      ...Object.values(uses).map((use): readonly [string] => [use]),
    ]);
    try {
      const { stderr } = await upgradeFromNothing(project);
      assert.match(
        stderr,
        /^INFO {2}The transaction ends after revision r002: PostgreSQL accepts the new enum value 'c' of st only after the transaction/m,
      );
      const script = await tryScript(project, "r012");
      assert.match(script, /^-- The transaction ends after revision r002: /m);
      assert.equal(script.match(/^COMMIT;$/gm)?.length, 2);
    } finally {
      project.remove();
    }
  });

  it("is committed before its own revision goes on, whatever uses it and however it is added", async () => {
    const bodies = [
      ...Object.values(uses).map((use) => `${addValue}\n${use}`),
      ...spellings.map((add) => `${add}\n${uses["a default"] ?? ""}`),
    ];
    const revisions = bodies.map((body, index): readonly [string] => [withValue(body, `c${String(index)}`)]);
    const project = createProject([[makeType], ...revisions]);
    try {
      const { stderr, url } = await upgradeFromNothing(project);
      assert.equal(stderr.match(/is committed up to here: what follows may use/g)?.length, bodies.length);
      assert.deepEqual(await queryRows(url, "SELECT to_regclass('alembic_version_steps') AS ledger"), [
        { ledger: null },
      ]);
      await tryScript(project, `r${String(bodies.length + 1).padStart(3, "0")}`);
    } finally {
      project.remove();
    }
  });

  it("does not end the transaction where it is the last, is in a type's first list, or is not used", async () => {
    const project = createProject([
      [`${makeType}\n  await op.execute("UPDATE t SET s = 'b'");`],
      [
        `${addValue}\n  await op.addEnumValue("st", "d", { after: "c" });\n  await op.execute("UPDATE t SET id = 2");`,
      ],
    ]);
    try {
      const { stderr } = await upgradeFromNothing(project);
      assert.doesNotMatch(stderr, /transaction ends|committed up to here/);
      assert.equal((await tryScript(project, "r002")).match(/^COMMIT;$/gm)?.length, 1);
    } finally {
      project.remove();
    }
  });

  it("works in a downgrade, and with a transaction for each revision", async () => {
    const project = createProject(
      [[makeType], ["", `${addValue}\n${uses["an update"] ?? ""}`], ["", uses["a default"] ?? ""]],
      { transactionPerMigration: true },
    );
    try {
      const { url } = await upgradeFromNothing(project);
      const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["downgrade", "r001"]).ended;
      assert.equal(exitCode, 255, "r003 comes first, and the value is not there yet");
      assert.match(stdout + stderr, /Hint: Correct the rows with such values earlier in the revision/);
      assert.equal((await startCommand(project.path, url, ["stamp", "r002"]).ended).exitCode, 0);
      assert.equal((await startCommand(project.path, url, ["downgrade", "r001"]).ended).exitCode, 0);
      assert.deepEqual(await queryRows(url, "SELECT s FROM t"), [{ s: "c" }]);
    } finally {
      project.remove();
    }
  });

  it("is named in the hint where nobody could see that it is used", async () => {
    // The type is committed before: PostgreSQL 17 lets a transaction use all values of a type that it has made itself.
    const project = createProject(
      [
        [makeType],
        [
          `  await op.execute("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN UPDATE t SET s = chr(99)::st; END'");
${addValue}
  await op.execute("SELECT f()");`,
        ],
      ],
      { transactionPerMigration: true },
    );
    try {
      const url = await (await sharedPostgres()).createDatabase();
      const { stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 255);
      assert.match(
        stderr,
        /Hint: PostgreSQL accepts a new enum value only after the transaction that added it is committed\./,
      );
      assert.deepEqual(await versionRows(url), ["r001"]);
    } finally {
      project.remove();
    }
  });

  it("is taken up where the revision failed after the value was committed", async () => {
    const failing = `${makeType}\n${addValue}\n${uses["an update"] ?? ""}\n  await op.execute("SELECT 1 / 0");`;
    const project = createProject([[failing]]);
    try {
      const url = await (await sharedPostgres()).createDatabase();
      const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(failed.exitCode, 255);
      assert.match(failed.stderr, /is at base, and part of r001 is in it/);
      project.write({
        "migrations/versions/r001.ts": revisionText({ id: "r001", upgrade: failing.replace("1 / 0", "1") }),
      });
      const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(next.exitCode, 0, next.stdout + next.stderr);
      assert.deepEqual(await queryRows(url, "SELECT s FROM t"), [{ s: "c" }]);
    } finally {
      project.remove();
    }
  });
});

describe("alembic-ts test", function () {
  this.timeout(120_000);

  it("runs everything from base in one go, with values that are added on the way, and calls no hook", async () => {
    const project = createProject([
      [makeType, `  await op.dropTable("t");\n  await op.dropEnum("st");`],
      [addValue],
      [uses["a default"] ?? "", `  await op.alterColumn("t", "s", { default: "a" });`],
    ]);
    project.removeFile("alembic.config.json");
    project.write({
      "alembic.config.mjs": `export default {
  scriptLocation: "migrations",
  onVersionApply() {
    throw new Error("a scratch database is none of the project's");
  },
};`,
    });
    try {
      const { stdout, stderr } = await project.run(["test", "--json"]);
      const { outcomes, wholeRun } = JSON.parse(stdout) as {
        readonly outcomes: readonly { readonly kind: string }[];
        readonly wholeRun: unknown;
      };
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        ["passed", "failed", "passed"],
        stderr,
      );
      assert.deepEqual(wholeRun, { kind: "passed" });
    } finally {
      project.remove();
    }
  });
});
