import { tryPrograms } from "../database/programs/programRun";
import { sharedPostgres } from "../support/sharedPostgres";

const runs = Number(process.env["PROGRAM_RUNS"] ?? 500);
const seed = Number(process.env["PROGRAM_SEED"] ?? Date.now() % 1_000_000);

describe("revisions whose bodies are made at random, many times", function () {
  this.timeout(3_600_000);

  it(`are recorded where all that they called is done, and succeed where nothing failed (${String(runs)} runs)`, async () => {
    await tryPrograms(await sharedPostgres(), seed, runs);
  });
});
