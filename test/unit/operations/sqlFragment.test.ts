import assert from "node:assert/strict";
import { sql } from "../../../src/operations/sqlFragment";

describe("sql", () => {
  it("keeps text and values apart, as JSON data", () => {
    assert.deepEqual(sql`a = ${1} AND b IN (${["x", null, [2]]})`, {
      kind: "sql",
      text: ["a = ", " AND b IN (", ")"],
      values: [1, ["x", null, [2]]],
    });
    const when = new Date(0);
    assert.deepEqual(sql`${when}${10n}${{ a: [1n] }}${new Uint8Array([171])}${Number.NaN}${-0}`.values, [
      "1970-01-01T00:00:00.000Z",
      "10",
      '{"a":[1]}',
      "\\xab",
      "NaN",
      0,
    ]);
  });

  it("splices fragments, raw text and lists", () => {
    const inner = sql`b = ${2}`;
    assert.deepEqual(sql`a = ${1} AND ${inner} AND ${sql.raw("c")} IN (${sql.join([3, sql`now()`])})`, {
      kind: "sql",
      text: ["a = ", " AND b = ", " AND c IN (", ", now())"],
      values: [1, 2, 3],
    });
    assert.deepEqual(sql`${sql.identifier("app", "users")}`.values, [
      { kind: "identifier", names: ["app", "users"] },
    ]);
    assert.deepEqual(sql.join([]), { kind: "sql", text: [""], values: [] });
  });

  it("refuses values that have no form in SQL", () => {
    const none = undefined as unknown as null;
    assert.throws(() => sql`${none}`, { code: "invalid-argument" });
    assert.throws(() => sql`${(() => 1) as unknown as string}`, { code: "invalid-argument" });
    assert.throws(() => sql.identifier(""), { code: "invalid-name" });
  });

  it("refuses backslashes that JavaScript would take away", () => {
    assert.throws(() => sql`phone ~ '^\d+$'`, { code: "invalid-sql" });
    assert.throws(() => sql`text ~ '\bword\b'`, { code: "invalid-sql" });
    assert.deepEqual(sql`phone ~ '^\\d+$' \` \${x} \n \u0041`.text, ["phone ~ '^\\d+$' ` ${x} \n A"]);
  });
});
