import assert from "node:assert/strict";
import type { BatchOperations, BatchOptions } from "../../src/operations/batch/batch";
import { sql } from "../../src/operations/sqlFragment";
import { differenceOf, type Difference } from "../support/sqliteDescription";

const setup = `
CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email varchar(50) NOT NULL,
  age integer DEFAULT 5,
  team_id integer REFERENCES team (id) ON DELETE SET NULL,
  note text,
  CONSTRAINT uq_users_email UNIQUE (email),
  CONSTRAINT ck_users_age CHECK (age > 0),
  CHECK (length(note) < 100)
);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE);
CREATE INDEX ix_users_age ON users (age) WHERE age > 3;
CREATE INDEX ix_users_lower ON users (lower(email) DESC);
CREATE VIEW emails AS SELECT id, email FROM users;
CREATE TRIGGER note_it AFTER UPDATE OF email ON users BEGIN UPDATE users SET note = old.email WHERE id = new.id; END;
INSERT INTO team VALUES (1, 'one');
INSERT INTO users VALUES (1, 'a@x', 7, 1, NULL), (2, 'b@x', NULL, NULL, '12'), (3, 'c@x', 5, 1, '007');
INSERT INTO posts VALUES (10, 1), (11, 3);
`;

interface Case {
  readonly name: string;
  readonly alter: (batch: BatchOperations) => Promise<unknown>;
  readonly options?: BatchOptions;
  readonly expected: Difference;
  /** What `recreate: "never"` says of it, if it can't do it. */
  readonly never?: RegExp;
}

const needsCopy = /without copying the table/;
const columns = (list: string): string => `users: ${list}`;
const all = "id, email, age, team_id, note";
const rows = (...values: readonly (readonly unknown[])[]): readonly string[] =>
  values.map((row) => `users row ${JSON.stringify(row)}`);
const oldRows = rows([1, "a@x", 7, 1, null], [2, "b@x", null, null, "12"], [3, "c@x", 5, 1, "007"]);
const withField = (...values: readonly unknown[]): readonly string[] =>
  rows(
    [1, "a@x", 7, 1, null, values[0]],
    [2, "b@x", null, null, "12", values[1] ?? values[0]],
    [3, "c@x", 5, 1, "007", values[2] ?? values[0]],
  );
const sorted = (lines: readonly string[]): readonly string[] =>
  [...lines].sort((left, right) => left.localeCompare(right));

