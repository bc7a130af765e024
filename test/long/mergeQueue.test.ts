import assert from "node:assert/strict";
import { runMergeQueue } from "../support/mergeQueue";
import { sharedPostgres } from "../support/sharedPostgres";

const rounds = 10;

describe("a merge queue", function () {
  this.timeout(600000);

  it("ends with one head and every database at it, after ten rounds", async () => {
    const { heads, rows, schemas } = await runMergeQueue(await sharedPostgres(), rounds);
    const [head = ""] = heads.split(" ");
    assert.equal(heads, `${head} (head)\n`);
    assert.deepEqual(rows, [[head], [head]]);
    const [first = "", second] = schemas;
    assert.equal(second, first);
    for (let round = 0; round < rounds; round += 1) {
      assert.match(first, new RegExp(`\\bann${String(round)}\\b`));
      assert.match(first, new RegExp(`\\bben${String(round)}\\b`));
    }
  });
});
