import assert from "node:assert/strict";
import type { Operation } from "../../../src/operations/operation";
import { OperationError } from "../../../src/operations/operationError";
import { printOperation } from "../../../src/operations/printing/printOperation";
import { dataSourceDialect } from "../../../src/source/dataSourceDialect";
import { programOf } from "../../../src/source/parseScript";
import { callSqlAt } from "../../../src/sql/callSql";
import type { CallSql, CallSqlProject } from "../../../src/sql/callSql";
import { renderOperation } from "../../../src/sql/renderOperation";
import { recordOperations } from "../operations/recordOperations";
import { samples } from "../operations/sampleOperations";

const postgresql: CallSqlProject = { dialect: "postgresql", namingConvention: undefined };
const sqlite: CallSqlProject = { dialect: "sqlite", namingConvention: undefined };

/** The hover of a text at the mark `‸`; undefined, `refused`, the SQL, or what only a run can tell. */
function hovered(marked: string, project = postgresql): unknown {
  const offset = marked.indexOf("‸");
  const text = marked.replace("‸", "");
  const program = programOf(text);
  assert.ok(program, text);
  const found = callSqlAt({ text, program }, offset, project);
  return found && outcome(found);
}

function outcome(found: CallSql): unknown {
  switch (found.kind) {
    case "sql":
      return found.statements;
    case "unknown":
      return { unknown: found.expressions };
    case "unknown-convention":
      return found.kind;
    case "refused":
      return { refused: found.message };
  }
}

const inUpgrade = (body: string): string =>
  `import type { Migration } from "alembic-ts";\nexport async function upgrade({ op, sql }: Migration) {\n${body}\n}\n`;

