import type { EntitySet } from "../support/entitySet";
import { applicationSet } from "./applicationSet";
import { columnSets } from "./columnSets";
import { constraintSets } from "./constraintSets";
import { keySets } from "./keySets";
import { moreColumnSets } from "./moreColumnSets";
import { moreStructureSets } from "./moreStructureSets";
import { nameSets } from "./nameSets";
import { relationSets } from "./relationSets";
import { reportedSets } from "./reportedSets";
import { sharedTableSets } from "./sharedTableSets";
import { structureSets } from "./structureSets";
import { typeSets } from "./typeSets";
import { viewSets } from "./viewSets";

/** All sets of entities. */
export const entitySets: readonly EntitySet[] = [
  applicationSet,
  ...columnSets,
  ...keySets,
  ...relationSets,
  ...constraintSets,
  ...typeSets,
  ...viewSets,
  ...structureSets,
  ...moreColumnSets,
  ...moreStructureSets,
  ...nameSets,
  ...sharedTableSets,
  ...reportedSets,
];
