import assert from "node:assert/strict";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";

const config = JSON.stringify({ scriptLocation: "migrations" });
const file = (name: string): string => `migrations/versions/${name}.ts`;

describe("checks of branches", function () {
  this.timeout(120_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function project(files: Readonly<Record<string, string>>): ProjectFolder {
    const made = createProjectFolder({ "package.json": "{}", "alembic.config.json": config, ...files });
    projects.push(made);
    return made;
  }

  describe("heads --fail-on multiple", () => {
    const line = {
      [file("a")]: revisionText({ id: "a" }),
      [file("b")]: revisionText({ id: "b", down: "a" }),
    };
    const cases = [
      { name: "one head", files: line, args: [], exitCode: 0, stdout: "b (head)\n" },
      {
        name: "no revision",
        files: { "migrations/versions/.gitkeep": "" },
        args: [],
        exitCode: 0,
        stdout: "",
      },
      {
        name: "two heads",
        files: { ...line, [file("c")]: revisionText({ id: "c", down: "a" }) },
        args: [],
        exitCode: 255,
        stdout: "b (head)\nc (head)\n",
      },
      {
        name: "two heads of which one depends on the other",
        files: { ...line, [file("c")]: revisionText({ id: "c", down: "a", dependsOn: "b" }) },
        args: ["--resolve-dependencies"],
        exitCode: 0,
        stdout: "c (head)\n",
      },
    ];
    for (const { name, files, args, exitCode, stdout } of cases) {
      it(`exits with ${String(exitCode)} for ${name}`, async () => {
        const result = await project(files).run(["heads", "--fail-on", "multiple", ...args]);
        assert.deepEqual({ exitCode: result.exitCode, stdout: result.stdout }, { exitCode, stdout });
      });
    }

    it("prints the JSON all the same", async () => {
      const files = { ...line, [file("c")]: revisionText({ id: "c", down: "a" }) };
      const result = await project(files).run(["heads", "--fail-on", "multiple", "--json"]);
      assert.equal(result.exitCode, 255);
      const heads = JSON.parse(result.stdout) as readonly { readonly revision: string }[];
      assert.deepEqual(
        heads.map(({ revision }) => revision),
        ["b", "c"],
      );
    });

    it("refuses anything but `multiple`", async () => {
      assert.equal((await project(line).run(["heads", "--fail-on", "none"])).exitCode, 2);
    });
  });

  describe("merge and branches --check", () => {
    const execute = (...statements: readonly string[]): string =>
      statements.map((statement) => `  await op.execute(${JSON.stringify(statement)});`).join("\n");
    const base = {
      [file("a")]: revisionText({ id: "a", upgrade: execute("CREATE TABLE users (id integer, name text)") }),
    };
    const fitting = {
      ...base,
      [file("b")]: revisionText({ id: "b", down: "a", upgrade: execute("ALTER TABLE users ADD email text") }),
      [file("c")]: revisionText({ id: "c", down: "a", upgrade: execute("ALTER TABLE users ADD phone text") }),
    };
    const refused = {
      ...base,
      [file("b1")]: revisionText({
        id: "b1",
        down: "a",
        upgrade: execute("ALTER TABLE users ADD email text"),
      }),
      [file("b2")]: revisionText({
        id: "b2",
        down: "b1",
        upgrade: execute("ALTER TABLE users RENAME name TO full_name"),
      }),
      [file("c1")]: revisionText({
        id: "c1",
        down: "a",
        upgrade: execute("CREATE TABLE orders (id integer)"),
      }),
      [file("c2")]: revisionText({
        id: "c2",
        down: "c1",
        upgrade: execute("CREATE INDEX ix_users_name ON users (name)"),
      }),
    };
    const differing = {
      ...base,
      [file("b")]: revisionText({
        id: "b",
        down: "a",
        upgrade: execute("ALTER TABLE users ALTER name SET DEFAULT 'x'"),
      }),
      [file("c")]: revisionText({
        id: "c",
        down: "a",
        upgrade: execute("ALTER TABLE users ALTER name SET DEFAULT 'y'"),
      }),
    };
    const ok = "1 of 1 pair of branches can be applied in either order\n";
    const notOk = "0 of 1 pair of branches can be applied in either order\n";
    const cases = [
      { name: "branches that fit", files: fitting, exitCode: 0, stdout: `ok      b, c\n${ok}` },
      {
        name: "a revision that is refused after one of the other branch",
        files: refused,
        exitCode: 255,
        stdout: [
          "FAILED  b2, c2",
          "          b2 and c2 do not commute. PostgreSQL refuses c2 after b2:",
          '          Revision c2 failed in upgrade(): column "name" does not exist',
          "          SQL: CREATE INDEX ix_users_name ON users (name)",
          notOk,
        ].join("\n"),
      },
      {
        name: "branches whose schemas differ",
        files: differing,
        exitCode: 255,
        stdout: [
          "FAILED  b, c",
          "          b and c do not commute. If c runs before b, the schema differs:",
          "          The default of column users.name is 'x'::text instead of 'y'::text.",
          notOk,
        ].join("\n"),
      },
      {
        name: "a branch that can't be applied by itself",
        files: {
          ...fitting,
          [file("c")]: revisionText({ id: "c", down: "a", upgrade: execute("DROP TABLE nothing") }),
        },
        exitCode: 255,
        stdout: [
          "FAILED  b, c",
          "          c can't be applied, even without the other branch:",
          '          Revision c failed in upgrade(): table "nothing" does not exist',
          "          SQL: DROP TABLE nothing",
          notOk,
        ].join("\n"),
      },
      {
        name: "what PostgreSQL refuses in a transaction",
        files: {
          ...fitting,
          [file("c")]: revisionText({
            id: "c",
            down: "a",
            upgrade: execute("CREATE INDEX CONCURRENTLY ix_users_id ON users (id)"),
          }),
        },
        exitCode: 0,
        stdout: `ok      b, c\n${ok}`,
      },
      {
        name: "a value of an enum that is used after it is added",
        files: {
          ...base,
          [file("b")]: revisionText({
            id: "b",
            down: "a",
            upgrade: execute("CREATE TYPE mood AS ENUM ('ok')", "ALTER TYPE mood ADD VALUE 'bad'"),
          }),
          [file("b2")]: revisionText({
            id: "b2",
            down: "b",
            upgrade: execute("ALTER TABLE users ADD mood mood DEFAULT 'bad'"),
          }),
          [file("c")]: revisionText({
            id: "c",
            down: "a",
            upgrade: execute("CREATE TABLE orders (id integer)"),
          }),
        },
        exitCode: 0,
        stdout: `ok      b2, c\n${ok}`,
      },
      {
        name: "rows",
        files: {
          ...fitting,
          [file("c")]: revisionText({
            id: "c",
            down: "a",
            upgrade: execute("INSERT INTO users (id, name) VALUES (1, 'a')"),
          }),
        },
        exitCode: 0,
        stdout: `ok      b, c\n          data steps of c: not compared\n${ok}`,
      },
      {
        name: "a head that another one depends on",
        files: {
          ...base,
          [file("b")]: revisionText({
            id: "b",
            down: "a",
            upgrade: execute("CREATE TABLE orders (id integer)"),
          }),
          [file("c")]: revisionText({
            id: "c",
            down: "a",
            dependsOn: "b",
            upgrade: execute("ALTER TABLE orders ADD total integer"),
          }),
        },
        exitCode: 0,
        stdout: "No two heads to check.\n",
      },
      { name: "one head", files: base, exitCode: 0, stdout: "No two heads to check.\n" },
    ];
    for (const { name, files, exitCode, stdout } of cases) {
      it(`exits with ${String(exitCode)} for ${name}`, async () => {
        const folder = project(files);
        const first = await folder.run(["branches", "--check"]);
        assert.deepEqual(
          { exitCode: first.exitCode, stdout: first.stdout },
          { exitCode, stdout },
          first.stderr,
        );
        const second = await folder.run(["merge", "--check"]);
        assert.deepEqual({ exitCode: second.exitCode, stdout: second.stdout }, { exitCode, stdout });
      });
    }

    describe("of a schema with the name of a role", () => {
      const files = {
        ...base,
        [file("b")]: revisionText({ id: "b", down: "a", upgrade: execute("CREATE SCHEMA shop") }),
        [file("c")]: revisionText({
          id: "c",
          down: "a",
          upgrade: execute("CREATE TABLE orders (id integer)"),
        }),
      };
      const differs = [
        "FAILED  b, c",
        "          b and c do not commute. If c runs before b, the schema differs:",
        "          Table shop.orders is missing.",
        "          Table orders is left over.",
        notOk,
      ].join("\n");
      const shop = "postgresql://shop@127.0.0.1:9/shop";
      const app = "postgresql://app@127.0.0.1:9/shop";
      const commutes = `ok      b, c\n${ok}`;
      const databases = [
        { name: "that connects", config: { url: shop }, stdout: differs },
        {
          name: "of an environment",
          config: { url: app, environments: { live: { url: shop } } },
          stdout: differs,
        },
        { name: "that nothing connects as", config: { url: app }, stdout: commutes },
        {
          name: "that the search path of the URL leaves out",
          config: { url: `${shop}?options=-c%20search_path%3Dpublic` },
          stdout: commutes,
        },
        {
          name: "of the search path of the URL",
          config: { url: `${app}?options=-c%20search_path%3Dshop,public` },
          stdout: differs,
        },
      ];
      for (const { name, config: own, stdout } of databases) {
        it(name, async () => {
          const folder = project(files);
          folder.write({ "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...own }) });
          const result = await folder.run(["branches", "--check"]);
          assert.equal(result.stdout, stdout, result.stderr);
        });
      }
    });

    it("remembers what it found until a revision changes", async () => {
      const folder = project(fitting);
      const check = async (): Promise<readonly unknown[]> => {
        const { exitCode, stderr } = await folder.run(["branches", "--check"]);
        return [exitCode, /Trying b and c in both orders/.test(stderr)];
      };
      assert.deepEqual(await check(), [0, true]);
      assert.deepEqual(await check(), [0, false]);
      folder.write({
        [file("c")]: revisionText({
          id: "c",
          down: "a",
          upgrade: execute("ALTER TABLE users ADD email text"),
        }),
      });
      assert.deepEqual(await check(), [255, true]);
      assert.deepEqual(await check(), [255, false]);
    });

    it("remembers nothing of a revision that imports what it does", async () => {
      const folder = project(fitting);
      folder.write({
        "migrations/statement.ts": 'export const statement = "ALTER TABLE users ADD phone text";\n',
        [file("c")]:
          `import { statement } from "../statement";\n${revisionText({ id: "c", down: "a", upgrade: "  await op.execute(statement);" })}`,
      });
      assert.equal((await folder.run(["branches", "--check"])).exitCode, 0);
      folder.write({
        "migrations/statement.ts": 'export const statement = "ALTER TABLE users ADD email text";\n',
      });
      assert.equal((await folder.run(["branches", "--check"])).exitCode, 255);
    });

    it("prints JSON", async () => {
      const { exitCode, stdout } = await project(differing).run(["merge", "b", "c", "--check", "--json"]);
      assert.equal(exitCode, 255);
      assert.deepEqual(JSON.parse(stdout), {
        pairs: [
          {
            heads: ["b", "c"],
            kind: "differs",
            revisions: ["b", "c"],
            changes: [
              {
                object: "column users.name",
                text: "The default of column users.name is 'x'::text instead of 'y'::text.",
              },
            ],
            data_steps: [],
          },
        ],
      });
    });

    it("merges only what commutes with --auto", async () => {
      const folder = project(refused);
      const before = folder.list("migrations/versions");
      const refusal = await folder.run(["merge", "--auto"]);
      assert.equal(refusal.exitCode, 255);
      assert.match(refusal.stdout, /^FAILED: b2 and c2 are not merged\. b2 and c2 do not commute\./);
      assert.deepEqual(folder.list("migrations/versions"), before);
      const fit = project(fitting);
      assert.equal((await fit.run(["merge", "--auto", "--rev-id", "d"])).exitCode, 0);
      assert.equal((await fit.run(["heads"])).stdout, "d (head)\n");
      const merged = await fit.run(["merge", "--auto"]);
      assert.equal(merged.exitCode, 0);
      assert.equal(merged.stdout, "d is the only head: nothing is to be merged.\n");
      assert.deepEqual(fit.list("migrations/versions").length, 4);
    });

    it("asks for revisions without --check and --auto", async () => {
      const { exitCode, stderr } = await project(fitting).run(["merge"]);
      assert.equal(exitCode, 2);
      assert.match(stderr, /missing required argument 'revisions'/);
    });
  });
});
