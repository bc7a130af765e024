import { lazyBundle } from "../shared/lazyBundle";
import type * as engineProcessModule from "./engineProcess";

/** The connection to an engine, with the JSON-RPC library; loaded with the first command. */
export const engineBundle = lazyBundle<typeof engineProcessModule>("engineClient.js");
