import assert from "node:assert/strict";
import { describeStatus } from "../../../src/cli/statusText";
import { buildGraph } from "../../../src/revision/graph";
import { makeLine } from "../revision/makeRevisions";

const database = { kind: "server", name: "shop on localhost:5432", source: "--url" } as const;

describe("the text of status", () => {
  it("leads with a row that no file has, and calls unknown what it may stand on", () => {
    const status = {
      database,
      rows: ["zzz999"],
      applied: [],
      pending: [],
      uncertain: ["r0", "r1"],
      unknownRows: ["zzz999"],
    };
    assert.equal(
      describeStatus(buildGraph(makeLine(2)).revisions, status),
      `Database: shop on localhost:5432
The database is at zzz999, which no revision here has.
unknown  r0  add r0
unknown  r1  add r1  (head)
0 applied, 0 pending, 2 unknown
`,
    );
  });

  it("says what is applied and what is pending", () => {
    const status = {
      database,
      rows: ["r0"],
      applied: ["r0"],
      pending: ["r1"],
      uncertain: [],
      unknownRows: [],
    };
    assert.equal(
      describeStatus(buildGraph(makeLine(2)).revisions, status),
      `Database: shop on localhost:5432
applied  r0  add r0  (current)
pending  r1  add r1  (head)
1 applied, 1 pending
`,
    );
  });
});
