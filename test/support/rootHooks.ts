import type { RootHookObject } from "mocha";
import { leaveForeignPostgres, stopSharedPostgres } from "./sharedPostgres";

/** Whether this process runs one file after another for a parallel run; mocha ends it when there is none left. */
const isWorker = process.env["MOCHA_WORKER_ID"] !== undefined;

/**
 * Mocha's root hooks (`--require`). In a worker they run after each file. Its files share one server of the tests' own, which
 * ends when the worker does.
 */
export const mochaHooks: RootHookObject = {
  async afterAll(this: Mocha.Context) {
    // A long run leaves a folder of some hundred databases to remove.
    this.timeout(300_000);
    await (isWorker ? leaveForeignPostgres() : stopSharedPostgres());
  },
};
