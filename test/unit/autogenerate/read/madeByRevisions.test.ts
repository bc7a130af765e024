import assert from "node:assert/strict";
import { madeNames } from "../../../../src/autogenerate/read/madeByRevisions";

interface Case {
  readonly name: string;
  /** The statements of each revision. */
  readonly revisions: readonly (readonly string[])[];
  readonly columns: readonly string[];
  readonly indexes: readonly string[];
}

/** Names that the test asks for, among all that statements mention. */
const asked = new Set(["k", "gen", "gck", "code"]);

const cases: readonly Case[] = [
  {
    name: "what a revision adds to its table is the revision's",
    revisions: [
      ["CREATE TABLE t (k int)"],
      ["ALTER TABLE t ADD COLUMN gen int", "CREATE INDEX gi ON t (gen)"],
    ],
    columns: ["k", "gen"],
    indexes: ["gi"],
  },
  {
    name: "what a revision takes away and puts back, and none had made, is nobody's",
    revisions: [
      ["CREATE TABLE t (k int)"],
      [
        "DROP INDEX gi",
        "ALTER TABLE t DROP CONSTRAINT IF EXISTS gck, DROP COLUMN gen",
        "ALTER TABLE t ALTER COLUMN k TYPE bigint",
        "ALTER TABLE t ADD COLUMN gen int GENERATED ALWAYS AS (k * 2) STORED",
        "ALTER TABLE t ADD CONSTRAINT gck CHECK (gen > 0)",
        "CREATE INDEX gi ON t (gen)",
      ],
    ],
    columns: ["k"],
    indexes: [],
  },
  {
    name: "what a later revision makes under that name is its own",
    revisions: [
      ["CREATE TABLE t (k int)"],
      ["ALTER TABLE t DROP gen"],
      ["ALTER TABLE t ADD gen int", "CREATE INDEX gi ON t (gen)"],
    ],
    columns: ["k", "gen"],
    indexes: ["gi"],
  },
  {
    name: "what one revision makes, another may take away and put back",
    revisions: [
      ["CREATE TABLE t (k int, code text)", "CREATE INDEX gi ON t (code)"],
      [
        "DROP INDEX gi",
        "ALTER TABLE t DROP code",
        "ALTER TABLE t ADD code text",
        "CREATE INDEX gi ON t (code)",
      ],
    ],
    columns: ["k", "code"],
    indexes: ["gi"],
  },
  {
    name: "the default of a column is no part that goes",
    revisions: [["ALTER TABLE t ALTER COLUMN k DROP DEFAULT, ALTER COLUMN k DROP NOT NULL"]],
    columns: ["k"],
    indexes: [],
  },
];

describe("the names that revisions have made", () => {
  for (const { name, revisions, columns, indexes } of cases) {
    it(name, () => {
      const made = madeNames(
        revisions.map((statements, at) => ({ revision: `r${String(at)}`, isAdopted: false, statements })),
      );
      assert.deepEqual(
        (made.parts.get("t") ?? []).filter((part) => asked.has(part)),
        columns,
      );
      assert.deepEqual([...made.indexes], indexes);
    });
  }
});
