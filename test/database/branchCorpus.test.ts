import assert from "node:assert/strict";
import * as fc from "fast-check";
import { corpus, shared } from "./branches/corpus";
import { dependentPairs, dependentShared } from "./branches/dependentPairs";
import { openCorpusRun, type CorpusRun } from "./branches/corpusRun";
import { shadowPairs, shadowShared } from "./branches/sessionPairs";
import { randomPair, randomShared } from "./branches/randomPairs";

/** Some of each: `test/long/branchCorpus.test.ts` takes all. */
const randomPairs = 2;

const sets = [
  { of: "branches", shared, cases: corpus, every: 16 },
  {
    of: "branches that meet in what depends on something",
    shared: dependentShared,
    cases: dependentPairs,
    every: 18,
  },
  { of: "branches that hide what has a name", shared: shadowShared, cases: shadowPairs, every: 21 },
];

for (const { of, shared: ground, cases, every } of sets) {
  describe(`whether ${of} commute`, function () {
    this.timeout(120_000);
    let run: CorpusRun;

    before(async () => {
      run = await openCorpusRun(ground, cases);
    });
    after(() => run.close());

    for (const [index, { name, verdict }] of cases.entries()) {
      if (index % every === 0) {
        it(`${name}: ${verdict}`, async () => {
          const { bothOrders, isShortcutRight } = await run.verdicts(index);
          assert.deepEqual({ bothOrders, isShortcutRight }, { bothOrders: verdict, isShortcutRight: true });
        });
      }
    }
  });
}

describe("whether random branches commute", function () {
  this.timeout(120_000);

  it("is never claimed without running both orders where these say otherwise", async () => {
    const pairs = fc.sample(randomPair, { seed: 17, numRuns: randomPairs });
    const run = await openCorpusRun(randomShared, pairs);
    try {
      for (const [index, pair] of pairs.entries()) {
        assert.ok((await run.verdicts(index)).isShortcutRight, JSON.stringify(pair));
      }
    } finally {
      await run.close();
    }
  });
});
