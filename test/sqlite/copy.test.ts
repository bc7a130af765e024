import assert from "node:assert/strict";
import { DatabaseError } from "../../src/database/databaseError";
import type { BatchOperations } from "../../src/operations/batch/batch";
import { sql } from "../../src/operations/sqlFragment";
import { openSqliteMemory, type SqliteMemory } from "../support/sqliteFile";
import { describeSqlite, differenceOf } from "../support/sqliteDescription";

const always = { recreate: "always" } as const;

/** Tables whose copy has to be like the original to the last word. */
const tables: readonly (readonly [name: string, sql: string])[] = [
  ["a plain one", "CREATE TABLE t (a, b text, c double precision, d numeric(10, 2))"],
  ["AUTOINCREMENT", "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text)"],
  ["AUTOINCREMENT at the table", "CREATE TABLE t (id integer, a text, PRIMARY KEY (id AUTOINCREMENT))"],
  ["a key that counts down", "CREATE TABLE t (id integer PRIMARY KEY DESC, a text)"],
  ["WITHOUT ROWID", "CREATE TABLE t (a text, b text, PRIMARY KEY (b, a DESC)) WITHOUT ROWID"],
  ["STRICT", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b ANY) STRICT"],
  ["STRICT, WITHOUT ROWID", "CREATE TABLE t (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID, STRICT"],
  [
    "conflict clauses",
    "CREATE TABLE t (a text UNIQUE ON CONFLICT IGNORE, b text NOT NULL ON CONFLICT REPLACE DEFAULT 'x')",
  ],
  ["collations", "CREATE TABLE t (a text COLLATE nocase UNIQUE, b text, UNIQUE (b COLLATE rtrim))"],
  [
    "generated columns",
    "CREATE TABLE t (a int, b int AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS (a * 2) STORED)",
  ],
  [
    "quoted names",
    'CREATE TABLE "t" ("select" text, [b c] text, `d"e` text DEFAULT \'\'\'\', CHECK ("select" <> \'a,b)\'))',
  ],
  [
    "comments",
    "CREATE TABLE t ( -- the table, with (\n a text /* , b text */, -- it's\n b int CHECK (b > 0))",
  ],
  [
    "expression defaults",
    "CREATE TABLE t (a text DEFAULT (lower('X,Y')), b int DEFAULT -1, c text DEFAULT CURRENT_TIMESTAMP, d int DEFAULT +.5e3)",
  ],
  [
    "named constraints of columns",
    "CREATE TABLE t (a int CONSTRAINT nn NOT NULL CONSTRAINT pk PRIMARY KEY, b int CONSTRAINT ck CHECK (b IN (1, 2)))",
  ],
  [
    "foreign keys",
    "CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t ON DELETE SET NULL ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED, x int, FOREIGN KEY (x) REFERENCES other (id) MATCH FULL NOT DEFERRABLE)",
  ],
  ["no commas between constraints", "CREATE TABLE t (a int, b int, UNIQUE (a) UNIQUE (b) CHECK (a < b))"],
  [
    "a blob default and a type of many words",
    "CREATE TABLE t (a blob DEFAULT x'00ff', b unsigned big int, c timestamp with time zone)",
  ],
];

async function withMemory(setup: string, use: (memory: SqliteMemory) => Promise<void>): Promise<void> {
  const memory = await openSqliteMemory(setup);
  try {
    await use(memory);
  } finally {
    await memory.close();
  }
}

const alter = (memory: SqliteMemory, change: (batch: BatchOperations) => Promise<unknown>, table = "t") =>
  memory.migrate((op) => op.batchAlterTable(table, async (batch) => void (await change(batch)), always));

