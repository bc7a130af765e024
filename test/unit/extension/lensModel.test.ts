import assert from "node:assert/strict";
import { appliedRevisions } from "../../../src/extension/database/databaseState";
import type { DatabaseState } from "../../../src/extension/database/databaseState";
import { lensesOf } from "../../../src/extension/lens/lensModel";
import { scanHeader } from "../../../src/source/scanHeader";
import { chain, databaseAt } from "./chain";

const text = `/** do b2 */
export const revision = "b2";
export const down_revision = "a1";
export async function upgrade() {}
export async function downgrade() {}
`;
const both = { run: true, previewSql: true };

describe("lenses of a revision file", () => {
  const graph = chain("a1:", "b2: a1", "c3: b2");
  const scan = scanHeader(text, "b2.ts");
  assert.equal(scan.kind, "revision");
  const { header } = scan;
  const lensesAt = (state: DatabaseState, switches = both) =>
    lensesOf(header, graph, appliedRevisions(graph, state), switches).map(({ range, lens }) => [
      text.slice(range.start, range.end),
      lens,
    ]);
  const previews = {
    upgrade: ["upgrade", { kind: "preview", direction: "upgrade" }],
    downgrade: ["downgrade", { kind: "preview", direction: "downgrade" }],
  };

  it("offer both ways while the database is unknown", () => {
    assert.deepEqual(lensesAt({ kind: "unknown" }), [
      ["upgrade", { kind: "upgrade", count: undefined }],
      previews.upgrade,
      ["downgrade", { kind: "downgrade", count: undefined }],
      previews.downgrade,
    ]);
  });

  const states = [
    { name: "pending", rows: [], up: { kind: "upgrade", count: 2 }, down: { kind: "pending" } },
    {
      name: "current",
      rows: ["b2"],
      up: { kind: "applied", isCurrent: true },
      down: { kind: "downgrade", count: 1 },
    },
    {
      name: "applied and built upon",
      rows: ["c3"],
      up: { kind: "applied", isCurrent: false },
      down: { kind: "downgrade", count: 2 },
    },
  ];
  for (const { name, rows, up, down } of states) {
    it(`fit a revision that is ${name}`, () => {
      assert.deepEqual(lensesAt(databaseAt(...rows)), [
        ["upgrade", up],
        previews.upgrade,
        ["downgrade", down],
        previews.downgrade,
      ]);
    });
  }

  it("can be turned off, each kind by itself", () => {
    assert.deepEqual(lensesAt({ kind: "unknown" }, { run: false, previewSql: true }), [
      previews.upgrade,
      previews.downgrade,
    ]);
    assert.deepEqual(lensesAt({ kind: "unknown" }, { run: false, previewSql: false }), []);
  });
});
