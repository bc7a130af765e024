import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ColumnOptions, DataSource } from "typeorm";
import { defineConfig, type ColumnComparison, type SchemaObjectType } from "../../src/index";
import { sql } from "../../src/operations/sqlFragment";
import { sharedPostgres } from "../support/sharedPostgres";
import { runSql } from "./support/checkSet";
import { createHooks, createTestProject, type Hooks, type TestProject } from "./support/project";
import { useTypeorm } from "./support/typeorm";

type Columns = Readonly<Record<string, ColumnOptions>>;

function users(
  columns: Columns,
  options: object = {},
  checks: readonly (readonly [name: string, expression: string])[] = [],
): DataSource {
  const { entity, typeorm } = useTypeorm("1.x");
  const { Check, Column, DataSource, PrimaryGeneratedColumn } = typeorm;
  const User = entity(
    "User",
    { name: "users", ...options },
    {
      id: PrimaryGeneratedColumn(),
      ...Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, Column(of)] as const)),
    },
    ...checks.map(([name, expression]) => Check(name, expression)),
  );
  return new DataSource({ type: "postgres", entities: [User] });
}

const before: Columns = {
  name: { type: "varchar", length: 50, default: "x" },
  age: { type: "int", default: 1 },
  twice: { type: "int", asExpression: "age * 2", generatedType: "STORED", nullable: true },
};
const after: Columns = {
  name: { type: "text", default: "x" },
  age: { type: "int", default: 2 },
  twice: { type: "int", asExpression: "age + age", generatedType: "STORED", nullable: true },
};