describe("a copy of a table on SQLite", () => {
  for (const [name, definition] of tables) {
    it(`keeps all of a table with ${name}`, async () => {
      const setup = `CREATE TABLE other (id integer PRIMARY KEY); ${definition};`;
      const change = async (memory: SqliteMemory): Promise<void> => {
        await alter(memory, () => Promise.resolve());
        // The copy's text is ours; the second copy is made of it.
        await alter(memory, () => Promise.resolve());
      };
      assert.deepEqual(await differenceOf(setup, change), { gone: [], come: [] });
    });
  }

  it("keeps numbers, blobs and texts as they are stored", () =>
    withMemory(
      `CREATE TABLE t (id integer PRIMARY KEY, a, b text, c real);
       INSERT INTO t VALUES (1, 9223372036854775807, '007', 1), (2, x'00ff00', '', 1e300), (3, '1', NULL, 0.1);`,
      async (memory) => {
        const kept = "SELECT id, quote(a) AS a, quote(b) AS b, quote(c) AS c, typeof(a) AS type FROM t";
        const before = await memory.query(kept);
        await alter(memory, (batch) => batch.addColumn("d", { type: "text" }));
        assert.deepEqual(await memory.query(kept), before);
      },
    ));

  it("never gives the id of a deleted row again", () =>
    withMemory(
      `CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text);
       INSERT INTO t (a) VALUES ('a'), ('b'); DELETE FROM t;`,
      async (memory) => {
        await alter(memory, (batch) => batch.addColumn("b", { type: "text" }));
        await memory.run("INSERT INTO t (a) VALUES ('c')");
        assert.deepEqual(await memory.query("SELECT id FROM t"), [{ id: 3 }]);
        assert.deepEqual(await memory.query("SELECT name, seq FROM sqlite_sequence"), [
          { name: "t", seq: 3 },
        ]);
      },
    ));

  it("keeps the rows of other tables that refer to it, with ON DELETE CASCADE", () =>
    withMemory(
      `CREATE TABLE t (id integer PRIMARY KEY); CREATE TABLE child (t_id int REFERENCES t (id) ON DELETE CASCADE);
       INSERT INTO t VALUES (1); INSERT INTO child VALUES (1);`,
      async (memory) => {
        await alter(memory, (batch) => batch.addColumn("b", { type: "text" }));
        assert.deepEqual(await memory.query("SELECT * FROM child"), [{ t_id: 1 }]);
        await memory.run("PRAGMA foreign_keys = ON");
        await memory.run("DELETE FROM t");
        assert.deepEqual(await memory.query("SELECT * FROM child"), []);
      },
    ));

  it("works on a table of an attached database", () =>
    withMemory(
      `ATTACH ':memory:' AS side; CREATE TABLE side.t (id integer PRIMARY KEY, a text); CREATE INDEX side.ix_t ON t (a);
       CREATE TRIGGER side.tr AFTER INSERT ON t BEGIN SELECT 1; END; INSERT INTO side.t VALUES (1, 'x');`,
      async (memory) => {
        await memory.migrate((op) =>
          op.batchAlterTable(
            "t",
            async (batch) => {
              await batch.alterColumn("a", { nullable: false });
              await batch.createIndex("ix_new", ["id", "a"]);
            },
            { schema: "side", recreate: "always" },
          ),
        );
        assert.deepEqual(
          await memory.query("SELECT type, name, tbl_name FROM side.sqlite_master ORDER BY name"),
          [
            { type: "index", name: "ix_new", tbl_name: "t" },
            { type: "index", name: "ix_t", tbl_name: "t" },
            { type: "table", name: "t", tbl_name: "t" },
            { type: "trigger", name: "tr", tbl_name: "t" },
          ],
        );
        assert.deepEqual(await memory.query("SELECT * FROM side.t"), [{ id: 1, a: "x" }]);
      },
    ));

  const setup = `
    CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
    CREATE TABLE child (t_id int REFERENCES t (id));
    CREATE TABLE log (a text);
    CREATE INDEX ix_a ON t (a);
    CREATE VIEW v AS SELECT a FROM t;
    CREATE TRIGGER tr AFTER UPDATE ON log BEGIN UPDATE t SET b = new.a; END;
    INSERT INTO t VALUES (1, 'x', NULL), (2, NULL, 'y'); INSERT INTO child VALUES (1);`;
  const refusals: readonly (readonly [
    name: string,
    change: (batch: BatchOperations) => Promise<unknown>,
    error: RegExp,
  ])[] = [
    [
      "NOT NULL where there are NULLs",
      (batch) => batch.alterColumn("a", { nullable: false }),
      /NOT NULL constraint failed/,
    ],
    [
      "a check that rows fail",
      (batch) => batch.createCheckConstraint("ck", "id > 1"),
      /CHECK constraint failed: ck/,
    ],
    [
      "a required column without a default",
      (batch) => batch.addColumn("c", { type: "text", nullable: false }),
      /NOT NULL constraint failed/,
    ],
    ["an unknown column", (batch) => batch.dropColumn("none"), /has no column "none"/],
    ["an unknown index", (batch) => batch.dropIndex("none"), /has no index "none"/],
    ["an unknown constraint", (batch) => batch.dropConstraint("none"), /No such constraint: 'none' on "t"/],
    ["a column that is there", (batch) => batch.addColumn("A", { type: "text" }), /has a column "A" already/],
    [
      "an exclude constraint",
      (batch) => batch.createExcludeConstraint("ex", [["a", "="]]),
      /no exclude constraints/,
    ],
    ["a column that a view reads", (batch) => batch.dropColumn("a"), /View "v" fails: no such column: a/],
    [
      "a column that a trigger writes",
      (batch) => batch.dropColumn("b"),
      /Trigger "tr" fails: no such column: b/,
    ],
    [
      "a foreign key that rows break",
      (batch) => batch.createForeignKey("fk", "child", ["id"], ["t_id"]),
      /The new definition of .* is not valid/,
    ],
    [
      "a primary key away from those who refer to it",
      (batch) => batch.dropConstraint("t_pkey", { type: "primary" }),
      /foreign key mismatch/,
    ],
  ];
  for (const [name, change, error] of refusals) {
    it(`refuses ${name}, and leaves everything as it was`, () =>
      withMemory(setup, async (memory) => {
        const before = await describeSqlite(memory);
        await memory.run("BEGIN");
        await assert.rejects(alter(memory, change), error);
        // A check behind the copy fails the revision, whose transaction is rolled back.
        await memory.run("ROLLBACK");
        assert.deepEqual(await describeSqlite(memory), before);
        assert.deepEqual(await memory.query("PRAGMA legacy_alter_table"), [{ legacy_alter_table: 0 }]);
      }));
  }

  it("leaves no half copy behind where the revision catches the failure", () =>
    withMemory(setup, async (memory) => {
      const before = await describeSqlite(memory);
      await assert.rejects(
        alter(memory, (batch) => batch.alterColumn("a", { nullable: false })),
        (error) => error instanceof DatabaseError && error.sql?.includes("INSERT INTO") === true,
      );
      assert.deepEqual(await describeSqlite(memory), before);
    }));

  it("is not stopped by what was broken before", () =>
    withMemory(
      `CREATE TABLE t (id integer PRIMARY KEY, a text); CREATE TABLE gone (a text); CREATE VIEW broken AS SELECT a FROM gone;
       CREATE TABLE child (t_id int REFERENCES t (id)); INSERT INTO child VALUES (7); DROP TABLE gone;`,
      async (memory) => {
        await alter(memory, (batch) => batch.addColumn("b", { type: "text" }));
        assert.deepEqual(await memory.query("SELECT name FROM pragma_table_info('t')"), [
          { name: "id" },
          { name: "a" },
          { name: "b" },
        ]);
      },
    ));

  it("refuses to replace a table while foreign keys are on", () =>
    withMemory(setup, async (memory) => {
      await memory.run("PRAGMA foreign_keys = ON");
      await assert.rejects(
        alter(memory, (batch) => batch.addColumn("c", { type: "text" })),
        /with PRAGMA foreign_keys = ON that would delete the rows/,
      );
    }));

  for (const [table, error] of [
    ["none", /There is no table "none"/],
    ["v", /"v" is a view, not a table/],
  ] as const) {
    it(`says of "${table}" what it is not`, () =>
      withMemory(setup, (memory) =>
        assert.rejects(
          alter(memory, () => Promise.resolve(), table),
          error,
        ),
      ));
  }

  it("takes the table of copyFrom instead of the database's", () =>
    withMemory(
      "CREATE TABLE t (id integer PRIMARY KEY, a text CHECK (a <> '')); INSERT INTO t VALUES (1, 'x');",
      async (memory) => {
        await memory.migrate((op) =>
          op.batchAlterTable("t", async (batch) => batch.alterColumn("a", { default: sql`'n'` }), {
            copyFrom: { columns: { id: { type: "integer", primaryKey: true }, a: { type: "text" } } },
          }),
        );
        assert.deepEqual(await memory.schema(), {
          t: `CREATE TABLE "t" (id integer NOT NULL, a text DEFAULT 'n', PRIMARY KEY (id))`,
        });
      },
    ));
});
