import { join } from "node:path";
import type * as engineProcessModule from "./engineProcess";

let loaded: typeof engineProcessModule | undefined;

/** The connection to an engine, with the JSON-RPC library: a bundle of its own, loaded with the first command. */
export function engineBundle(): typeof engineProcessModule {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a sibling bundle, loaded when it is first needed
  loaded ??= require(join(__dirname, "engineClient.js")) as typeof engineProcessModule;
  return loaded;
}
