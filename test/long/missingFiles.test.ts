import { checkMissingEntities } from "../autogenerate/missing/missingRuns";
import { sharedPostgres } from "../support/sharedPostgres";

const count = Number(process.env["MISSING_RUNS"] ?? 1_000);
const seed = Number(process.env["MISSING_SEED"] ?? Date.now() % 1_000_000);

describe("entity files that are missing, unreadable, renamed or unmatched, many times", function () {
  this.timeout(3_600_000);

  it(`lead to no drop without an answer (${String(count)} cases, seed ${String(seed)})`, async () => {
    const { written, dropping, refused } = await checkMissingEntities(await sharedPostgres(), {
      count,
      seed,
    });
    const outcomes = [...refused].map(([code, times]) => `${code} ${String(times)}`).join(", ");
    console.log(`${String(written)} written, ${String(dropping)} of them with drops; refused: ${outcomes}`);
  });
});
