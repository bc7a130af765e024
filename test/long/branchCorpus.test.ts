import assert from "node:assert/strict";
import { corpus, shared } from "../database/branches/corpus";
import { openCorpusRun, serverVerdict, type CorpusRun } from "../database/branches/corpusRun";
import { sharedPostgres } from "../support/sharedPostgres";

describe("whether branches commute, against a server", function () {
  this.timeout(120_000);
  let run: CorpusRun;

  before(async () => {
    run = await openCorpusRun(shared, corpus);
  });
  after(() => run.close());

  for (const [index, { name, verdict, ...branches }] of corpus.entries()) {
    it(`${name}: ${verdict}`, async () => {
      const server = await serverVerdict(await sharedPostgres(), shared, branches);
      assert.deepEqual({ server, check: (await run.judge(index)).kind }, { server: verdict, check: verdict });
    });
  }
});
