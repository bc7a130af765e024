import assert from "node:assert/strict";
import fc from "fast-check";
import { tokenize } from "../../../src/sqlText/lexer";
import { quoteIdentifier, quoteLiteral, quoteQualifiedName } from "../../../src/sql/quote";

describe("quoting", () => {
  const names: readonly (readonly [string, string])[] = [
    ["users", "users"],
    ["_a1$", "_a1$"],
    ["User", '"User"'],
    ["two words", '"two words"'],
    ['a"b', '"a""b"'],
    ["1st", '"1st"'],
    ["é", '"é"'],
    ["user", '"user"'],
    ["select", '"select"'],
    ["left", '"left"'],
    ["between", '"between"'],
    ["name", "name"],
    ['"; DROP TABLE t; --', '"""; DROP TABLE t; --"'],
  ];
  for (const [name, quoted] of names) {
    it(`writes the name ${name} as ${quoted}`, () => {
      assert.equal(quoteIdentifier(name), quoted);
    });
  }

  it("qualifies names", () => {
    assert.equal(quoteQualifiedName("My App", "users"), '"My App".users');
    assert.equal(quoteQualifiedName(undefined, "users"), "users");
  });

  it("refuses names and texts that the database cannot hold", () => {
    assert.throws(() => quoteIdentifier(""), { code: "invalid-name" });
    assert.throws(() => quoteIdentifier("a\0b"), { code: "invalid-name" });
    assert.throws(() => quoteLiteral("a\0b"), { code: "invalid-argument" });
  });

  it("makes one token of any name and of any text", () => {
    const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(text, (value) => {
        assert.deepEqual(
          [...tokenize(quoteLiteral(value))].map(({ kind }) => kind),
          ["string"],
        );
        if (value !== "") {
          const [token, ...rest] = tokenize(quoteIdentifier(value));
          assert.ok(token?.kind === "word" || token?.kind === "quotedName");
          assert.deepEqual(rest, []);
        }
      }),
    );
  });
});