const cases: readonly (readonly [name: string, text: string, expected: unknown, project?: CallSqlProject])[] =
  [
    ["a name", inUpgrade(`await op.drop‸Table("users");`), [`DROP TABLE users`]],
    ["with the caret in op", inUpgrade(`await o‸p.dropTable("users");`), [`DROP TABLE users`]],
    ["not with the caret in an argument", inUpgrade(`await op.dropTable("us‸ers");`), undefined],
    [
      "a table",
      inUpgrade(`await op.create‸Table("users", { columns: { id: { type: "integer", nullable: false } } });`),
      ["CREATE TABLE users (\n    id integer NOT NULL\n)"],
    ],
    [
      "values of sql`…`, written into the text",
      inUpgrade(
        'await op.exe‸cute(sql`UPDATE t SET a = ${"it\'s"}, b = ${-1} WHERE c = ${sql.identifier("x y")}`);',
      ),
      [`UPDATE t SET a = 'it''s', b = (-1) WHERE c = "x y"`],
    ],
    [
      "constants, wherever they stand, and what is joined of them",
      `const base = { schema: "app" } as const;\nconst names = { users: "users" };\n` +
        inUpgrade(
          'const table = `${names.users}_" + 1`;\nawait op.drop‸Table(table, { ...base, ifExists: true });',
        ),
      [`DROP TABLE IF EXISTS app."users_"" + 1"`],
    ],
    ["op.f", inUpgrade(`await op.drop‸Index(op.f("ix_a"), "t");`), ["DROP INDEX ix_a"]],
    [
      "a record",
      inUpgrade(`await op.in‸voke({ kind: "renameTable", table: "a", newName: "b" });`),
      ["ALTER TABLE a RENAME TO b"],
    ],
    [
      "another name of op",
      `export async function upgrade({ op: o }) { await o.drop‸Table("a"); }`,
      ["DROP TABLE a"],
    ],
    [
      "a function that is given op",
      `async function drop(it: Operations) { await it.drop‸Table("a"); }`,
      ["DROP TABLE a"],
    ],
    [
      "op of the whole argument",
      `export async function upgrade(m) { await m.op.drop‸Table("a"); }`,
      ["DROP TABLE a"],
    ],
    [
      "op that is taken out of it",
      `export async function upgrade(m) { const { op } = m; await op.drop‸Table("a"); }`,
      ["DROP TABLE a"],
    ],
    [
      "in op.autocommitBlock",
      inUpgrade(`await op.autocommitBlock(async () => { await op.drop‸Table("a"); });`),
      ["DROP TABLE a"],
    ],
    ["not of another object", `const op = makeTool(); op.drop‸Table("a");`, undefined],
    ["not of a name that hides it", inUpgrade(`{ const op = tool; op.drop‸Table("a"); }`), undefined],
    ["not of what has no SQL", inUpgrade(`await op.fl‸ush();`), undefined],
    ["not of an operation that is the project's", inUpgrade(`await op.createAudit‸Table("a");`), undefined],
    ["not of an inherited name", inUpgrade(`await op.toStr‸ing();`), undefined],
    ["half-typed arguments", inUpgrade(`await op.create‸Table("users");`), undefined],
    [
      "what the operation refuses",
      inUpgrade(`await op.add‸Column("t", "c", { type: "integer; DROP TABLE x" });`),
      { refused: `"integer; DROP TABLE x" is not a valid column type.` },
    ],

    [
      "a loop's name",
      inUpgrade(`for (const t of ["a", "b"]) { await op.drop‸Table(t); }`),
      { unknown: ["t"] },
    ],
    [
      "an import",
      `import { table } from "./names";\n` + inUpgrade(`await op.drop‸Table(table);`),
      { unknown: ["table"] },
    ],
    ["a variable", inUpgrade(`let t = "a"; await op.drop‸Table(t);`), { unknown: ["t"] }],
    ["a call", inUpgrade("await op.drop‸Table(`x_${ name( 1 ) }`);"), { unknown: ["name( 1 )"] }],
    [
      "a part of an object",
      inUpgrade(`await op.drop‸Table("a", { cascade: flags.x, ifExists: !true });`),
      { unknown: ["flags.x", "!true"] },
    ],
    [
      "a spread of what is not known",
      inUpgrade(`await op.drop‸Table("a", { ...options });`),
      { unknown: ["options"] },
    ],
    ["a computed key", inUpgrade(`await op.drop‸Table("a", { [key]: true });`), { unknown: ["[key]: true"] }],
    [
      "a constant that refers to itself",
      inUpgrade(`const a = b; const b = a; await op.drop‸Table(a);`),
      { unknown: ["a"] },
    ],
    [
      "a constant whose items change",
      inUpgrade(`const o = { cascade: false }; o.cascade = true; await op.drop‸Table("a", o);`),
      { unknown: ["o"] },
    ],
    [
      "a constant that a method may change",
      inUpgrade(`const c = ["a"]; c.push("b"); await op.create‸Index("i", "t", c);`),
      { unknown: ["c"] },
    ],
    [
      "a constant that a function may change",
      inUpgrade(`const c = ["a"]; add(c); await op.create‸Index("i", "t", c);`),
      { unknown: ["c"] },
    ],
    [
      "a tag of another sql",
      `import { sql } from "slonik";\nexport async function upgrade({ op }) { await op.exe‸cute(sql\`SELECT 1\`); }`,
      { unknown: ["sql`SELECT 1`"] },
    ],
    [
      "a shadowed constant",
      `const t = "a";\nexport async function upgrade({ op }, t) { await op.drop‸Table(t); }`,
      { unknown: ["t"] },
    ],
    [
      "a name of Object's",
      inUpgrade(`const o = {}; await op.drop‸Table(o.toString);`),
      { unknown: ["o.toString"] },
    ],

    [
      "an operation of a batch",
      inUpgrade(
        `await op.batchAlterTable("t", async (b) => { await b.drop‸Column("c"); }, { schema: "s" });`,
      ),
      ["ALTER TABLE s.t DROP COLUMN c"],
    ],
    [
      "a batch",
      inUpgrade(
        `await op.batchAlter‸Table("t", async (b) => { await b.dropColumn("c"); await b.renameColumn("d", "e"); });`,
      ),
      ["ALTER TABLE t DROP COLUMN c", "ALTER TABLE t RENAME COLUMN d TO e"],
    ],
    [
      "a batch that does more",
      inUpgrade(
        `await op.batchAlter‸Table("t", async (b) => { for (const c of cs) await b.dropColumn(c); });`,
      ),
      { unknown: ["for (const c of cs) await b.dropColumn(c);"] },
    ],
    ["SQLite", inUpgrade(`await op.rename‸Table("a", "b");`), ["ALTER TABLE a RENAME TO b"], sqlite],
    [
      "what SQLite has not",
      inUpgrade(`await op.create‸Sequence("s");`),
      { refused: "SQLite has no createSequence." },
      sqlite,
    ],

    [
      "the naming convention of the project",
      inUpgrade(`await op.createUnique‸Constraint(null, "t", ["a"]);`),
      ["ALTER TABLE t ADD CONSTRAINT uq_t_a UNIQUE (a)"],
      { dialect: "postgresql", namingConvention: { uq: "uq_%(table_name)s_%(column_0_name)s" } },
    ],
    [
      "a computed naming convention",
      inUpgrade(`await op.createUnique‸Constraint(null, "t", ["a"]);`),
      "unknown-convention",
      { dialect: "postgresql", namingConvention: "computed" },
    ],
    [
      "a computed naming convention that does not matter",
      inUpgrade(`await op.drop‸Table("t");`),
      ["DROP TABLE t"],
      { dialect: "postgresql", namingConvention: "computed" },
    ],
  ];

