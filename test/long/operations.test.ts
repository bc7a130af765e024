import { tryOperations } from "../database/operations/operationRun";
import { sharedPostgres } from "../support/sharedPostgres";

const runs = Number(process.env["OPERATION_RUNS"] ?? 200);
const firstSeed = Number(process.env["OPERATION_SEED"] ?? Date.now() % 1_000_000);

/** So many share the patience of one test. */
const runsOfTest = 10;

describe("random operations of every kind on PostgreSQL, many times", () => {
  for (let first = 0; first < runs; first += runsOfTest) {
    const end = Math.min(first + runsOfTest, runs);
    it(`are taken back exactly, and do the same as scripts and as printed code (runs ${String(first + 1)} to ${String(end)} of ${String(runs)})`, async () => {
      const server = await sharedPostgres();
      for (let run = first; run < end; run += 1) {
        await tryOperations(server, firstSeed + run, 3);
      }
    });
  }
});
