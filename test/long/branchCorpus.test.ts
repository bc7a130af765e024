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

/** Few enough for a test to end on a busy machine too. */
const pairsATest = 25;

describe(`whether ${String(randomPairs)} random branches commute, against a server (seed ${String(seed)})`, function () {
  const pairs = fc.sample(randomPair, { seed, numRuns: randomPairs });
  let run: CorpusRun;
  let [commuting, decided] = [0, 0];

  before(async () => {
    run = await openCorpusRun(randomShared, pairs);
  });
  after(async () => {
    await run.close();
    console.log(
      `      ${String(commuting)} of ${String(pairs.length)} commute, ${String(decided)} of them without running both orders`,
    );
  });

  for (let first = 0; first < pairs.length; first += pairsATest) {
    const some = pairs.slice(first, first + pairsATest);
    it(`is what the server says, ${String(first + 1)} to ${String(first + some.length)}`, async () => {
      const server = await sharedPostgres();
      const wrong: unknown[] = [];
      for (const [offset, pair] of some.entries()) {
        const index = first + offset;
        const said = await serverVerdict(server, randomShared, pair);
        const { bothOrders, isShortcutRight, isDecided } = await run.verdicts(index);
        commuting += said === "commutes" ? 1 : 0;
        decided += isDecided ? 1 : 0;
        if (bothOrders !== said || !isShortcutRight) {
          wrong.push({ index, server: said, bothOrders, isShortcutRight, ...pair });
        }
      }
      assert.deepEqual(wrong, []);
    });
  }
});
