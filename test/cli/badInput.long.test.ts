import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { CommandLineResult } from "../support/commandLine";
import type { PostgresServer } from "../support/postgresServer";
import { copyExample, createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const config = `import { defineConfig } from "alembic-ts";

export default defineConfig({ scriptLocation: "migrations" });
`;

const table = `  await op.createTable("books", { columns: { id: { type: "integer", primaryKey: true } } });`;

/** Exit code and both streams, as one text to compare. */
function shown({ exitCode, stdout, stderr }: CommandLineResult): string {
  return `exit ${String(exitCode)}\n${stdout}--\n${stderr}`;
}

describe("bad input", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let url: string;
  let example: ProjectFolder;
  const projects: ProjectFolder[] = [];

  before(async () => {
    server = await sharedPostgres();
    url = await server.createDatabase();
    example = copyExample();
    projects.push(example);
  });
  after(() => projects.forEach((project) => project.remove()));

  function project(files: Readonly<Record<string, string>>): ProjectFolder {
    const made = createProjectFolder(files);
    projects.push(made);
    return made;
  }

  function revisions(bodies: Readonly<Record<string, string>>): ProjectFolder {
    let down: string | null = null;
    const files = Object.entries(bodies).map(([id, upgrade]) => {
      const text = revisionText({ id, down, upgrade });
      down = id;
      return [`migrations/versions/${id}.ts`, text] as const;
    });
    return project({ "alembic.config.ts": config, ...Object.fromEntries(files) });
  }

  async function run(
    folder: ProjectFolder,
    args: readonly string[],
    databaseUrl = url,
  ): Promise<CommandLineResult> {
    return folder.run(args, { env: { DATABASE_URL: databaseUrl } });
  }

  describe("that names nothing", () => {
    const unknown = (id: string): string => `FAILED: Can't locate revision identified by '${id}'
--
  No such revision or branch '${id}'.
  Hint: Check the spelling with \`alembic-ts history\`. If the database names this revision, its file is not here: it may be on another git branch, or deleted.
`;

    for (const args of [
      ["upgrade", "nosuch"],
      ["downgrade", "nosuch"],
      ["stamp", "nosuch"],
      ["show", "nosuch"],
      ["history", "-r", "nosuch:head"],
    ]) {
      it(`an unknown revision: ${args.join(" ")}`, async () => {
        const result = await run(example, args);
        assert.equal(shown(result), `exit 255\n${unknown("nosuch")}`);
        assert.equal(await versionRows(url), undefined);
      });
    }

    it("an unknown revision, where another program reads stdout", async () => {
      const result = await run(example, ["upgrade", "nosuch", "--sql"]);
      assert.equal(result.stdout, "");
      assert.equal(result.stderr, unknown("nosuch").replace("--\n", ""));
    });

    it("no configuration in any folder above", async () => {
      assert.equal(
        shown(await run(project({}), ["heads"])),
        `exit 255
FAILED: No 'script_location' key found in configuration.
--
  Hint: Run \`alembic-ts init migrations\` to set up a project, or name its configuration with -c.
`,
      );
    });

    it("a configuration that is not there", async () => {
      assert.equal(
        shown(await run(example, ["-c", "nope.ini", "heads"])),
        `exit 255
FAILED: No 'script_location' key found in configuration. There is no configuration file <project>/nope.ini.
--
  Hint: Check the path after -c.
`,
      );
    });

    it("a configuration in ALEMBIC_CONFIG that is not there", async () => {
      assert.equal(
        shown(await example.run(["heads"], { env: { ALEMBIC_CONFIG: "nope.ini" } })),
        `exit 255
FAILED: No 'script_location' key found in configuration. There is no configuration file <project>/nope.ini.
--
  Hint: Check ALEMBIC_CONFIG.
`,
      );
    });

    it("a folder of migrations that is not there", async () => {
      assert.equal(
        shown(await run(project({ "alembic.config.ts": config }), ["heads"])),
        `exit 255
FAILED: Path doesn't exist: <project>/migrations.  Please use the 'init' command to create a new scripts folder.
--
`,
      );
    });

    it("a command that does not exist, and one without its argument", async () => {
      assert.equal(
        shown(await run(example, ["upgrad", "head"])),
        `exit 2
--
error: unknown command 'upgrad'
(Did you mean upgrade?)
(see \`--help\`)
`,
      );
      assert.equal(
        shown(await run(example, ["upgrade"])),
        `exit 2
--
error: missing required argument 'revision'
(\`alembic-ts upgrade --help\` lists its options)
`,
      );
    });
  });

  describe("in a configuration", () => {
    const cases: readonly { readonly name: string; readonly text: string; readonly expected: string }[] = [
      {
        name: "a key that does not exist",
        text: `export default { scriptLocaton: "migrations" };\n`,
        expected: `FAILED: <project>/alembic.config.ts: 'scriptLocaton' is not a key of the configuration.
--
  Hint: Is 'scriptLocation' meant?
`,
      },
      {
        name: "a syntax error",
        text: `export default {\n  scriptLocation: ;\n};\n`,
        expected: `FAILED: <project>/alembic.config.ts:2:19: Expression expected.
--
  Hint: Correct that file. Nothing was run.
`,
      },
      {
        name: "an error that it throws",
        text: `\nthrow new Error("boom");\n`,
        expected: `FAILED: <project>/alembic.config.ts:2:7: boom
--
`,
      },
      {
        name: "a package that is not installed",
        text: `import nothing from "nosuchpackage";\nexport default nothing;\n`,
        expected: `FAILED: <project>/alembic.config.ts could not be loaded: Cannot find module 'nosuchpackage'
--
  at <project>/alembic.config.ts:1:1
  Hint: Install the package, or correct the import.
`,
      },
      {
        name: "no export",
        text: `console.error("seen");\n`,
        expected: `FAILED: <project>/alembic.config.ts does not export a configuration.
--
seen
  Hint: Write \`export default defineConfig({ … })\`.
`,
      },
    ];
    for (const { name, text, expected } of cases) {
      it(name, async () => {
        const result = await run(project({ "alembic.config.ts": text }), ["heads"]);
        assert.equal(shown(result), `exit 255\n${expected}`);
      });
    }
  });

  describe("in a revision file", () => {
    it("a syntax error in a body stops upgrade before its first statement, and nothing else", async () => {
      const folder = revisions({ a: table, b: "  await op.execute(" });
      const database = await server.createDatabase();
      assert.equal(
        shown(await run(folder, ["upgrade", "head"], database)),
        `exit 255
FAILED: <project>/migrations/versions/b.ts:17:1: Argument expression expected.
--
  Hint: Correct that file. Nothing was run.
`,
      );
      assert.equal(await versionRows(database), undefined);
      assert.equal(shown(await run(folder, ["heads"], database)), "exit 0\nb (head)\n--\n");
      assert.equal(
        shown(await run(folder, ["upgrade", "a"], database)),
        "exit 0\n--\nINFO  Running upgrade  -> a, add a\n",
      );
    });

    it("a header that can't be read stops every command", async () => {
      const folder = revisions({ a: "" });
      folder.write({
        "migrations/versions/b.ts": `export const revision = ;\nexport const down_revision = "a";\n`,
      });
      const result = await run(folder, ["heads"]);
      assert.equal(result.exitCode, 255);
      assert.match(
        result.stdout,
        /^FAILED: Could not determine revision id from filename b\.ts\. <project>\/migrations\/versions\/b\.ts: .+\n$/,
      );
      assert.match(result.stderr, /^ {2}Hint: A revision has /);
    });

    it("no function to run", async () => {
      const folder = project({
        "alembic.config.ts": config,
        "migrations/versions/a.ts": `export const revision = "a";\nexport const down_revision = null;\n`,
      });
      const database = await server.createDatabase();
      assert.equal(
        shown(await run(folder, ["upgrade", "head"], database)),
        `exit 255
FAILED: Revision a has no upgrade() function: <project>/migrations/versions/a.ts
--
INFO  Running upgrade  -> a
  State: What was not committed is rolled back; the database is at base.
  Hint: Write \`export async function upgrade({ op }: Migration): Promise<void> { … }\` in that file.
`,
      );
      assert.equal(await versionRows(database), undefined);
    });
  });

  describe("a database that can't be used", () => {
    const secret = "s3cr3t pass/word";
    const encoded = encodeURIComponent(secret);

    function checkNoSecret(result: CommandLineResult): void {
      for (const text of [secret, encoded, "s3cr3t"]) {
        assert.equal(`${result.stdout}${result.stderr}`.includes(text), false, shown(result));
      }
    }

    async function runWithin10Seconds(
      args: readonly string[],
      databaseUrl: string,
    ): Promise<CommandLineResult> {
      const startedAt = Date.now();
      const result = await run(example, args, databaseUrl);
      assert.ok(Date.now() - startedAt < 10_000, `${String(Date.now() - startedAt)} ms`);
      checkNoSecret(result);
      return result;
    }

    it("nobody listens", async () => {
      assert.equal(
        shown(await runWithin10Seconds(["upgrade", "head"], `postgresql://ann:${encoded}@127.0.0.1:1/shop`)),
        `exit 255
FAILED: Can't connect to shop on 127.0.0.1:1: connection refused.
--
  Hint: Check that the server is running and that its host and port are correct, or name another database with \`--url\`.
`,
      );
    });

    it("the host is not known", async () => {
      const result = await runWithin10Seconds(
        ["current"],
        `postgresql://ann:${encoded}@host.invalid/shop?sslmode=disable`,
      );
      assert.equal(
        shown(result),
        `exit 255
FAILED: Can't connect to shop on host.invalid:5432: host 'host.invalid' is not known.
--
  Hint: Check that the server is running and that its host and port are correct, or name another database with \`--url\`.
`,
      );
    });

    describe("behind something that is no PostgreSQL", () => {
      const sockets = new Set<Socket>();

      async function listen(onConnection: (socket: Socket) => void): Promise<Server> {
        const listener = createServer((socket) => {
          sockets.add(socket);
          socket.on("error", () => undefined);
          onConnection(socket);
        });
        await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
        return listener;
      }
      async function messageOf(listener: Server): Promise<string> {
        const { port } = listener.address() as AddressInfo;
        const result = await runWithin10Seconds(
          ["upgrade", "head"],
          `postgresql://ann:${encoded}@127.0.0.1:${String(port)}/shop`,
        );
        sockets.forEach((socket) => socket.destroy());
        await new Promise((resolve) => listener.close(resolve));
        return shown(result).replaceAll(`:${String(port)}`, ":<port>");
      }

      it("that takes the connection and says nothing", async () => {
        assert.equal(
          await messageOf(await listen(() => undefined)),
          `exit 255
FAILED: Can't connect to shop on 127.0.0.1:<port>: no answer within 8 seconds.
--
  Hint: Check that the server is running and that its host and port are correct, or name another database with \`--url\`.
`,
        );
      });

      it("that takes the connection and hangs up", async () => {
        assert.equal(
          await messageOf(await listen((socket) => socket.end())),
          `exit 255
FAILED: Can't connect to shop on 127.0.0.1:<port>: the connection was closed at once; this may not be a PostgreSQL server.
--
  Hint: Check that the server is running and that its host and port are correct, or name another database with \`--url\`.
`,
        );
      });
    });

    it("the password is wrong, and is printed nowhere", async function () {
      if (!server.isOwn) {
        this.skip();
      }
      const address = new URL(await server.createDatabase({ owner: "password" }));
      address.password = encoded;
      const where = `${address.pathname.slice(1)} on ${address.host}`;
      const expected = `exit 255
FAILED: The server refused user 'alembic_app' for ${where}.
--
  Hint: Check the user name and the password in the URL, DATABASE_URL or POSTGRES_PASSWORD.
`;
      for (const args of [["upgrade", "head"], ["current"], ["--url", address.href, "current"]]) {
        assert.equal(shown(await runWithin10Seconds(args, address.href)), expected);
      }
      const traced = await runWithin10Seconds(["--raiseerr", "upgrade", "head"], address.href);
      assert.equal(shown(traced).split("DatabaseError: ")[0], expected);
      assert.match(traced.stderr, /^ {4}at /m);
      const asJson = await runWithin10Seconds(["current", "--json"], address.href);
      assert.match(asJson.stdout, /^\{\n {2}"error": \{\n {4}"code": "authentication-failed",/);
      assert.ok(![address.password, encoded].some((text) => asJson.stdout.includes(text)));
    });

    it("there is no such database", async () => {
      const address = new URL(url);
      address.pathname = "/nosuchdb";
      assert.equal(
        shown(await runWithin10Seconds(["current"], address.href)),
        `exit 255
FAILED: There is no database 'nosuchdb' on ${address.host}.
--
  Hint: Create it (CREATE DATABASE nosuchdb), or name another database.
`,
      );
    });

    it("its URL is for something else, or is none", async () => {
      assert.equal(
        shown(await runWithin10Seconds(["current"], `mysql://root:${encoded}@localhost/shop`)),
        `exit 255
FAILED: The database URL from DATABASE_URL is for mysql, which is not supported.
--
  Hint: Use PostgreSQL or SQLite: postgresql://… or sqlite:///…
`,
      );
      assert.equal(
        shown(await runWithin10Seconds(["current"], `ann:${encoded}@localhost/shop`)),
        `exit 255
FAILED: The database URL from DATABASE_URL is not a URL.
--
  Hint: Write it as postgresql://user:password@host:5432/database.
`,
      );
    });
  });

  describe("an upgrade that fails in the middle", () => {
    const failing = {
      a: table,
      b: `  await op.addColumn("books", "title", { type: "text" });`,
      c: `  await op.addColumn("books", "pages", { type: "integer" });
  await op.execute("INSERT INTO missing VALUES ('x')");`,
      d: `  await op.dropTable("books");`,
    };
    const failure = (state: string): string => `  at <project>/migrations/versions/c.ts:17:12
  SQL: INSERT INTO missing VALUES ('x')
  State: What was not committed is rolled back; the database is at ${state}.
  Hint: Correct the revision, and run the command again.
`;
    const headline = `exit 255\nFAILED: Revision c failed in upgrade(): relation "missing" does not exist\n--\n`;

    it("leaves an empty database empty", async () => {
      const folder = revisions(failing);
      const database = await server.createDatabase();
      const before = await server.dumpSchema(database);
      assert.equal(
        shown(await run(folder, ["upgrade", "head"], database)),
        `${headline}INFO  Running upgrade  -> a, add a
INFO  Running upgrade a -> b, add b
INFO  Running upgrade b -> c, add c
${failure("base")}`,
      );
      assert.equal(await server.dumpSchema(database), before);
      assert.equal(shown(await run(folder, ["current"], database)), "exit 0\n--\n");
    });

    it("leaves `current` where it was, and goes through once it is mended", async () => {
      const folder = revisions(failing);
      const database = await server.createDatabase();
      await run(folder, ["upgrade", "a"], database);
      const before = await server.dumpSchema(database);
      assert.equal(
        shown(await run(folder, ["upgrade", "head"], database)),
        `${headline}INFO  Running upgrade a -> b, add b
INFO  Running upgrade b -> c, add c
${failure("a")}`,
      );
      assert.equal(await server.dumpSchema(database), before);
      assert.equal(shown(await run(folder, ["current"], database)), "exit 0\na\n--\n");
      folder.write({
        "migrations/versions/c.ts": revisionText({
          id: "c",
          down: "b",
          upgrade: failing.c.replace("missing VALUES ('x')", "books VALUES (1)"),
        }),
      });
      assert.equal((await run(folder, ["upgrade", "c"], database)).exitCode, 0);
      assert.deepEqual(await queryRows(database, "SELECT id, title, pages FROM books"), [
        { id: 1, title: null, pages: null },
      ]);
    });

    it("keeps the revisions before it with transactionPerMigration, as Alembic does", async () => {
      const folder = revisions(failing);
      folder.write({
        "alembic.config.ts": config.replace('"migrations"', '"migrations", transactionPerMigration: true'),
      });
      const database = await server.createDatabase();
      const result = await run(folder, ["upgrade", "head"], database);
      assert.equal(result.stderr.endsWith(failure("b")), true, result.stderr);
      assert.deepEqual(await versionRows(database), ["b"]);
    });

    it("shows a stack trace only when it is asked for one", async () => {
      const folder = revisions(failing);
      const result = await run(folder, ["--raiseerr", "upgrade", "head"], await server.createDatabase());
      assert.equal(result.exitCode, 255);
      assert.match(result.stderr, /^MigrationError: Revision c failed in upgrade\(\)/m);
      assert.match(result.stderr, /^ {4}at /m);
    });

    it("reports an error that the revision itself throws, with its place", async () => {
      const folder = revisions({ a: `${table}\n  throw new TypeError("no such luck");` });
      const database = await server.createDatabase();
      assert.equal(
        shown(await run(folder, ["upgrade", "head"], database)),
        `exit 255
FAILED: Revision a failed in upgrade(): no such luck
--
INFO  Running upgrade  -> a, add a
  at <project>/migrations/versions/a.ts:17:9
  State: What was not committed is rolled back; the database is at base.
`,
      );
      assert.equal(await versionRows(database), undefined);
    });
  });

  describe("a forgotten await", () => {
    it("neither reorders nor loses an operation", async () => {
      const folder = revisions({
        a: `  op.createTable("counts", { columns: { n: { type: "integer" } } });
  op.execute("INSERT INTO counts VALUES (1)");
  await op.execute("INSERT INTO counts SELECT max(n) + 1 FROM counts");
  connection.execute("INSERT INTO counts SELECT max(n) * 10 FROM counts");
  op.execute("INSERT INTO counts SELECT max(n) + 1 FROM counts");`,
      });
      const database = await server.createDatabase();
      assert.equal((await run(folder, ["upgrade", "head"], database)).exitCode, 0);
      assert.deepEqual(await queryRows(database, "SELECT n FROM counts ORDER BY n"), [
        { n: 1 },
        { n: 2 },
        { n: 20 },
        { n: 21 },
      ]);
    });

    it("of an operation that fails still fails the run", async () => {
      const folder = revisions({ a: table, b: `  op.execute("INSERT INTO nowhere VALUES (1)");` });
      const database = await server.createDatabase();
      assert.equal(
        shown(await run(folder, ["upgrade", "head"], database)),
        `exit 255
FAILED: Revision b failed in upgrade(): relation "nowhere" does not exist
--
INFO  Running upgrade  -> a, add a
INFO  Running upgrade a -> b, add b
  at <project>/migrations/versions/b.ts:16:6
  SQL: INSERT INTO nowhere VALUES (1)
  State: What was not committed is rolled back; the database is at base.
  Hint: Correct the revision, and run the command again.
`,
      );
      assert.equal(await versionRows(database), undefined);
    });
  });

  describe("ids that look like SQL", () => {
    const [first, second] = [`a'; DROP TABLE victims; `, `"; DELETE FROM victims; '`] as const;

    it("are names and nothing else, live and in a script", async () => {
      const folder = project({
        "alembic.config.ts": config,
        "migrations/versions/1.ts": revisionText({ id: first, message: "one" }),
        "migrations/versions/2.ts": revisionText({ id: second, down: first, message: "two" }),
      });
      const [live, scripted] = [await server.createDatabase(), await server.createDatabase()] as const;
      for (const database of [live, scripted]) {
        await queryRows(database, "CREATE TABLE victims AS SELECT 1 AS id");
      }
      assert.equal(
        shown(await run(folder, ["upgrade", "heads"], live)),
        `exit 0
--
INFO  Running upgrade  -> ${first}, one
INFO  Running upgrade ${first} -> ${second}, two
`,
      );
      assert.deepEqual(await versionRows(live), [second]);
      assert.equal((await run(folder, ["current"], live)).stdout, `${second} (head)\n`);
      await run(folder, ["downgrade", first], live);
      assert.deepEqual(await versionRows(live), [first]);
      const { stdout } = await run(folder, ["upgrade", "heads", "--sql"], scripted);
      await queryRows(scripted, stdout);
      assert.deepEqual(await versionRows(scripted), [second]);
      for (const database of [live, scripted]) {
        assert.deepEqual(await queryRows(database, "SELECT id FROM victims"), [{ id: 1 }]);
      }
    });

    it("with characters that Alembic forbids are refused before anything runs", async () => {
      const folder = project({
        "alembic.config.ts": config,
        "migrations/versions/1.ts": revisionText({ id: "a; --" }),
      });
      assert.equal(
        shown(await run(folder, ["upgrade", "head"])),
        `exit 255
FAILED: Character(s) '-' not allowed in revision identifier 'a; --'
--
  Hint: Use letters, digits and _ in revision IDs.
`,
      );
    });

    it("that are too long for the version table are refused when the file is made", async () => {
      const folder = revisions({ a: "" });
      const id = "x".repeat(33);
      assert.equal(
        shown(await run(folder, ["revision", "-m", "long", "--rev-id", id])),
        `exit 255
FAILED: Revision identifier '${id}' is longer than 32 characters
--
  Hint: The version table's column is varchar(32): choose a shorter --rev-id.
`,
      );
      assert.deepEqual(folder.list("migrations/versions"), ["a.ts"]);
    });
  });
});