describe("the SQL of a call, from its text", () => {
  for (const [name, text, expected, project] of cases) {
    it(`of ${name}`, () => {
      assert.deepEqual(hovered(text, project), expected);
    });
  }

  it("is underlined as the name with its op", () => {
    const text = inUpgrade(`await op.dropTable("users");`);
    const program = programOf(text);
    assert.ok(program);
    const start = text.indexOf("op.dropTable");
    assert.deepEqual(callSqlAt({ text, program }, start + 4, postgresql), {
      kind: "sql",
      method: "dropTable",
      range: { start, end: start + "op.dropTable".length },
      statements: ["DROP TABLE users"],
      operation: { kind: "dropTable", table: "users" },
    });
  });
});

describe("the SQL of each kind of operation, from its printed call", () => {
  for (const project of [postgresql, sqlite]) {
    for (const { title, call } of samples) {
      it(`is what a script has of it: ${title}, on ${project.dialect}`, async () => {
        for (const operation of await recordOperations(call)) {
          const text = inUpgrade(printOperation(operation)).replace("op.", "op.‸");
          assert.deepEqual(hovered(text, project), rendered(operation, project), text);
        }
      });
    }
  }
});

function rendered(operation: Operation, { dialect }: CallSqlProject): unknown {
  try {
    return renderOperation(operation, dialect, { offline: true }).map(({ text }) => text);
  } catch (error) {
    assert.ok(error instanceof OperationError);
    return { refused: error.message };
  }
}

describe("dataSourceDialect", () => {
  const sources: readonly (readonly [text: string, expected: unknown])[] = [
    [`export default new DataSource({ type: "postgres" })`, "postgresql"],
    [`const options = { type: "better-sqlite3" } as const; new DataSource(options)`, "sqlite"],
    [`new DataSource({ type: process.env.TYPE })`, undefined],
    [`new DataSource({ type: "postgres" }); new DataSource({ type: "sqlite" })`, undefined],
    [`new Pool({ type: "sqlite" })`, undefined],
  ];
  for (const [text, expected] of sources) {
    it(`of ${text}`, () => {
      const program = programOf(text);
      assert.ok(program);
      assert.equal(dataSourceDialect(program), expected);
    });
  }
});
