import assert from "node:assert/strict";
import { mentionedIn, typesIn } from "../../../../src/autogenerate/compare/mentionedNames";

const cases: readonly { readonly name: string; readonly body: string; readonly counts: boolean }[] = [
  { name: "between dollars", body: "LANGUAGE sql AS $$ SELECT app.price(1) $$", counts: true },
  { name: "between dollars with a tag", body: "LANGUAGE sql AS $f$ SELECT app.price(1) $f$", counts: true },
  { name: "in quotes", body: "LANGUAGE sql AS ' SELECT app.price(1) '", counts: true },
  { name: "in quotes with escapes", body: "LANGUAGE sql AS E' SELECT app.price(1) '", counts: true },
  { name: "looked at when it runs", body: "LANGUAGE plpgsql AS $$ SELECT app.price(1) $$", counts: false },
  { name: "in quotes that are no body", body: "LANGUAGE sql RETURN ' SELECT app.price(1) '", counts: false },
];

describe("mentionedIn", () => {
  for (const { name, body, counts } of cases) {
    it(`${counts ? "finds" : "leaves out"} what a body calls that is ${name}`, () => {
      const { calls } = mentionedIn(body);
      assert.deepEqual(calls, counts ? [{ schema: "app", name: "price" }] : []);
    });
  }
});

describe("typesIn", () => {
  it("leaves out the names of arguments", () => {
    const declared = "totals integer, app.totals, VARIADIC rest labels[] DEFAULT '{}'";
    assert.deepEqual(
      typesIn(declared).map(({ schema, name }) => [schema, name].filter(Boolean).join(".")),
      ["integer", "app.totals", "labels"],
    );
  });
});
