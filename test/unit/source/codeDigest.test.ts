import assert from "node:assert/strict";
import { codeDigest } from "../../../src/source/codeDigest";

const text = `export async function upgrade({ op, sql }) {
  await op.addColumn("users", "email", { type: "text" });
  await op.execute(sql\`UPDATE users SET email = ''\`);
}
`;

describe("the digest of a revision's code", () => {
  const same = [
    { title: "another indentation", edited: text.replaceAll("\n  ", "\n\t\t") },
    { title: "Windows line breaks between statements", edited: text.replaceAll(";\n", ";\r\n") },
    { title: "a comment at the end of a line", edited: text.replace("{\n", "{ // new\n") },
    { title: "a block comment", edited: `/** What it does. */\n${text}` },
    { title: "a call on several lines", edited: text.replace('("users", ', '(\n    "users",\n    ') },
  ];
  for (const { title, edited } of same) {
    it(`does not see ${title}`, () => {
      assert.notEqual(edited, text);
      assert.equal(codeDigest(edited), codeDigest(text));
    });
  }

  const other = [
    { title: "another name", edited: text.replace('"email"', '"mail"') },
    { title: "a space in a string", edited: text.replace('"text"', '"text "') },
    { title: "a line break in a template", edited: text.replace("users SET", "users\nSET") },
    {
      title: "a statement that became a comment",
      edited: text.replace("  await op.add", "  // await op.add"),
    },
    { title: "a name that was split", edited: text.replace("addColumn", "add Column") },
    { title: "the order of statements", edited: text.split("\n").toReversed().join("\n") },
    { title: "an end that cannot be read", edited: `${text}const left = "` },
  ];
  for (const { title, edited } of other) {
    it(`sees ${title}`, () => {
      assert.notEqual(codeDigest(edited), codeDigest(text));
    });
  }

  it("tells ten thousand texts apart", () => {
    const digests = new Set(Array.from({ length: 10_000 }, (_, index) => codeDigest(`const a = ${index};`)));
    assert.equal(digests.size, 10_000);
  });
});
