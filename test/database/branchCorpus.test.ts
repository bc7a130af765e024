import assert from "node:assert/strict";
import * as fc from "fast-check";
import { corpus, shared } from "./branches/corpus";
import { openCorpusRun, type CorpusRun } from "./branches/corpusRun";
import { randomPair, randomShared } from "./branches/randomPairs";

/** `test/long/branchCorpus.test.ts` takes all. */
const every = 3;
const randomPairs = 6;

describe("whether branches commute", function () {
  this.timeout(120_000);
  let run: CorpusRun;

  before(async () => {
    run = await openCorpusRun(shared, corpus);
  });
  after(() => run.close());

  for (const [index, { name, verdict }] of corpus.entries()) {
    if (index % every === 0) {
      it(`${name}: ${verdict}`, async () => {
        const { bothOrders, isShortcutRight } = await run.verdicts(index);
        assert.deepEqual({ bothOrders, isShortcutRight }, { bothOrders: verdict, isShortcutRight: true });
      });
    }
  }
});

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
