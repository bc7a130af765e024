import { lazyBundle } from "../shared/lazyBundle";
import type * as problemTextModule from "./problemText";

/** The words of problems: a bundle of their own, since most workspaces have none. */
export const problemTexts = lazyBundle<typeof problemTextModule>("problemText.js");
