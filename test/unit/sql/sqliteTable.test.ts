import assert from "node:assert/strict";
import { OperationError } from "../../../src/operations/operationError";
import { parseTable } from "../../../src/sql/sqlite/parseTable";
import { printTable } from "../../../src/sql/sqlite/printTable";
import { reorderColumns } from "../../../src/sql/sqlite/reorderColumns";

describe("a CREATE TABLE of SQLite", () => {
  it("is read to the last word", () => {
    const text = `CREATE TABLE main."the table" (
      id INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT ROLLBACK, -- the key
      [b c] varchar (50) NOT NULL ON CONFLICT IGNORE DEFAULT 'a,b' COLLATE nocase /* ) */,
      d AS (id + 1) STORED UNIQUE,
      e int DEFAULT (max(1, 2)) CHECK (e > 0) REFERENCES other (x) ON DELETE SET NULL ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
      f,
      CONSTRAINT uq UNIQUE (d, [b c] COLLATE rtrim DESC) ON CONFLICT FAIL,
      FOREIGN KEY (e, f) REFERENCES other
    ) WITHOUT ROWID, STRICT`;
    assert.deepEqual(parseTable(text), {
      name: "the table",
      columns: [
        { name: "id", type: "INTEGER" },
        {
          name: "b c",
          type: "varchar (50)",
          notNull: "NOT NULL ON CONFLICT IGNORE",
          default: "'a,b'",
          collation: "nocase",
        },
        { name: "d", type: "", generated: { expression: "id + 1", stored: true } },
        { name: "e", type: "int", default: "(max(1, 2))" },
        { name: "f", type: "" },
      ],
      constraints: [
        {
          kind: "primaryKey",
          name: "pk",
          columns: [{ name: "id", options: "DESC" }],
          conflict: "ON CONFLICT ROLLBACK",
          isInline: true,
          autoincrement: false,
        },
        { kind: "unique", columns: [{ name: "d", options: "" }], conflict: "" },
        { kind: "check", expression: "e > 0" },
        {
          kind: "foreignKey",
          columns: ["e"],
          referredTable: "other",
          referredColumns: ["x"],
          clauses: "ON DELETE SET NULL ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED",
        },
        {
          kind: "unique",
          name: "uq",
          columns: [
            { name: "d", options: "" },
            { name: "b c", options: "COLLATE rtrim DESC" },
          ],
          conflict: "ON CONFLICT FAIL",
        },
        { kind: "foreignKey", columns: ["e", "f"], referredTable: "other", clauses: "" },
      ],
      options: ["WITHOUT ROWID", "STRICT"],
    });
  });

  for (const text of [
    "CREATE TABLE t (\n    a\n)",
    "CREATE TABLE t (\n    id INTEGER PRIMARY KEY AUTOINCREMENT,\n    b text COLLATE nocase DEFAULT -1 NOT NULL,\n    CONSTRAINT ck CHECK (b <> ')')\n) STRICT",
    'CREATE TABLE "T x" (\n    a int,\n    b int,\n    CONSTRAINT pk PRIMARY KEY (b DESC, a) ON CONFLICT REPLACE,\n    FOREIGN KEY (a) REFERENCES "T x" (b) ON DELETE CASCADE\n) WITHOUT ROWID',
  ]) {
    it(`is printed as it was read: ${text.replace(/\s+/g, " ")}`, () =>
      assert.equal(printTable(parseTable(text)), text));
  }

  for (const text of [
    "CREATE VIEW v AS SELECT 1",
    "CREATE TABLE t",
    "CREATE TABLE t (a int",
    "CREATE TABLE t ()",
    "",
  ]) {
    it(`is refused if it is none: ${JSON.stringify(text)}`, () =>
      assert.throws(() => parseTable(text), OperationError));
  }
});

describe("partialReordering", () => {
  const columns = ["a", "b", "c", "d"].map((name) => ({ name }));
  const cases: readonly (readonly [lists: readonly (readonly string[])[], expected: string])[] = [
    [[], "abcd"],
    [[["d", "a"]], "bcda"],
    [
      [
        ["c", "b"],
        ["b", "a"],
      ],
      "cdba",
    ],
    [[["D", "B", "a"]], "cdba"],
  ];
  for (const [lists, expected] of cases) {
    it(`${JSON.stringify(lists)} makes ${expected}`, () =>
      assert.equal(
        reorderColumns("t", columns, lists)
          .map(({ name }) => name)
          .join(""),
        expected,
      ));
  }
  for (const lists of [
    [["a", "x"]],
    [
      ["a", "b"],
      ["b", "a"],
    ],
  ]) {
    it(`refuses ${JSON.stringify(lists)}`, () =>
      assert.throws(() => reorderColumns("t", columns, lists), OperationError));
  }
});
