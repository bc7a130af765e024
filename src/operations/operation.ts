import type { JsonValue } from "./definitions";
import type { AlterationOperation } from "./records/alteration";
import type { DataOperation } from "./records/data";
import type { PolicyOperation } from "./records/policy";
import type { RoutineOperation } from "./records/routine";
import type { SchemaOperation } from "./records/schema";
import type { SequenceOperation } from "./records/sequence";
import type { TableOperation } from "./records/table";
import type { TypeOperation } from "./records/type";
import type { ViewOperation } from "./records/view";

/**
 * What a migration does, as plain JSON data. A kind is named as the method of `op` that makes it. Names are final
 * (naming conventions are applied already). `was` is what a dropped thing was, when that is known: it is what
 * makes the drop reversible, and it never reaches the SQL.
 */
export type Operation =
  | TableOperation
  | AlterationOperation
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
