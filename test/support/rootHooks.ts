import type { RootHookObject } from "mocha";
import { stopSharedPostgres } from "./sharedPostgres";

/** Mocha's root hooks (`--require`): what all files of a run share ends with it; in parallel each file has its own. */
export const mochaHooks: RootHookObject = {
  async afterAll(this: Mocha.Context) {
    // A long run leaves a folder of some hundred databases to remove.
    this.timeout(300_000);
    await stopSharedPostgres();
  },
};
