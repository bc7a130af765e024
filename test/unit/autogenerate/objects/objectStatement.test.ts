import assert from "node:assert/strict";
import { readObjectStatement, withoutLayout } from "../../../../src/autogenerate/objects/objectStatement";

const body = "RETURNS int LANGUAGE sql AS $$ SELECT 1; SELECT 2 $$";

describe("the statement of an object's file", () => {
  for (const { text, is } of [
    { text: "CREATE VIEW a AS SELECT 1;", is: ["view", undefined, "a", "SELECT 1"] },
    {
      text: "-- Why\ncreate or replace view App.A as\nselect 1\n;\n-- end",
      is: ["view", "app", "a", "select 1"],
    },
    {
      text: 'CREATE VIEW "My""Schema"."Übersicht" AS VALUES (1)',
      is: ["view", 'My"Schema', "Übersicht", "VALUES (1)"],
    },
    { text: "CREATE VIEW a (x) AS SELECT 1", is: ["view", undefined, "a", undefined] },
    { text: "CREATE RECURSIVE VIEW a (n) AS VALUES (1)", is: ["view", undefined, "a", undefined] },
    {
      text: "CREATE VIEW a WITH (security_barrier) AS SELECT 1 WITH LOCAL CHECK OPTION",
      is: ["view", undefined, "a", "SELECT 1"],
    },
    { text: "CREATE VIEW a AS SELECT 1 WITH CHECK OPTION", is: ["view", undefined, "a", "SELECT 1"] },
    {
      text: "CREATE MATERIALIZED VIEW IF NOT EXISTS m USING heap AS TABLE a WITH NO DATA",
      is: ["materialized view", undefined, "m", "TABLE a"],
    },
    {
      text: "CREATE VIEW a AS WITH data AS (SELECT 1) SELECT * FROM data",
      is: ["view", undefined, "a", "WITH data AS (SELECT 1) SELECT * FROM data"],
    },
    { text: `CREATE FUNCTION f(a int DEFAULT (1)) ${body};`, is: ["function", undefined, "f", body] },
    { text: `CREATE OR REPLACE FUNCTION s.f() ${body}`, is: ["function", "s", "f", body] },
    {
      text: "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;",
      is: [
        "function",
        undefined,
        "f",
        "RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END",
      ],
    },
    {
      text: "CREATE PROCEDURE p() LANGUAGE sql AS ''",
      is: ["procedure", undefined, "p", "LANGUAGE sql AS ''"],
    },
    {
      text: "CREATE TRIGGER t BEFORE UPDATE OF a ON app.users FOR EACH ROW EXECUTE FUNCTION f()",
      is: ["trigger", undefined, "t", undefined, "app", "users"],
    },
    {
      text: "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
      is: ["trigger", undefined, "t", undefined, undefined, "users"],
    },
  ]) {
    it(`is read: ${text.replaceAll("\n", " ")}`, () => {
      const statement = readObjectStatement(text);
      assert.notEqual(statement.kind, "unfit");
      if (statement.kind !== "unfit") {
        const { kind, schema, name, words, table } = statement;
        assert.deepEqual(
          [kind, schema, name, words, ...(table === undefined ? [] : [table.schema, table.name])],
          is,
        );
        assert.equal(text.slice(statement.start, statement.start + statement.text.length), statement.text);
      }
    });
  }

  for (const { text, code, at } of [
    { text: "", code: "object-not-one-statement", at: 0 },
    { text: "-- nothing yet\n;", code: "object-not-one-statement", at: 0 },
    {
      text: "CREATE VIEW a AS SELECT 1;\n-- and\nGRANT SELECT ON a TO b;",
      code: "object-not-one-statement",
      at: 34,
    },
    { text: "\nDROP VIEW a", code: "object-not-supported", at: 1 },
    { text: "CREATE TABLE a ()", code: "object-not-supported", at: 0 },
    { text: "CREATE OR REPLACE TEMP VIEW a AS SELECT 1", code: "object-not-supported", at: 0 },
    {
      text: "CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()",
      code: "object-not-supported",
      at: 0,
    },
    { text: "CREATE VIEW", code: "object-not-supported", at: 0 },
    { text: "CREATE TRIGGER t BEFORE UPDATE", code: "object-not-supported", at: 0 },
    { text: "ALTER FUNCTION f() STABLE", code: "object-not-supported", at: 0 },
  ]) {
    it(`is refused at its place: ${text.replaceAll("\n", " ") || "nothing"}`, () => {
      const unfit = readObjectStatement(text);
      assert.deepEqual(unfit.kind === "unfit" ? [unfit.code, unfit.at] : unfit, [code, at]);
    });
  }

  it("is compared without its spaces and comments, but with a line break that joins two strings", () => {
    assert.equal(withoutLayout("SELECT 1 -- one\n  + 2"), withoutLayout("SELECT  1 /* a */ + 2"));
    assert.notEqual(withoutLayout("SELECT 'a b'"), withoutLayout("SELECT 'a  b'"));
    assert.notEqual(withoutLayout("SELECT 'a'\n'b'"), withoutLayout("SELECT 'a' 'b'"));
  });
});
