import { tryPrograms } from "../database/programs/programRun";
import { sharedPostgres } from "../support/sharedPostgres";

const runs = Number(process.env["PROGRAM_RUNS"] ?? 500);
const firstSeed = Number(process.env["PROGRAM_SEED"] ?? Date.now() % 1_000_000);

/** So many share the patience of one test. */
const runsOfTest = 50;

describe("revisions whose bodies are made at random, many times", () => {
  for (let first = 0; first < runs; first += runsOfTest) {
    const end = Math.min(first + runsOfTest, runs);
    it(`are recorded where all that they called is done, and succeed where nothing failed (runs ${String(first + 1)} to ${String(end)} of ${String(runs)})`, async () => {
      await tryPrograms(await sharedPostgres(), firstSeed + first, end - first);
    });
  }
});
