import type { RootHookObject } from "mocha";
import { stopSharedPostgres } from "./sharedPostgres";

/** Mocha's root hooks (`--require`): what all files of a run share ends with it; in parallel each file has its own. */
export const mochaHooks: RootHookObject = {
  async afterAll(this: Mocha.Context) {
    this.timeout(60_000);
    await stopSharedPostgres();
  },
};
