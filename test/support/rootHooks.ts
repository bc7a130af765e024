import type { RootHookObject } from "mocha";
import { stopSharedPostgres } from "./sharedPostgres";

/** Whether this process runs one file after another for a parallel run; mocha ends it when there is none left. */
const isWorker = process.env["MOCHA_WORKER_ID"] !== undefined;

/** Mocha's root hooks (`--require`). A worker has them run for each of its files, which share its server; that ends with it. */
export const mochaHooks: RootHookObject = {
  async afterAll(this: Mocha.Context) {
    // A long run leaves a folder of some hundred databases to remove.
    this.timeout(300_000);
    if (!isWorker) {
      await stopSharedPostgres();
    }
  },
};
