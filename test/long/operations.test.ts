import { tryOperations } from "../database/operations/operationRun";
import { sharedPostgres } from "../support/sharedPostgres";

const runs = Number(process.env["OPERATION_RUNS"] ?? 200);
const firstSeed = Number(process.env["OPERATION_SEED"] ?? Date.now() % 1_000_000);

describe("random operations of every kind on PostgreSQL, many times", function () {
  it(`are taken back exactly, and do the same as scripts and as printed code (${String(runs)} runs)`, async () => {
    const server = await sharedPostgres();
    for (let run = 0; run < runs; run += 1) {
      await tryOperations(server, firstSeed + run, 3);
    }
  });
});
