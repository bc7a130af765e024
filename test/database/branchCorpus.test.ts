import assert from "node:assert/strict";
import { corpus, shared } from "./branches/corpus";
import { openCorpusRun, type CorpusRun } from "./branches/corpusRun";

/** `test/long/branchCorpus.test.ts` takes all. */
const every = 3;

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
        assert.equal((await run.judge(index)).kind, verdict);
      });
    }
  }
});
