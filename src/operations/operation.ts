import type { BatchAlterTable } from "./batch/batch";
import type { ColumnOperation } from "./column/column";
import type { ConstraintOperation } from "./constraint/constraint";
import type { JsonValue } from "./jsonValue";
import type { PolicyOperation } from "./policy/policy";
import type { RoutineOperation } from "./routine/routine";
import type { DataOperation } from "./rows/rows";
import type { SchemaOperation } from "./schema/schema";
import type { SequenceOperation } from "./sequence/sequence";
import type { TableOperation } from "./table/table";
import type { IndexOperation } from "./index/tableIndex";
import type { TypeOperation } from "./type/type";
import type { ViewOperation } from "./view/view";

/**
 * What a migration does, as plain JSON data. A kind is named as the method of `op` that makes it. Names are final
 * (naming conventions are applied already). `was` is what a dropped thing was, when that is known: it is what
 * makes the drop reversible, and it never reaches the SQL.
 */
export type Operation =
  | TableOperation
  | ColumnOperation
  | ConstraintOperation
  | IndexOperation
  | BatchAlterTable
  | DataOperation
  | TypeOperation
  | ViewOperation
  | SequenceOperation
  | RoutineOperation
  | PolicyOperation
  | SchemaOperation
  | CustomOperation;

/** An operation that a project registered; it runs as the operations that its implementation calls. */
export interface CustomOperation {
  readonly kind: "custom";
  readonly name: string;
  readonly arguments: readonly JsonValue[];
}