const cases: readonly Case[] = [
  {
    name: "adds a column and an index, as the guide's example does",
    alter: async (batch) => {
      await batch.addColumn("new_field", { type: "varchar(50)" });
      await batch.createIndex("idx_new_field", ["new_field"]);
    },
    expected: {
      gone: [columns(all), ...oldRows],
      come: [
        columns(`${all}, new_field`),
        "users.new_field: varchar(50)",
        "users index idx_new_field: CREATE INDEX idx_new_field ON users (new_field)",
        ...withField(null),
      ],
    },
  },
  {
    name: "adds a column with a literal default that is NOT NULL",
    alter: (batch) => batch.addColumn("state", { type: "text", nullable: false, default: "it's" }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [columns(`${all}, state`), "users.state: text NOT NULL DEFAULT 'it''s'", ...withField("it's")],
    },
  },
  {
    name: "adds a column whose default is an expression",
    alter: (batch) => batch.addColumn("three", { type: "integer", default: sql`1 + 2` }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [columns(`${all}, three`), "users.three: integer DEFAULT 1 + 2", ...withField(3)],
    },
    never: needsCopy,
  },
  {
    name: "adds a stored generated column",
    alter: (batch) => batch.addColumn("shout", { type: "text", generatedAs: sql`upper(email)` }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [columns(`${all}, shout`), "users.shout: text STORED", ...withField("A@X", "B@X", "C@X")],
    },
    never: needsCopy,
  },
  {
    name: "adds a virtual generated column",
    alter: (batch) =>
      batch.addColumn("shout", { type: "text", generated: { expression: sql`upper(email)`, stored: false } }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [columns(`${all}, shout`), "users.shout: text VIRTUAL", ...withField("A@X", "B@X", "C@X")],
    },
  },
  {
    name: "adds a unique column",
    alter: (batch) => batch.addColumn("code", { type: "text", unique: "uq_code" }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [
        columns(`${all}, code`),
        "users.code: text",
        "users unique: code",
        "users CONSTRAINT uq_code",
        ...withField(null),
      ],
    },
    never: needsCopy,
  },
  {
    name: "adds a column that refers to another table and has a check",
    alter: (batch) =>
      batch.addColumn("boss", {
        type: "integer",
        references: { table: "team", column: "id", onDelete: "cascade" },
        check: sql`boss > 0`,
      }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [
        columns(`${all}, boss`),
        "users.boss: integer",
        "users refers: boss -> team(id) NO ACTION/CASCADE",
        "users check: boss > 0",
        ...withField(null),
      ],
    },
  },
  {
    name: "puts a column behind another",
    alter: (batch) => batch.addColumn("x", { type: "text" }, { insertAfter: "id" }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [
        columns("id, x, email, age, team_id, note"),
        "users.x: text",
        ...rows(
          [1, null, "a@x", 7, 1, null],
          [2, null, "b@x", null, null, "12"],
          [3, null, "c@x", 5, 1, "007"],
        ),
      ],
    },
    never: /^$/,
  },
  {
    name: "puts a column before another",
    alter: (batch) => batch.addColumn("x", { type: "text" }, { insertBefore: "note" }),
    expected: {
      gone: [columns(all), ...oldRows],
      come: [
        columns("id, email, age, team_id, x, note"),
        "users.x: text",
        ...rows(
          [1, "a@x", 7, 1, null, null],
          [2, "b@x", null, null, null, "12"],
          [3, "c@x", 5, 1, null, "007"],
        ),
      ],
    },
    never: /^$/,
  },
  {
    name: "drops a column that nothing names",
    alter: (batch) => batch.dropColumn("team_id"),
    expected: {
      gone: [
        columns(all),
        "users.team_id: integer",
        "users refers: team_id -> team(id) NO ACTION/SET NULL",
        ...oldRows,
      ],
      come: [
        columns("id, email, age, note"),
        ...rows([1, "a@x", 7, null], [2, "b@x", null, "12"], [3, "c@x", 5, "007"]),
      ],
    },
  },
  {
    name: "drops a column with its index and checks",
    alter: (batch) => batch.dropColumn("age"),
    expected: {
      gone: [
        columns(all),
        "users.age: integer DEFAULT 5",
        "users index ix_users_age: CREATE INDEX ix_users_age ON users (age) WHERE age > 3",
        "users CONSTRAINT ck_users_age",
        "users check: age > 0",
        ...oldRows,
      ],
      come: [
        columns("id, email, team_id, note"),
        ...rows([1, "a@x", 1, null], [2, "b@x", null, "12"], [3, "c@x", 1, "007"]),
      ],
    },
    never: /age/,
  },
  {
    name: "drops a column if it exists",
    alter: (batch) => batch.dropColumn("none", { ifExists: true }),
    expected: { gone: [], come: [] },
    never: /none/,
  },
  {
    name: "changes a type without a loss",
    alter: (batch) => batch.alterColumn("note", { type: "date" }),
    expected: {
      gone: ["users.note: text", ...rows([2, "b@x", null, null, "12"], [3, "c@x", 5, 1, "007"])],
      come: ["users.note: date", ...rows([2, "b@x", null, null, 12], [3, "c@x", 5, 1, 7])],
    },
    never: needsCopy,
  },
  {
    name: "changes a type by an expression",
    alter: (batch) => batch.alterColumn("age", { type: "text", using: sql`age || ' years'` }),
    expected: {
      gone: ["users.age: integer DEFAULT 5", ...rows([1, "a@x", 7, 1, null], [3, "c@x", 5, 1, "007"])],
      come: [
        "users.age: text DEFAULT 5",
        ...rows([1, "a@x", "7 years", 1, null], [3, "c@x", "5 years", 1, "007"]),
      ],
    },
    never: needsCopy,
  },
  {
    name: "makes a column nullable",
    alter: (batch) => batch.alterColumn("email", { nullable: true }),
    expected: { gone: ["users.email: varchar(50) NOT NULL"], come: ["users.email: varchar(50)"] },
    never: needsCopy,
  },
  {
    name: "sets a default",
    alter: (batch) => batch.alterColumn("note", { default: "none" }),
    expected: { gone: ["users.note: text"], come: ["users.note: text DEFAULT 'none'"] },
    never: needsCopy,
  },
  {
    name: "drops a default",
    alter: (batch) => batch.alterColumn("age", { default: null }),
    expected: { gone: ["users.age: integer DEFAULT 5"], come: ["users.age: integer"] },
    never: needsCopy,
  },
  {
    name: "lets ids count up",
    alter: (batch) => batch.alterColumn("id", { identity: "always" }),
    expected: { gone: [], come: ["users counts up"] },
    never: needsCopy,
  },
  {
    name: "renames a column wherever it is named",
    alter: (batch) => batch.alterColumn("email", { newName: "mail" }),
    expected: {
      gone: [
        columns(all),
        "users.email: varchar(50) NOT NULL",
        "users index ix_users_lower: CREATE INDEX ix_users_lower ON users (lower(email) DESC)",
        "users unique: email",
        "view emails: CREATE VIEW emails AS SELECT id, email FROM users",
        "trigger note_it: CREATE TRIGGER note_it AFTER UPDATE OF email ON users BEGIN UPDATE users SET note = old.email WHERE id = new.id; END",
      ],
      come: [
        columns("id, mail, age, team_id, note"),
        "users.mail: varchar(50) NOT NULL",
        "users index ix_users_lower: CREATE INDEX ix_users_lower ON users (lower(mail) DESC)",
        "users unique: mail",
        "view emails: CREATE VIEW emails AS SELECT id, mail FROM users",
        "trigger note_it: CREATE TRIGGER note_it AFTER UPDATE OF mail ON users BEGIN UPDATE users SET note = old.mail WHERE id = new.id; END",
      ],
    },
  },
  {
    name: "changes and renames a column in one call",
    alter: (batch) => batch.alterColumn("note", { nullable: true, default: "", newName: "remark" }),
    expected: {
      gone: [
        columns(all),
        "users.note: text",
        "users check: length(note) < 100",
        "trigger note_it: CREATE TRIGGER note_it AFTER UPDATE OF email ON users BEGIN UPDATE users SET note = old.email WHERE id = new.id; END",
      ],
      come: [
        columns("id, email, age, team_id, remark"),
        "users.remark: text DEFAULT ''",
        "users check: length(remark) < 100",
        "trigger note_it: CREATE TRIGGER note_it AFTER UPDATE OF email ON users BEGIN UPDATE users SET remark = old.email WHERE id = new.id; END",
      ],
    },
    never: needsCopy,
  },
  {
    name: "drops a column and gives another its name",
    alter: async (batch) => {
      await batch.dropColumn("team_id");
      await batch.renameColumn("age", "team_id");
    },
    expected: {
      gone: [
        columns(all),
        "users.age: integer DEFAULT 5",
        "users.team_id: integer",
        "users index ix_users_age: CREATE INDEX ix_users_age ON users (age) WHERE age > 3",
        "users refers: team_id -> team(id) NO ACTION/SET NULL",
        "users check: age > 0",
        ...oldRows,
      ],
      come: [
        columns("id, email, team_id, note"),
        "users.team_id: integer DEFAULT 5",
        "users index ix_users_age: CREATE INDEX ix_users_age ON users (team_id) WHERE team_id > 3",
        "users check: team_id > 0",
        ...rows([1, "a@x", 7, null], [2, "b@x", null, "12"], [3, "c@x", 5, "007"]),
      ],
    },
  },
  {
    name: "renames a column and adds one of the old name",
    alter: async (batch) => {
      await batch.renameColumn("team_id", "squad_id");
      await batch.addColumn("team_id", { type: "text", nullable: false, default: "t" });
    },
    expected: {
      gone: [
        columns(all),
        "users.team_id: integer",
        "users refers: team_id -> team(id) NO ACTION/SET NULL",
        ...oldRows,
      ],
      come: [
        columns("id, email, age, squad_id, note, team_id"),
        "users.squad_id: integer",
        "users.team_id: text NOT NULL DEFAULT 't'",
        "users refers: squad_id -> team(id) NO ACTION/SET NULL",
        ...withField("t"),
      ],
    },
  },
  {
    name: "creates a unique, partial index on an expression",
    alter: (batch) =>
      batch.createIndex("ix_new", [sql`lower(note)`, { column: "age", order: "desc" }], {
        unique: true,
        where: sql`age > 1`,
      }),
    expected: {
      gone: [],
      come: ["users index ix_new: CREATE UNIQUE INDEX ix_new ON users (lower(note), age DESC) WHERE age > 1"],
    },
  },
  {
    name: "drops an index",
    alter: (batch) => batch.dropIndex("ix_users_lower"),
    expected: {
      gone: ["users index ix_users_lower: CREATE INDEX ix_users_lower ON users (lower(email) DESC)"],
      come: [],
    },
  },
  {
    name: "creates a unique constraint",
    alter: (batch) => batch.createUniqueConstraint("uq_new", ["team_id", "note"]),
    expected: { gone: [], come: ["users unique: team_id, note", "users CONSTRAINT uq_new"] },
    never: needsCopy,
  },
  {
    name: "creates a check",
    alter: (batch) => batch.createCheckConstraint("ck_new", sql`length(email) > ${2}`),
    expected: { gone: [], come: ["users check: length(email) > 2", "users CONSTRAINT ck_new"] },
    never: needsCopy,
  },
  {
    name: "creates a foreign key",
    alter: (batch) =>
      batch.createForeignKey("fk_new", "team", ["team_id"], ["id"], {
        onDelete: "cascade",
        onUpdate: "restrict",
      }),
    expected: {
      gone: [],
      come: ["users refers: team_id -> team(id) RESTRICT/CASCADE", "users CONSTRAINT fk_new"],
    },
    never: needsCopy,
  },
  {
    name: "replaces the primary key",
    alter: (batch) => batch.createPrimaryKey("pk_users", ["id"]),
    expected: { gone: [], come: ["users CONSTRAINT pk_users"] },
    never: needsCopy,
  },
  {
    name: "drops a named unique constraint",
    alter: (batch) => batch.dropConstraint("uq_users_email", { type: "unique" }),
    expected: { gone: ["users CONSTRAINT uq_users_email", "users unique: email"], come: [] },
    never: needsCopy,
  },
  {
    name: "drops a named check",
    alter: (batch) => batch.dropConstraint("ck_users_age"),
    expected: { gone: ["users CONSTRAINT ck_users_age", "users check: age > 0"], come: [] },
    never: needsCopy,
  },
  {
    name: "drops a foreign key without a name by its naming convention",
    alter: (batch) => batch.dropConstraint("fk_users_team_id_team", { type: "foreignkey" }),
    options: { namingConvention: { fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s" } },
    expected: { gone: ["users refers: team_id -> team(id) NO ACTION/SET NULL"], come: [] },
    never: needsCopy,
  },
  {
    name: "drops a foreign key without a name by PostgreSQL's name for it",
    alter: (batch) => batch.dropConstraint("users_team_id_fkey"),
    expected: { gone: ["users refers: team_id -> team(id) NO ACTION/SET NULL"], come: [] },
    never: needsCopy,
  },
  {
    name: "renames a constraint",
    alter: (batch) => batch.renameConstraint("uq_users_email", "uq_mail"),
    expected: { gone: ["users CONSTRAINT uq_users_email"], come: ["users CONSTRAINT uq_mail"] },
    never: needsCopy,
  },
  {
    name: "has no comments",
    alter: (batch) => batch.createTableComment("people"),
    expected: { gone: [], come: [] },
  },
  {
    name: "reorders columns as far as it is asked to",
    alter: () => Promise.resolve(),
    options: { partialReordering: [["id", "note", "email"]] },
    expected: {
      gone: [columns(all), ...oldRows],
      come: [
        columns("id, age, team_id, note, email"),
        ...rows([1, 7, 1, null, "a@x"], [2, null, null, "12", "b@x"], [3, 5, 1, "007", "c@x"]),
      ],
    },
    never: /^$/,
  },
  {
    name: "adds the constraints of tableArgs, and names one that has no name",
    alter: () => Promise.resolve(),
    options: {
      tableArgs: {
        checks: [{ name: "ck_note", condition: "length(note) < 100" }],
        uniques: [{ name: "uq_note", columns: ["note"] }],
        autoincrement: true,
      },
    },
    expected: {
      gone: [],
      come: ["users CONSTRAINT ck_note", "users CONSTRAINT uq_note", "users unique: note", "users counts up"],
    },
    never: /^$/,
  },
];

describe("a batch on SQLite", () => {
  for (const { name, alter, options, expected, never } of cases) {
    for (const recreate of ["auto", "always", "never"] as const) {
      if (recreate === "never" && never?.source === "^$") {
        continue;
      }
      const title = `${name} (recreate: ${recreate})`;
      const change = (): Promise<Difference> =>
        differenceOf(setup, (memory) =>
          memory.migrate((op) =>
            op.batchAlterTable("users", async (batch) => void (await alter(batch)), { ...options, recreate }),
          ),
        );
      if (recreate === "never" && never !== undefined) {
        it(`${title} is refused`, () => assert.rejects(change, never));
      } else {
        it(title, async () => {
          const actual = await change();
          assert.deepEqual(
            { gone: sorted(actual.gone), come: sorted(actual.come) },
            {
              gone: sorted(expected.gone.filter((line) => !expected.come.includes(line))),
              come: sorted(expected.come.filter((line) => !expected.gone.includes(line))),
            },
          );
        });
      }
    }
  }
});
