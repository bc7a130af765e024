import { applicationPairs } from "./applicationPairs";
import type { EntityPair } from "../support/entityPair";
import { columnPairs } from "./columnPairs";
import { defaultPairs } from "./defaultPairs";
import { enumPairs } from "./enumPairs";
import { structurePairs } from "./structurePairs";

/** All pairs. */
export const entityPairs: readonly EntityPair[] = [
  ...defaultPairs,
  ...columnPairs,
  ...enumPairs,
  ...structurePairs,
  ...applicationPairs,
];
