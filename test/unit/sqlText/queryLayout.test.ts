import assert from "node:assert/strict";
import { layOutPrintedQuery, layOutQuery } from "../../../src/sqlText/queryLayout";

describe("queries in a revision file", () => {
  it("stay on one line where they are on one", () => {
    assert.equal(layOutQuery("  SELECT 1 ;\n"), "SELECT 1");
  });

  it("stand on lines of their own, indented as the call", () => {
    assert.equal(
      layOutQuery("SELECT a\n          FROM t\n            JOIN u\n\n         WHERE b"),
      "\n      SELECT a\n       FROM t\n         JOIN u\n\n      WHERE b\n    ",
    );
  });

  it("are left as they are where a text or a comment goes on over lines", () => {
    for (const query of [
      "SELECT 'a\n  b'\nFROM t",
      "SELECT $$a\n b$$\nFROM t",
      "SELECT /* a\n b */ 1\nFROM t",
    ]) {
      assert.equal(layOutQuery(query), query);
    }
  });

  it("lose the margin that the server prints before the clauses", () => {
    assert.equal(
      layOutPrintedQuery(
        "SELECT t.a,\n    count(*) AS n\n   FROM t\n     JOIN u ON true\n  WHERE t.b\n  GROUP BY t.a;",
      ),
      "\n      SELECT t.a,\n        count(*) AS n\n      FROM t\n        JOIN u ON true\n      WHERE t.b\n      GROUP BY t.a\n    ",
    );
  });
});
