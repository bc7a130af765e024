import assert from "node:assert/strict";
import { sharedPostgres } from "../support/sharedPostgres";
import { checkMissingEntities } from "./missing/missingRuns";

describe("entity files that are missing, unreadable, renamed or unmatched", function () {
  this.timeout(120_000);
  this.slow(20_000);

  it("lead to no drop without an answer", async () => {
    const count = Number(process.env["MISSING_RUNS"] ?? 10);
    const seed = Number(process.env["MISSING_SEED"] ?? 12);
    const { written, refused } = await checkMissingEntities(await sharedPostgres(), { count, seed });
    const all = written + [...refused.values()].reduce((sum, each) => sum + each, 0);
    assert.equal(all, count);
    assert.ok(written > 0 && refused.size > 1, `${String(written)} written`);
  });
});
