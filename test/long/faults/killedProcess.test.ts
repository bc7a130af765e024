import assert from "node:assert/strict";
import { killUpgrades } from "../../support/killedUpgrades";
import { sharedPostgres } from "../../support/sharedPostgres";

const points = Number(process.env["FAULT_POINTS"] ?? 200);
const seed = Number(process.env["FAULT_SEED"] ?? 20_251_001);

describe("an upgrade of 50 revisions that is killed (SIGKILL)", () => {
  for (const kind of ["transactional", "mixed"] as const) {
    for (const transactionPerMigration of [false, true]) {
      it(`at each of ${String(points)} moments: ${kind} revisions, ${transactionPerMigration ? "a transaction each" : "one transaction"}`, async () => {
        const options = { kind, transactionPerMigration, revisions: 50, points, seed };
        const summary = await killUpgrades(await sharedPostgres(), options);
        assert.ok(summary.killed > points * 0.6, `only ${String(summary.killed)} were still running`);
        console.log(`      ${JSON.stringify(summary)}`);
      });
    }
  }
});
