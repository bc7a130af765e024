import type { EntityPair } from "../support/entityPair";
import { columnPairs } from "./columnPairs";
import { enumPairs } from "./enumPairs";

/** All pairs. */
export const entityPairs: readonly EntityPair[] = [...columnPairs, ...enumPairs];
