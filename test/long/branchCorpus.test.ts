import assert from "node:assert/strict";
import * as fc from "fast-check";
import { corpus, shared } from "../database/branches/corpus";
import { dependentPairs, dependentShared } from "../database/branches/dependentPairs";
import { openCorpusRun, serverVerdict, type CorpusRun } from "../database/branches/corpusRun";
import { pathPairs, pathShared, shadowPairs, shadowShared } from "../database/branches/sessionPairs";
import { randomPair, randomShared } from "../database/branches/randomPairs";
import { sharedPostgres } from "../support/sharedPostgres";

/** Of random pairs. */
const seed = Number(process.env["BRANCH_SEED"] ?? 1);
const randomPairs = Number(process.env["BRANCH_PAIRS"] ?? 500);

const sets = [
  { of: "branches", shared, cases: corpus },
  { of: "branches that meet in what depends on something", shared: dependentShared, cases: dependentPairs },
  { of: "branches that change where names are looked up", shared: pathShared, cases: pathPairs },
  { of: "branches that hide what has a name", shared: shadowShared, cases: shadowPairs },
];

for (const { of, shared: ground, cases } of sets) {
  describe(`whether ${of} commute, against a server`, function () {
    this.timeout(120_000);
    let run: CorpusRun;

    before(async () => {
      run = await openCorpusRun(ground, cases);
    });
    after(() => run.close());

    for (const [index, { name, verdict, ...branches }] of cases.entries()) {
      it(`${name}: ${verdict}`, async () => {
        const server = await serverVerdict(await sharedPostgres(), ground, branches);
        const { bothOrders, isShortcutRight } = await run.verdicts(index);
        assert.deepEqual(
          { server, bothOrders, isShortcutRight },
          { server: verdict, bothOrders: verdict, isShortcutRight: true },
        );
      });
    }
  });
}

describe(`whether ${String(randomPairs)} random branches commute, against a server`, function () {
  this.timeout(0);

  it(`is what the server says (seed ${String(seed)})`, async () => {
    const server = await sharedPostgres();
    const pairs = fc.sample(randomPair, { seed, numRuns: randomPairs });
    const run = await openCorpusRun(randomShared, pairs);
    const wrong: unknown[] = [];
    let [commuting, decided] = [0, 0];
    try {
      for (const [index, pair] of pairs.entries()) {
        const said = await serverVerdict(server, randomShared, pair);
        const { bothOrders, isShortcutRight, isDecided } = await run.verdicts(index);
        commuting += said === "commutes" ? 1 : 0;
        decided += isDecided ? 1 : 0;
        if (bothOrders !== said || !isShortcutRight) {
          wrong.push({ index, server: said, bothOrders, isShortcutRight, ...pair });
        }
      }
    } finally {
      await run.close();
    }
    console.log(
      `      ${String(commuting)} of ${String(pairs.length)} commute, ${String(decided)} of them without running both orders`,
    );
    assert.deepEqual(wrong, []);
  });
});
