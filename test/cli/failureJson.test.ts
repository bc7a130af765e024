import assert from "node:assert/strict";
import { join } from "node:path";
import { failureJson } from "../../src/cli/failureJson";
import { DatabaseError } from "../../src/database/databaseError";
import { errorOutput } from "../../src/outputs/errorOutput";
import { runInProcess } from "../support/inProcess";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";

const file = (name: string): string => `migrations/versions/${name}.ts`;
const config = `export default { scriptLocation: "migrations", transactionPerMigration: true, url: "embedded:", environments: { sole: { url: "embedded:" } } };\n`;
const statement = (sql: string): string => `  await op.execute(${JSON.stringify(sql)});`;

const unchanged = { state: "unchanged", rows: null, text: null };

/** What a failure gives, its message and hint by their beginnings. */
interface Failing {
  readonly args: string;
  readonly exitCode?: number;
  readonly code: string;
  readonly message: RegExp;
  readonly hint?: RegExp;
  readonly place?: { readonly file: string; readonly line: number | null; readonly column: number | null };
  readonly database?: object;
}

const failing: readonly Failing[] = [
  {
    args: "show nosuch --json",
    code: "unknown-revision",
    message: /^Can't locate revision identified by 'nosuch'$/,
    hint: /^Check the spelling with/,
  },
  { args: "show beef --json", code: "ambiguous-revision", message: /^Can't locate revision/ },
  { args: "history -r a:b:c --json", code: "invalid-range", message: /History range/, hint: /./ },
  {
    args: "upgrade head --json --jsn",
    exitCode: 2,
    code: "unknown-option",
    message: /^Unknown option '--jsn'\.$/,
    hint: /^Did you mean --json\?$/,
  },
  {
    args: "upgrad head --json",
    exitCode: 2,
    code: "unknown-command",
    message: /^Unknown command 'upgrad'\.$/,
    hint: /^Did you mean upgrade\?$/,
  },
  { args: "upgrade --json", exitCode: 2, code: "missing-argument", message: /^Missing required argument/ },
  {
    args: "upgrade a --json --tag",
    exitCode: 2,
    code: "missing-option-value",
    message: /^Option '--tag <tag>' argument missing\.$/,
  },
  { args: "heads a --json", exitCode: 2, code: "excess-arguments", message: /^Too many arguments/ },
  {
    args: "upgrade a --json --parallel none",
    exitCode: 2,
    code: "invalid-argument",
    message: /Give a whole number, 1 or more\.$/,
  },
  {
    args: "drift --json --sql",
    exitCode: 2,
    code: "conflicting-options",
    message: /^Option '--json' cannot be used with option '--sql'\.$/,
  },
  { args: "lint nosuch --format json", code: "unknown-revision", message: /nosuch/, hint: /./ },
  {
    args: "squash --json",
    code: "conflicting-options",
    message: /takes a range/,
    hint: /^Write `alembic-ts/,
  },
  {
    args: "status --json --environment nosuch",
    code: "unknown-environment",
    message: /nosuch/,
    hint: /./,
    place: { file: "alembic.config.ts", line: null, column: null },
  },
  {
    args: "status --json -c nosuch.config.ts",
    code: "config-not-found",
    message: /nosuch\.config\.ts/,
    place: { file: "nosuch.config.ts", line: null, column: null },
  },
  {
    args: "upgrade typo --json",
    code: "syntax-error",
    message: /typo\.ts/,
    hint: /^Correct that file\./,
    place: { file: file("typo"), line: 16, column: 9 },
  },
];

describe("a failure of a database that cannot be asked", () => {
  const error = new DatabaseError("connection-lost", "The connection was lost.");

  for (const [hasStarted, state, hint] of [
    [false, "unchanged", null],
    [true, "unknown", "Run `alembic-ts current` to see where the database is."],
  ] as const) {
    it(`is ${state} where a step had ${hasStarted ? "" : "not "}started`, () => {
      assert.deepEqual(failureJson(error, hasStarted), {
        code: "connection-lost",
        message: "The connection was lost.",
        hint,
        place: null,
        database: { state, rows: null, text: null },
        details: [],
      });
    });
  }
});

describe("a failure under --json", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  before(() => {
    project = createProjectFolder({
      "alembic.config.ts": config,
      [file("a")]: revisionText({ id: "a", upgrade: statement("CREATE TABLE t (id integer)") }),
      [file("beef1")]: revisionText({
        id: "beef1",
        down: "a",
        upgrade: statement("CREATE TABLE t (id integer)"),
      }),
      [file("beef2")]: revisionText({ id: "beef2", down: "a" }),
      [file("typo")]: revisionText({ id: "typo", down: "a", upgrade: "  const = 1;" }),
    });
  });
  after(() => project.remove());

  async function run(args: readonly string[]): Promise<{
    readonly exitCode: number | undefined;
    readonly stderr: string;
    readonly error: (typeof errorOutput)["_output"]["error"];
  }> {
    const { exitCode, stdout, stderr } = await runInProcess(project, args);
    const printed: unknown = JSON.parse(stdout);
    // A key that the schema does not have would be left out.
    assert.deepEqual(errorOutput.parse(printed), printed);
    return { exitCode, stderr, error: errorOutput.parse(printed).error };
  }

  for (const { args, exitCode = 255, code, message, hint, place, database = unchanged } of failing) {
    it(`is an object on stdout: ${args}`, async () => {
      const result = await run(args.split(" "));
      const { error } = result;
      assert.deepEqual(
        { exitCode: result.exitCode, code: error.code, place: error.place, database: error.database },
        {
          exitCode,
          code,
          place: place === undefined ? null : { ...place, file: join(project.path, place.file) },
          database,
        },
        JSON.stringify(error, undefined, 2),
      );
      assert.match(error.message, message);
      if (hint !== undefined) {
        assert.match(error.hint ?? "", hint);
      }
      assert.match(result.stderr, /^(?:FAILED|error): /m);
    });
  }

  it("is an object where the project's code ends the process", async () => {
    project.write({ [file("exit")]: revisionText({ id: "exit", down: "a", upgrade: "  process.exit(0);" }) });
    const { exitCode, stdout } = await project.run(["upgrade", "a:exit", "--sql", "--json"]);
    assert.equal(exitCode, 255);
    const { error } = errorOutput.parse(JSON.parse(stdout));
    assert.deepEqual([error.code, error.database.state], ["process-ended", "unknown"]);
    assert.match(error.hint ?? "", /^Remove process\.exit\(\) from/);
  });

  it("tells where the database stands after a step that failed", async () => {
    const { error, exitCode, stderr } = await run(["upgrade", "beef1", "--json"]);
    assert.equal(exitCode, 255, stderr);
    assert.deepEqual(error, {
      code: "revision-failed",
      message: 'Revision beef1 failed in upgrade(): relation "t" already exists',
      hint: error.hint,
      place: { file: join(project.path, file("beef1")), line: 16, column: 12 },
      database: {
        state: "changed",
        rows: ["a"],
        text: "What was not committed is rolled back; the database is at a.",
      },
      details: ["SQL: CREATE TABLE t (id integer)"],
    });
  });
});
