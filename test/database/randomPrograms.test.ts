import { sharedPostgres } from "../support/sharedPostgres";
import { tryPrograms } from "./programs/programRun";

const runs = Number(process.env["PROGRAM_RUNS"] ?? 6);
const seed = Number(process.env["PROGRAM_SEED"] ?? Date.now() % 1_000_000);

describe("revisions whose bodies are made at random", function () {
  this.timeout(120_000);

  it(`are recorded where all that they called is done, and succeed where nothing failed (${String(runs)} runs)`, async () => {
    await tryPrograms(await sharedPostgres(), seed, runs);
  });
});