describe("the hooks of autogenerate", function () {
  this.timeout(60_000);
  this.slow(10_000);
  let project: TestProject;
  let url: string;

  async function start(columns: Columns, setup?: string): Promise<void> {
    url = await (await sharedPostgres()).createDatabase();
    await runSql(url, setup);
    project = createTestProject({ url });
    await project.autogenerate(users(columns));
    await project.upgrade();
  }

  async function seen(columns: Columns, hooks: Partial<Hooks>): Promise<readonly string[]> {
    project.configure({ config: { hooks: createHooks(hooks) } });
    return (await project.check(users(columns))).operations;
  }

  afterEach(() => project.remove());

  const defaultChange = "alter column users.age (default)";

  it("compares types and defaults where nothing is said", async () => {
    await start(before);
    assert.deepEqual(await seen(after, {}), [
      "drop column users.twice",
      "alter column users.name (type varchar(50) to text, default)",
      defaultChange,
      "add column users.twice",
    ]);
  });

  it("takes no type for changed with compareType: false", async () => {
    await start(before);
    assert.deepEqual(await seen(after, { compareType: false }), [
      "drop column users.twice",
      defaultChange,
      "add column users.twice",
    ]);
  });

  it("takes no default for changed with compareServerDefault: false", async () => {
    await start(before);
    const { name, ...rest } = after;
    assert.deepEqual(
      await seen({ name: { ...name, default: "y" }, ...rest }, { compareServerDefault: false }),
      ["alter column users.name (type varchar(50) to text)"],
    );
  });

  for (const [name, compareCheckConstraints, expected] of [
    [
      "by name and text",
      true,
      [
        "drop constraint ck_text on users",
        "drop constraint ck_gone on users",
        "create check constraint ck_text on users",
        "create check constraint ck_new on users",
      ],
    ],
    [
      "by name alone",
      "byName",
      ["drop constraint ck_gone on users", "create check constraint ck_new on users"],
    ],
    ["not at all", false, []],
  ] as const) {
    it(`compares CHECK constraints ${name} with compareCheckConstraints: ${JSON.stringify(compareCheckConstraints)}`, async () => {
      url = await (await sharedPostgres()).createDatabase();
      project = createTestProject({ url });
      await project.autogenerate(
        users(before, {}, [
          ["ck_same", "age > 0"],
          ["ck_text", "age < 9"],
          ["ck_gone", "age <> 3"],
        ]),
      );
      await project.upgrade();
      project.configure({ config: { hooks: createHooks({ compareCheckConstraints }) } });
      const changed = users(before, {}, [
        ["ck_same", "age > 0"],
        ["ck_text", "age < 99"],
        ["ck_new", "age <> 4"],
      ]);
      const { operations, drift } = await project.check(changed);
      assert.deepEqual({ operations, drift }, { operations: expected, drift: [] });
    });
  }

  it("asks compareType for each column whose type differs", async () => {
    await start(before);
    const asked: ColumnComparison[] = [];
    const compareType = (answer: boolean | undefined): Partial<Hooks> => ({
      compareType: (comparison) => {
        asked.push(comparison);
        return answer;
      },
    });
    const changed = { ...before, name: { type: "text", default: "x" } } as Columns;
    assert.deepEqual(await seen(changed, compareType(false)), []);
    assert.deepEqual(asked[0], {
      schemaName: null,
      tableName: "users",
      columnName: "name",
      databaseValue: "character varying(50)",
      metadataValue: "text",
    });
    assert.deepEqual(new Set(asked.map(({ columnName }) => columnName)), new Set(["name"]));
    assert.equal((await seen(changed, compareType(true))).length, 1);
    assert.equal((await seen(changed, compareType(undefined))).length, 1);
  });

  it("asks compareServerDefault for each column whose default differs", async () => {
    await start({ ...before, at: { type: "timestamptz", default: () => "now()" } });
    const asked: unknown[] = [];
    const operations = await seen(
      {
        ...before,
        age: { type: "int" },
        at: { type: "timestamptz", default: () => "now() + interval '1 day'" },
      },
      {
        compareServerDefault: ({ columnName, databaseValue, metadataValue }) => {
          asked.push([columnName, databaseValue, metadataValue]);
          return columnName === "age" ? undefined : false;
        },
      },
    );
    assert.deepEqual(operations, [defaultChange]);
    assert.deepEqual(asked.slice(0, 2), [
      ["age", "1", null],
      ["at", "now()", "(now() + '1 day'::interval)"],
    ]);
  });

  it("keeps the database's type in the revision that changes something else of the column", async () => {
    await start(before);
    const changed = { ...before, name: { type: "text", default: "x", nullable: true } } as Columns;
    project.configure({ config: { hooks: createHooks({ compareType: false }) } });
    const { autogenerated } = await project.autogenerate(users(changed));
    assert.deepEqual(autogenerated?.operations, ["alter column users.name (nullable)"]);
    await project.upgrade();
    assert.deepEqual(await seen(changed, { compareType: false }), []);
    assert.deepEqual(await seen(changed, {}), [
      "alter column users.name (type varchar(50) to text, default)",
    ]);
  });

  it("asks includeObject with the kind, the side and the counterpart", async () => {
    await start(before, "CREATE TABLE legacy (id int)");
    const asked = new Map<string, boolean>();
    const operations = await seen(
      { ...after, bio: { type: "text", nullable: true } },
      {
        includeObject: (_object, name, type, isReflected, counterpart) => {
          asked.set(`${type} ${name} ${isReflected ? "database" : "entities"}`, counterpart !== null);
          return name !== "age" && name !== "twice" && name !== "legacy" && name !== "bio";
        },
      },
    );
    assert.deepEqual(operations, ["alter column users.name (type varchar(50) to text, default)"]);
    assert.deepEqual(
      ["table legacy database", "column bio entities", "column age entities", "table users entities"].map(
        (key) => asked.get(key),
      ),
      [false, false, true, true],
    );
  });

  it("asks includeName for names of the database alone", async () => {
    await start(before, "CREATE TABLE legacy (id int, code int); CREATE INDEX ix_code ON legacy (code)");
    const asked = new Map<string | null, readonly [SchemaObjectType, string | undefined]>();
    project.configure({
      config: {
        hooks: createHooks({
          includeName: (name, type, parents) => {
            asked.set(name, [type, parents.schemaQualifiedTableName]);
            return name !== "legacy";
          },
        }),
      },
    });
    const report = await project.check(users({ ...before, bio: { type: "text", nullable: true } }));
    assert.deepEqual([report.operations, report.drift], [["add column users.bio"], []]);
    assert.deepEqual(
      [asked.get("legacy"), asked.get("age"), asked.get("bio")],
      [["table", "legacy"], ["column", "users"], undefined],
    );
  });

  it("looks at other schemas with includeSchemas, and only at those that includeName takes", async () => {
    const other = `CREATE SCHEMA crm; CREATE TABLE crm.leads (id int); CREATE SCHEMA dwh; CREATE TABLE dwh.facts (id int)`;
    await start(before, other);
    const drift = async (
      config: Parameters<TestProject["configure"]>[0]["config"],
    ): Promise<readonly string[]> => {
      project.configure({ config: { hooks: createHooks({}), ...config } });
      return (await project.check(users({ ...before, bio: { type: "text" } }))).drift;
    };
    assert.deepEqual(await drift({ includeSchemas: false }), []);
    assert.deepEqual(await drift({ includeSchemas: ["crm"] }), ["table crm.leads"]);
    assert.deepEqual(await drift({ includeSchemas: true }), ["table crm.leads", "table dwh.facts"]);
    const hooks = createHooks({ includeName: (name, type) => type !== "schema" || name !== "dwh" });
    assert.deepEqual(await drift({ includeSchemas: true, hooks }), ["table crm.leads"]);
  });

  it("prints operations with renderItem, and those for which it says nothing as usual", async () => {
    await start(before);
    const hooks = createHooks({
      renderItem: (operation) =>
        operation.kind === "addColumn"
          ? `await op.addColumn("users", "bio", { type: "text" }); // by the project`
          : undefined,
    });
    project.configure({ config: { hooks } });
    await project.autogenerate(users({ ...before, bio: { type: "text", nullable: true } }));
    assert.match(project.lastRevision(), /\n {2}await op\.addColumn\(.*\); \/\/ by the project\n/);
    assert.match(project.lastRevision(), /\n {2}await op\.dropColumn\("users", "bio"\);\n/);
  });

  it("gives processRevisionDirectives both lists of operations, and waits for it", async () => {
    await start(before);
    const hooks = createHooks({
      async processRevisionDirectives({ isAutogenerate, downRevisions }, [directive]) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        assert.ok(directive !== undefined);
        assert.deepEqual([isAutogenerate, downRevisions], [true, ["rev001"]]);
        assert.deepEqual(
          [directive.upgradeOperations, directive.downgradeOperations].map((list) =>
            list.map(({ kind }) => kind),
          ),
          [["addColumn"], ["dropColumn"]],
        );
        // As a project that never drops columns on its way back would.
        directive.downgradeOperations = [];
      },
    });
    project.configure({ config: { hooks } });
    await project.autogenerate(users({ ...before, bio: { type: "text", nullable: true } }));
    assert.match(project.lastRevision(), /export async function downgrade\(\): Promise<void> \{\}\n/);
  });

  it("warns of the drop of a constraint that has no name, above it and in the log", async () => {
    await start(before);
    const hooks = createHooks({
      processRevisionDirectives: (_context, [directive]) => {
        assert.ok(directive !== undefined);
        const constraint = { kind: "check", condition: sql`age > 0` } as const;
        directive.upgradeOperations = [{ kind: "createCheckConstraint", table: "users", constraint }];
        directive.downgradeOperations = [{ kind: "dropConstraint", table: "users", type: "check" }];
      },
    });
    project.configure({ config: { hooks } });
    await project.autogenerate(users(before));
    assert.ok(
      project.lastRevision().includes(
        `  // this constraint has no name, so the drop fails: write its name instead of
  // null, or use a namingConvention
  await op.dropConstraint(null, "users", { type: "check" });
`,
      ),
      project.lastRevision(),
    );
    assert.deepEqual(
      project.events.filter((event) => event.startsWith("warning: ")),
      [
        "warning: The revision drops a constraint of users that has no name, which fails. Write its name into the file, or use a namingConvention so that names are known in advance.",
      ],
    );
    await project.upgrade();
    await assert.rejects(project.downgrade("-1"), {
      message: /The constraint on "users" that is to be dropped has no name\./,
    });
  });

  it("reports nothing that a comment of a revision file has mentioned", async () => {
    await start(before);
    await runSql(url, "CREATE TABLE legacy (id int); CREATE TABLE other (id int)");
    const text = project.lastRevision();
    writeFileSync(
      join(project.directory, "migrations/versions/rev001_change.ts"),
      text.replace("): Promise<void> {\n", "$&  // Only in the database, left alone: table\n  // legacy\n"),
    );
    const report = await project.check(users({ ...before, bio: { type: "text" } }));
    assert.deepEqual(report.drift, ["table other"]);
  });

  it("are typed as functions and as flags in the configuration", () => {
    project = createTestProject({ url: "postgresql://localhost/unused" });
    const config = defineConfig({
      scriptLocation: "migrations",
      compareType: ({ databaseValue, metadataValue }) => databaseValue !== metadataValue,
      compareServerDefault: false,
      includeSchemas: ["crm"],
    });
    assert.equal(typeof config.compareType, "function");
  });
});
