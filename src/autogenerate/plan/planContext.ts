import { namedSubject } from "../../operations/kind";
import type { Operation } from "../../operations/operation";
import type { SchemaModel } from "../../schema/model/schemaModel";
import { sql } from "../../operations/sqlFragment";
import type { IdentifierPart } from "../../operations/sqlFragment";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { Rename } from "../compare/difference";
import { type TypeKnowledge, typeKnowledge } from "../compare/typeConversion";

/** When an operation of a revision runs; `fromDifferences` has their order. */
export type Phase =
  /** Those that are committed: `enumValuesAhead` has their place. */
  | "enumValues"
  | "dropViews"
  | "dropTriggers"
  /** To be made anew: behind the triggers that call them. */
  | "dropRoutines"
  /** Of tables and types, and then of what is in them. */
  | "renameWholes"
  | "renames"
  | "schemas"
  | "extensions"
  | "dropForeignKeys"
  | "dropIndexes"
  | "dropConstraints"
  | "renameParts"
  | "types"
  | "sequences"
  | "earlyFunctions"
  /** Of an enum that is replaced: what stands on its values there is in the way. */
  | "dropEnumTables"
  /** Columns that go, or get another type: a value that the enum loses is no fault of theirs. */
  | "leaveEnums"
  | "replaceEnums"
  | "createTables"
  /** Columns that others are computed from can only change, or go, while those are away. */
  | "dropComputedColumns"
  | "alterColumns"
  | "addComputedColumns"
  | "addConstraints"
  | "createIndexes"
  | "dropColumns"
  | "addForeignKeys"
  | "tableOptions"
  | "dropTables"
  | "dropSequences"
  | "functions"
  | "dropTypes"
  | "createTriggers"
  | "createViews"
  | "comments"
  | "dropFunctions"
  | "dropExtensions"
  | "dropSchemas";

/** Why somebody should look at an operation before it runs. */
export type WarningCode =
  "data-loss" | "may-fail" | "rewrite" | "backfill" | "rename" | "dependent-view" | "autocommit";

export interface PlanWarning {
  readonly code: WarningCode;
  readonly text: string;
}

export interface PlannedOperation {
  readonly operation: Operation;
  readonly warnings: readonly PlanWarning[];
  /** It has to be committed before what follows can use it (`op.autocommitBlock`). */
  readonly isAutocommit: boolean;
}

/** What one direction of a revision is made in. */
export interface PlanContext {
  readonly defaultSchema: string;
  /** What the database is when the changes begin (renames aside), and what it shall be. */
  readonly from: SchemaModel;
  readonly to: SchemaModel;
  /** What has another name in `from` than in the texts of its views, which are the server's of before the renames. */
  readonly renames: readonly Rename[];
  readonly knowledge: TypeKnowledge;
  emit(phase: Phase, operation: Operation, ...warnings: readonly PlanWarning[]): void;
  emitAutocommit(phase: Phase, operation: Operation, ...warnings: readonly PlanWarning[]): void;
  readonly planned: ReadonlyMap<Phase, readonly PlannedOperation[]>;
}

/** An empty plan from one schema to the other. */
export function createPlanContext(
  from: SchemaModel,
  to: SchemaModel,
  renames: readonly Rename[] = [],
): PlanContext {
  const planned = new Map<Phase, PlannedOperation[]>();
  const add = (phase: Phase, entry: PlannedOperation): void => {
    const entries = planned.get(phase);
    if (entries === undefined) {
      planned.set(phase, [entry]);
    } else {
      entries.push(entry);
    }
  };
  return {
    defaultSchema: to.defaultSchema,
    from,
    to,
    renames,
    knowledge: typeKnowledge(from, to),
    planned,
    emit: (phase, operation, ...warnings) => add(phase, { operation, warnings, isAutocommit: false }),
    emitAutocommit: (phase, operation, ...warnings) =>
      add(phase, { operation, warnings, isAutocommit: true }),
  };
}

/** The schema as operations have it: left out for the default one. */
export function inSchema(context: PlanContext, schema: string): { readonly schema?: string } {
  return schema === context.defaultSchema ? {} : { schema };
}

/** A name for people: with its schema where that is not the default one. */
export function spokenName(context: PlanContext, { schema, name }: QualifiedName): string {
  return namedSubject({ ...inSchema(context, schema), name });
}

/** The table as operations have it. */
export function onTable(
  context: PlanContext,
  table: QualifiedName,
): { readonly schema?: string; readonly table: string } {
  return { ...inSchema(context, table.schema), table: table.name };
}

/** A name for `sql`. */
export function identifier(context: PlanContext, { schema, name }: QualifiedName): IdentifierPart {
  return schema === context.defaultSchema ? sql.identifier(name) : sql.identifier(schema, name);
}

/** `COMMENT ON …`, for what has no operation for that. */
export function emitComment(
  context: PlanContext,
  object: string,
  name: IdentifierPart,
  comment: string | undefined,
  on?: IdentifierPart,
): void {
  const text = comment === undefined ? sql.raw("NULL") : sql`${{ kind: "literal", value: comment }}`;
  const target = on === undefined ? sql`${name}` : sql`${name} ON ${on}`;
  context.emit("comments", { kind: "execute", sql: sql`COMMENT ON ${sql.raw(object)} ${target} IS ${text}` });
}
