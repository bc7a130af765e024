import assert from "node:assert/strict";
import fc from "fast-check";
import { tokenize } from "../../../src/sqlText/lexer";
import { splitStatements } from "../../../src/sql/splitStatements";

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["nothing", " ;; -- only this\n; /* and that */", []],
  ["one without an end", "SELECT 1", ["SELECT 1"]],
  ["two", "SELECT 1 ; SELECT 2;\n", ["SELECT 1", "SELECT 2"]],
  [
    "quotes",
    `SELECT ';', E'\\';', "a;b", U&';', 'it''s;'; b`,
    [`SELECT ';', E'\\';', "a;b", U&';', 'it''s;'`, "b"],
  ],
  ["a backslash ends no plain string", "SELECT '\\'; b", ["SELECT '\\'", "b"]],
  ["comments", "a -- ; no\n; b /* ; /* ; */ ; */ c", ["a -- ; no", "b /* ; /* ; */ ; */ c"]],
  ["a comment before", "a; -- about b\nb", ["a", "-- about b\nb"]],
  ["dollar quotes", "DO $$ a; $x$ b; $$; c $f$ ; $$ ; $f$", ["DO $$ a; $x$ b; $$", "c $f$ ; $$ ; $f$"]],
  ["no dollar quote inside a word", "SELECT a$1$b; c", ["SELECT a$1$b", "c"]],
  ["parameters", "SELECT $1; SELECT $2", ["SELECT $1", "SELECT $2"]],
  [
    "a rule",
    "CREATE RULE r AS ON INSERT TO t DO (a; b); c",
    ["CREATE RULE r AS ON INSERT TO t DO (a; b)", "c"],
  ],
  [
    "a body of SQL",
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT t.end; END; b",
    ["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT t.end; END", "b"],
  ],
  [
    "a procedure's body",
    "CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC; INSERT INTO t VALUES (1); END; b",
    ["CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC; INSERT INTO t VALUES (1); END", "b"],
  ],
  ["a transaction of its own", "BEGIN; SELECT 1; END", ["BEGIN", "SELECT 1", "END"]],
  [
    "a trigger of SQLite",
    "CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END; b",
    [
      "CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END",
      "b",
    ],
  ],
  ["a quote that is never closed", "a; SELECT 'b; c", ["a", "SELECT 'b; c"]],
];

describe("splitStatements", () => {
  for (const [title, text, statements] of cases) {
    it(`keeps together what belongs together: ${title}`, () => {
      assert.deepEqual(splitStatements(text), statements);
    });
  }

  for (const text of ["a; /* b", "/* see /* old */ a", "/*/ a", "a; b /* /* */"]) {
    it(`refuses a comment that is never closed: ${text}`, () => {
      assert.throws(() => splitStatements(text), {
        code: "invalid-sql",
        message: /never closed/,
        hint: /Close it with \*\//,
      });
    });
  }

  const sqliteCases: readonly (readonly [string, string, readonly string[]])[] = [
    ["comments that do not nest", "/* see /* old */ a; b", ["/* see /* old */ a", "b"]],
    ["names in brackets and backticks", "a [;]; b `;``;`; c", ["a [;]", "b `;``;`", "c"]],
    ["no backslash that escapes", "SELECT E'\\'; b", ["SELECT E'\\'", "b"]],
    ["no dollar quotes", "a $$; b $$; c", ["a $$", "b $$", "c"]],
  ];
  for (const [title, text, statements] of sqliteCases) {
    it(`reads SQLite's SQL as SQLite does: ${title}`, () => {
      assert.deepEqual(splitStatements(text, "sqlite"), statements);
    });
  }

  it("loses nothing of any text", () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      "$$",
      "$a$",
      ";",
      "--",
      "\n",
      "/*",
      "*/",
      "a",
      "E'",
      "\\",
      "(",
      ")",
      " ",
      "$1",
      "é",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        const text = parts.join("");
        for (const dialect of ["postgresql", "sqlite"] as const) {
          const tokens = [...tokenize(text, dialect)];
          assert.equal(tokens.map((token) => token.text).join(""), text);
          const isUnclosed = tokens.some((token) => token.isUnclosed === true);
          for (const statement of isUnclosed ? [] : splitStatements(text, dialect)) {
            assert.ok(text.includes(statement));
          }
        }
      }),
    );
  });
});
