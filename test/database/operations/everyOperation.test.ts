import { sharedPostgres } from "../../support/sharedPostgres";
import { tryOperations } from "./operationRun";

const runs = Number(process.env["OPERATION_RUNS"] ?? 2);
const firstSeed = Number(process.env["OPERATION_SEED"] ?? Date.now() % 1_000_000);

describe("random operations of every kind on PostgreSQL", function () {
  this.timeout(120_000);

  it(`are taken back exactly, and do the same as scripts and as printed code (${String(runs)} runs)`, async () => {
    const server = await sharedPostgres();
    for (let run = 0; run < runs; run += 1) {
      await tryOperations(server, firstSeed + run, 3);
    }
  });
});
