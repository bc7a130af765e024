import { lazyBundle } from "../shared/lazyBundle";
import type * as handlersModule from "./handlers";

/** What commands do: a bundle of its own, loaded with the first of them. */
export const handlersBundle = lazyBundle<typeof handlersModule>("handlers.js");
