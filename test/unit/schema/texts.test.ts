import assert from "node:assert/strict";
import { serialSequenceName } from "../../../src/autogenerate/compare/sequenceName";
import {
  mentionsName,
  renameColumns,
  renameEnumValueInExpression,
  renameTypeInExpression,
  withoutTextCasts,
} from "../../../src/sqlText/expression";
import { parseTypeName, shortTypeName } from "../../../src/sqlText/typeName";

describe("expressions as the server prints them", () => {
  it("mention names outside of strings", () => {
    const cases: readonly (readonly [string, boolean])[] = [
      ["(name > 1)", true],
      ["lower((name)::text)", true],
      ["'name'::text", false],
      ["E'a\\'name'::text", false],
      ['("name" = 1)', true],
      ["(names = 1)", false],
      ["((\"Name\")::text = 'it''s name'::text)", false],
    ];
    for (const [text, expected] of cases) {
      assert.equal(mentionsName(text, new Set(["name"])), expected, text);
    }
  });

  it("get new names of columns, and keep types, functions and strings", () => {
    const renames = new Map([
      ["name", "full name"],
      ["lower", "upper"],
    ]);
    assert.equal(
      renameColumns("(lower((name)::name) <> 'name'::text)", renames),
      `(lower(("full name")::name) <> 'name'::text)`,
    );
  });

  it("get new names of types and of values of enums", () => {
    assert.equal(
      renameTypeInExpression("'a'::mood[] || 'b'::moody", "mood", "feeling"),
      "'a'::feeling[] || 'b'::moody",
    );
    assert.equal(
      renameEnumValueInExpression("('a'::mood = 'a'::text)", "mood", "a", "it's"),
      "('it''s'::mood = 'a'::text)",
    );
    const lists: readonly (readonly [text: string, from: string, to: string, expected: string])[] = [
      ["'{a,b}'::mood[]", "a", "z", "'{z,b}'::mood[]"],
      ["'{aa,\"a\"}'::mood[]", "a", "it's", "'{aa,it''s}'::mood[]"],
      [`'{"it''s","a \\"b\\\\"}'::mood[]`, `a "b\\`, "c d", `'{"it''s","c d"}'::mood[]`],
      ["'{it''s,NULL}'::mood[]", "it's", "null", `'{"null",NULL}'::mood[]`],
      ["'{NULL,\"NULL\"}'::mood[]", "NULL", "", `'{NULL,""}'::mood[]`],
      ["'{a}'::moody[] || '{a}'::text[]", "a", "z", "'{a}'::moody[] || '{a}'::text[]"],
    ];
    for (const [text, from, to, expected] of lists) {
      assert.equal(renameEnumValueInExpression(text, "mood", from, to), expected);
    }
  });

  it("lose casts of a column from one text type to another", () => {
    assert.equal(
      withoutTextCasts("(lower((a)::text) = (b)::text) AND ((a)::text[] = x)", new Set(["a"])),
      "(lower(a) = (b)::text) AND ((a)::text[] = x)",
    );
  });
});

describe("types as format_type prints them", () => {
  it("are taken apart", () => {
    const cases: readonly (readonly [string, ReturnType<typeof parseTypeName>])[] = [
      ["integer", { base: "integer", modifiers: [], isArray: false }],
      ["numeric(10,2)", { base: "numeric", modifiers: ["10", "2"], isArray: false }],
      [
        "timestamp(3) with time zone[]",
        { base: "timestamp with time zone", modifiers: ["3"], isArray: true },
      ],
      ['app."Mood (new)"[]', { base: 'app."Mood (new)"', modifiers: [], isArray: true }],
      ["geometry(Point,4326)", { base: "geometry", modifiers: ["Point", "4326"], isArray: false }],
    ];
    for (const [text, expected] of cases) {
      assert.deepEqual(parseTypeName(text), expected, text);
    }
  });

  it("are written as people write them", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["character varying(50)[]", "varchar(50)[]"],
      ["character varying", "varchar"],
      ["character(3)", "char(3)"],
      ["character", "character"],
      ["timestamp(3) with time zone", "timestamptz(3)"],
      ["time without time zone", "time"],
      ["bit varying(8)", "varbit(8)"],
      ["double precision", "double precision"],
      ['"character varying"', '"character varying"'],
    ];
    for (const [text, expected] of cases) {
      assert.equal(shortTypeName(text), expected, text);
    }
  });
});

describe("the name of a serial column's sequence", () => {
  it("is cut as PostgreSQL cuts it", () => {
    assert.equal(serialSequenceName("users", "id"), "users_id_seq");
    assert.equal(serialSequenceName("t".repeat(63), "id"), `${"t".repeat(56)}_id_seq`);
    assert.equal(
      serialSequenceName("t".repeat(40), "c".repeat(40)),
      `${"t".repeat(29)}_${"c".repeat(29)}_seq`,
    );
  });
});
