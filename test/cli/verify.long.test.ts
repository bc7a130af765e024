import assert from "node:assert/strict";
import { createProjectFolder, copyExample, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { runProgram } from "../support/commandLine";
import { sharedPostgres } from "../support/sharedPostgres";

const config = (settings: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ scriptLocation: "migrations", ...settings });
const file = (name: string): string => `migrations/versions/${name}.ts`;
const create = (table: string): string => `  await op.execute("CREATE TABLE ${table} (id integer)");`;
const drop = (table: string): string => `  await op.execute("DROP TABLE ${table}");`;
const sound = (id: string, down: string | readonly string[] | null, dependsOn?: string): string =>
  revisionText({
    id,
    down,
    ...(dependsOn === undefined ? {} : { dependsOn }),
    upgrade: create(`t_${id}`),
    downgrade: drop(`t_${id}`),
  });

/** Two branches, one of which depends on the other, and their merge. */
const branched = {
  "package.json": "{}",
  "alembic.config.json": config(),
  [file("a")]: sound("a", null),
  [file("b")]: sound("b", "a"),
  [file("c")]: sound("c", "a", "b"),
  [file("d")]: sound("d", ["b", "c"]),
  [file("e")]: sound("e", null),
};

describe("verify", function () {
  this.timeout(120_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function keep(project: ProjectFolder): ProjectFolder {
    projects.push(project);
    return project;
  }

  it("says nothing on the example", async () => {
    const { exitCode, stdout } = await keep(copyExample()).run(["verify"]);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^7 passed, 0 failed\n$/m);
  });

  it("goes the way of branches, merges and dependencies, and leaves a database that was named at base", async () => {
    const database = await (await sharedPostgres()).createDatabase();
    const { exitCode, stdout } = await keep(createProjectFolder(branched)).run([
      "verify",
      "--database",
      database,
    ]);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^5 passed, 0 failed\n$/m);
    assert.deepEqual(
      await queryRows(database, "SELECT relname AS name FROM pg_class WHERE relname LIKE 't\\_%'"),
      [],
    );
  });

  it("refuses a database that has anything in it, and one of production, and changes neither", async () => {
    const database = await (await sharedPostgres()).createDatabase();
    await queryRows(database, "CREATE TABLE kept AS SELECT 1 AS a");
    const project = keep(
      createProjectFolder({
        ...branched,
        "alembic.config.json": config({ environments: { live: { url: database, production: true } } }),
      }),
    );
    const refused = await project.run(["verify", "--database", database]);
    assert.equal(refused.exitCode, 255);
    assert.match(refused.stdout, /is not empty: it has table kept/);
    const live = await project.run(["verify", "--database", "live"]);
    assert.equal(live.exitCode, 255);
    assert.match(live.stdout, /^FAILED: The environment live is marked as production/);
    assert.deepEqual(
      await queryRows(
        database,
        "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
      ),
      [{ name: "kept" }],
    );
  });

  it("names the revision that uses an enum value in the transaction that added it", async () => {
    const project = keep(
      createProjectFolder({
        "package.json": "{}",
        "alembic.config.json": config(),
        [file("a")]: revisionText({
          id: "a",
          upgrade: `  await op.execute("CREATE TYPE st AS ENUM ('a')");
  await op.execute("CREATE FUNCTION newest() RETURNS text LANGUAGE plpgsql AS $$ DECLARE v st := chr(98)::st; BEGIN RETURN v; END $$");`,
          downgrade: `  await op.execute("DROP FUNCTION newest()");
  await op.execute("DROP TYPE st");`,
        }),
        [file("b")]: revisionText({
          id: "b",
          down: "a",
          upgrade: `  await op.execute("ALTER TYPE st ADD VALUE 'b'");
  await op.execute("SELECT newest()");`,
        }),
      }),
    );
    const { exitCode, stdout } = await project.run(["verify"]);
    assert.match(
      stdout,
      /^FAILED {2}b, add b\n.*Revision b failed.*unsafe use of new value "b" of enum type st/m,
    );
    assert.match(stdout, /b\.ts:17:12$/m);
    assert.equal(exitCode, 255);
  });

  it("finds what fails only in one run: events of a trigger are pending when the next revision comes", async () => {
    const project = keep(
      createProjectFolder({
        "package.json": "{}",
        "alembic.config.json": config(),
        [file("a")]: revisionText({
          id: "a",
          upgrade: `  await op.execute("CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t DEFERRABLE INITIALLY DEFERRED)");`,
          downgrade: drop("t"),
        }),
        [file("b")]: revisionText({
          id: "b",
          down: "a",
          upgrade: `  await op.execute("INSERT INTO t VALUES (1, 1)");`,
          downgrade: `  await op.execute("DELETE FROM t");`,
        }),
        [file("c")]: revisionText({
          id: "c",
          down: "b",
          upgrade: `  await op.execute("ALTER TABLE t ADD a integer");`,
          downgrade: `  await op.execute("ALTER TABLE t DROP COLUMN a");`,
        }),
      }),
    );
    const { exitCode, stdout } = await project.run(["verify", "--json"]);
    const { outcomes, wholeRun } = JSON.parse(stdout) as {
      readonly outcomes: readonly { readonly kind: string }[];
      readonly wholeRun: { readonly revision?: string; readonly failure?: { readonly message: string } };
    };
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ["passed", "passed", "passed"],
    );
    assert.equal(wholeRun.revision, "c", stdout);
    assert.match(wholeRun.failure?.message ?? "", /pending trigger events/);
    assert.equal(exitCode, 255);
  });

  it("tries the revisions since a revision, and those changed since a commit", async () => {
    const project = keep(createProjectFolder(branched));
    const since = await project.run(["verify", "--since", "b"]);
    const tried = [...since.stdout.matchAll(/^ok {6}(\w), /gm)].map(([, id]) => id);
    assert.deepEqual(tried.toSorted(), ["c", "d", "e"], "what b does not stand on");
    const git = (...words: readonly string[]): Promise<unknown> =>
      runProgram("git", ["-c", "user.name=a", "-c", "user.email=a@localhost", ...words], {
        cwd: project.path,
      });
    await git("init", "-q");
    await git("add", "-A");
    await git("commit", "-qm", "first");
    project.write({ [file("f")]: sound("f", "e") });
    const changed = await project.run(["verify", "--since", "HEAD"]);
    assert.equal(changed.exitCode, 0, changed.stdout);
    assert.match(changed.stdout, /^ok {6}f, add f\n1 passed, 0 failed\n$/);
    const unknown = await project.run(["verify", "--since", "nothing"]);
    assert.equal(unknown.exitCode, 255);
    assert.match(unknown.stdout, /^FAILED: 'nothing' is neither a revision nor a commit/);
  });
});
