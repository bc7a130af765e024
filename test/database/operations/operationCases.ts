import type { Operation } from "../../../src/operations/operation";
import { alterationCases } from "./alterationCases";
import { objectCases } from "./objectCases";
import type { OperationGenerator } from "./operationCase";
import { tableCases } from "./tableCases";

/** They need PostgreSQL 19, of which npm and Debian have no server yet: their SQL and their ways back are golden. */
type NewerKind = "mergePartitions" | "repack" | "splitPartition";

type Kind = Exclude<Operation["kind"], NewerKind | "custom">;

/**
 * For each kind of operation, random cases of it. A kind that `Operation` gets and that is missing here does not
 * compile, whether it has a way back or not. (A custom operation runs as those that it calls.)
 */
export const operationCases: Readonly<Record<Kind, OperationGenerator>> = {
  ...tableCases,
  ...alterationCases,
  ...objectCases,
};

/** Those of which no case has a way back. */
export const irreversibleKinds: readonly Kind[] = [
  "addEnumValue",
  "bulkInsert",
  "dropExtension",
  "execute",
  "refreshMaterializedView",
  "validateConstraint",
];
