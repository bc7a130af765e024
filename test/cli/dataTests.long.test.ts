import assert from "node:assert/strict";
import type { DataTestOutcome } from "../../src/context/dataTestOutcome";
import { copyExample, createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const folder = "migrations/versions";

const users = revisionText({
  id: "a1",
  message: "users",
  upgrade: `  await op.createTable("users", { columns: { id: { type: "integer", primaryKey: true }, name: { type: "text", nullable: false } } });
  await op.execute("INSERT INTO users VALUES (1, 'Ann Lee')");`,
  downgrade: `  await op.dropTable("users");`,
});

const split = revisionText({
  id: "b2",
  down: "a1",
  message: "split names",
  upgrade: `  await op.addColumn("users", "first", { type: "text" });
  await op.execute("UPDATE users SET first = split_part(name, ' ', 1)");
  await op.alterColumn("users", "first", { nullable: false });
  await op.createCheckConstraint("ck_users_first", "users", "first <> ''");`,
  downgrade: `  await op.dropColumn("users", "first");`,
});

const head = `import assert from "node:assert/strict";
import type { RevisionTest } from "alembic-ts";
`;

const passing = `${head}
export async function splits({ connection, upgrade, downgrade }: RevisionTest): Promise<void> {
  await connection.execute("INSERT INTO users VALUES (2, 'Bo Day')");
  await upgrade();
  assert.deepEqual(await connection.query("SELECT first FROM users ORDER BY id"), [{ first: "Ann" }, { first: "Bo" }]);
  await downgrade();
  assert.deepEqual(await connection.query("SELECT * FROM users WHERE id = 2"), [{ id: 2, name: "Bo Day" }]);
  await upgrade();
}

export async function startsAnew({ connection, sql }: RevisionTest): Promise<void> {
  assert.deepEqual(await connection.query(sql\`SELECT id, name FROM users WHERE id < \${9}\`), [{ id: 1, name: "Ann Lee" }]);
}

/** A refusal ends neither the test nor its database. */
export async function refusesEmptyNames({ connection, upgrade }: RevisionTest): Promise<void> {
  await connection.execute("INSERT INTO users VALUES (2, '')");
  await assert.rejects(upgrade(), /ck_users_first/);
  await connection.execute("DELETE FROM users WHERE id = 2");
  await upgrade();
  await assert.rejects(connection.execute("INSERT INTO users VALUES (3, 'C D', NULL)"), /null value in column "first"/);
  const ids: unknown[] = [];
  for await (const row of connection.stream("SELECT id FROM users")) {
    ids.push(row["id"]);
  }
  assert.deepEqual(ids, [1]);
}

export const notATest = 1;
export class NotATest {}
`;

/** Each line that fails is marked with the test's name. */
const failing = `${head}import { createConnection } from "node:net";

export async function wrongValue({ connection }: RevisionTest): Promise<void> {
  const [row] = await connection.query("SELECT name FROM users");
  assert.equal(row?.["name"], "Bo"); // wrongValue
}

export async function refusedUpgrade({ connection, upgrade }: RevisionTest): Promise<void> {
  await connection.execute("INSERT INTO users VALUES (2, '')");
  await upgrade();
}

export async function refusedStatement({ connection }: RevisionTest): Promise<void> {
  await connection.query("SELECT 1");
  await connection.query("SELECT nothing FROM users"); // refusedStatement
}

export async function notAwaited({ connection }: RevisionTest): Promise<void> {
  void connection.execute("DELETE FROM nowhere"); // notAwaited
  await connection.query("SELECT 1");
}

export async function lastNotAwaited({ upgrade, downgrade }: RevisionTest): Promise<void> {
  await upgrade();
  void upgrade(); // lastNotAwaited
}

export async function expectationNotAwaited({ upgrade }: RevisionTest): Promise<void> {
  void assert.rejects(upgrade());
}

export async function connects(): Promise<void> {
  await new Promise((resolve, reject) => createConnection({ host: "127.0.0.1", port: 9 }).on("error", reject).on("connect", resolve)); // connects
}

export function throwsText(): void {
  throw "no";
}

export async function neverSettles({ upgrade }: RevisionTest): Promise<void> {
  await upgrade();
  await new Promise(() => undefined);
}
`;

const files = {
  "package.json": "{}",
  "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
  [`${folder}/a1_users.ts`]: users,
  [`${folder}/b2_split.ts`]: split,
};

describe("tests with data", function () {
  this.timeout(180_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function project(more: Readonly<Record<string, string>>): ProjectFolder {
    const made = createProjectFolder({ ...files, ...more });
    projects.push(made);
    return made;
  }

  const testsOf = (stdout: string): readonly DataTestOutcome[] =>
    (JSON.parse(stdout) as { readonly dataTests: readonly DataTestOutcome[] }).dataTests;

  it("run after the round trips, each on a database of its own at the parents", async () => {
    const { exitCode, stdout } = await project({ [`${folder}/b2_split.test.ts`]: passing }).run(["test"]);
    assert.equal(
      stdout,
      "ok      a1, users\nok      b2, split names\n2 passed, 0 failed\n" +
        "ok      b2, splits\nok      b2, startsAnew\nok      b2, refusesEmptyNames\n3 tests with data passed, 0 failed\n",
    );
    assert.equal(exitCode, 0);
  });

  it("fail with the line, the statement and the values that were compared", async () => {
    const { exitCode, stdout } = await project({ [`${folder}/b2_split.test.ts`]: failing }).run([
      "test",
      "--file",
      `${folder}/b2_split.test.ts`,
      "--json",
    ]);
    const lines = failing.split("\n");
    const found = testsOf(stdout).map((outcome) => {
      assert.equal(outcome.kind, "failed");
      const { location, message, sql, values } = outcome.failure;
      const file = location?.path.endsWith(".test.ts") === true ? failing : split;
      const line = location === undefined ? undefined : file.split("\n")[location.line - 1]?.trim();
      return { name: outcome.name, message: message.split("\n", 1)[0], line, sql, values };
    });
    const marked = (name: string): string | undefined =>
      lines.find((line) => line.endsWith(`// ${name}`))?.trim();
    const plain = { sql: undefined, values: undefined };
    assert.deepEqual(found, [
      {
        ...plain,
        name: "wrongValue",
        message: "Expected values to be strictly equal:",
        line: marked("wrongValue"),
        values: { expected: "Bo", actual: "Ann Lee" },
      },
      {
        ...plain,
        name: "refusedUpgrade",
        message:
          'Revision b2 failed in upgrade(): check constraint "ck_users_first" of relation "users" is violated by some row',
        line: split
          .split("\n")
          .find((line) => line.includes("createCheckConstraint"))
          ?.trim(),
        sql: "ALTER TABLE users ADD CONSTRAINT ck_users_first CHECK (first <> '')",
      },
      {
        ...plain,
        name: "refusedStatement",
        message: 'column "nothing" does not exist',
        line: marked("refusedStatement"),
        sql: "SELECT nothing FROM users",
      },
      {
        ...plain,
        name: "notAwaited",
        message: 'relation "nowhere" does not exist',
        line: marked("notAwaited"),
        sql: "DELETE FROM nowhere",
      },
      {
        ...plain,
        name: "lastNotAwaited",
        message: "The test calls upgrade(), but revision b2 is applied.",
        line: marked("lastNotAwaited"),
      },
      { ...plain, name: "expectationNotAwaited", message: "Missing expected rejection.", line: undefined },
      {
        ...plain,
        name: "connects",
        message:
          "The test connects opens its own connection to 127.0.0.1:9: refused, because it runs on a scratch database and must not change another one.",
        line: marked("connects"),
      },
      { ...plain, name: "throwsText", message: "no", line: undefined },
      {
        ...plain,
        name: "neverSettles",
        message: "The test neverSettles awaits a promise that never settles.",
        line: undefined,
      },
    ]);
    assert.equal(exitCode, 255);
  });

  it("fail as files that can't be loaded, or test nothing, and are named where no revision is beside them", async () => {
    const { exitCode, stdout, stderr } = await project({
      [`${folder}/a1_users.test.ts`]: "export const nothing = 1;\n",
      [`${folder}/b2_split.test.ts`]: "export function broken( {\n",
      [`${folder}/c3_gone.test.ts`]: passing,
    }).run(["test", "--data"]);
    assert.match(
      stdout,
      /^FAILED {2}<project>.*a1_users\.test\.ts\n.*exports no function, so it tests nothing\.$/m,
    );
    assert.match(
      stdout,
      /^FAILED {2}<project>.*b2_split\.test\.ts\n(?:.*\n)* +at <project>.*b2_split\.test\.ts:\d+:\d+$/m,
    );
    assert.match(stdout, /^0 tests with data passed, 2 failed$/m);
    assert.match(
      stderr,
      /^WARNING .*c3_gone\.test\.ts is not run: .* no revision file of that name lies beside it/m,
    );
    assert.equal(exitCode, 255);
  });

  it("are blocked where the parents of their revision can't be applied", async () => {
    const { exitCode, stdout } = await project({
      [`${folder}/a1_users.ts`]: revisionText({
        id: "a1",
        upgrade: `  await op.execute("SELECT nonsense");`,
      }),
      [`${folder}/b2_split.test.ts`]: `export function untried() {}\n`,
    }).run(["test", "--data", "b2"]);
    assert.match(stdout, /^blocked b2, untried: .*column "nonsense" does not exist$/m);
    assert.equal(exitCode, 255);
  });

  it("run on a database that is named, which is left as it was", async () => {
    const database = await (await sharedPostgres()).createDatabase();
    const made = project({
      [`${folder}/b2_split.test.ts`]: passing,
      "alembic.config.json": JSON.stringify({
        scriptLocation: "migrations",
        environments: { live: { url: database, production: true } },
      }),
    });
    const relations = (): Promise<unknown> =>
      queryRows(
        database,
        "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
      );
    const run = await made.run(["test", "--data", "--database", database]);
    assert.match(run.stdout, /^3 tests with data passed, 0 failed$/m, run.stdout + run.stderr);
    assert.equal(run.exitCode, 0);
    assert.deepEqual(await relations(), [{ name: "alembic_version" }]);
    const live = await made.run(["test", "--data", "--database", "live"]);
    assert.match(live.stdout, /^FAILED: The environment live is marked as production/);
    assert.equal(live.exitCode, 255);
    await queryRows(database, "CREATE TABLE kept (a integer)");
    const refused = await made.run(["test", "--data", "--database", database]);
    assert.match(refused.stdout, /is not empty: it has table kept/);
    assert.equal(refused.exitCode, 255);
    assert.deepEqual(await relations(), [{ name: "alembic_version" }, { name: "kept" }]);
  });

  it("are not found where a file is no test of a revision", async () => {
    const { exitCode, stdout } = await project({}).run(["test", "--file", "migrations/x.test.ts"]);
    assert.match(stdout, /^FAILED: <project>.migrations.x\.test\.ts is not a test of a revision\.$/m);
    assert.equal(exitCode, 255);
  });

  it("hold on the example", async () => {
    const example = copyExample();
    projects.push(example);
    const { exitCode, stdout } = await example.run(["test", "mno345"]);
    assert.equal(
      stdout,
      "ok      mno345, Migrate user status values\n1 passed, 0 failed\n" +
        "ok      mno345, renamesStatuses\nok      mno345, keepsOtherStatuses\n2 tests with data passed, 0 failed\n",
    );
    assert.equal(exitCode, 0);
  });
});
