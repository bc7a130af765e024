import type { ConstraintType } from "../../operations/constraint/constraintDefinition";
import { constraintText, type ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";
import type { Operation } from "../../operations/operation";
import { sql } from "../../operations/sqlFragment";
import type { QualifiedName } from "../../schema/model/tableModel";
import { constraintDefinition, indexDefinition } from "./partDefinitions";
import { emitComment, identifier, inSchema, onTable, type Phase, type PlanContext } from "./planContext";
import { warnOfEqualRows, warnOfRows } from "./rowsInTheWay";

const constraintTypes: Readonly<Record<ConstraintModel["kind"], ConstraintType>> = {
  primaryKey: "primary",
  foreignKey: "foreignkey",
  unique: "unique",
  check: "check",
  exclude: "exclude",
};

/** Makes a constraint, or only its comment where CREATE TABLE has made it already. */
export function emitConstraint(
  context: PlanContext,
  table: QualifiedName,
  constraint: ConstraintModel,
  { isMade, phase }: { readonly isMade: boolean; readonly phase?: Phase },
): void {
  if (!isMade) {
    const usual = constraint.kind === "foreignKey" ? "addForeignKeys" : "addConstraints";
    context.emit(
      phase ?? usual,
      createConstraint(context, table, constraint),
      ...warnOfRows(context, table, constraint),
    );
  }
  if (constraint.comment !== undefined) {
    emitComment(
      context,
      "CONSTRAINT",
      sql.identifier(constraint.name),
      constraint.comment,
      identifier(context, table),
    );
  }
}

function createConstraint(
  context: PlanContext,
  table: QualifiedName,
  constraint: ConstraintModel,
): Operation {
  const place = onTable(context, table);
  const definition = constraintDefinition(context, constraint);
  switch (definition?.kind) {
    case "primaryKey":
      return { kind: "createPrimaryKey", ...place, constraint: definition };
    case "unique":
      return { kind: "createUniqueConstraint", ...place, constraint: definition };
    case "check":
      return { kind: "createCheckConstraint", ...place, constraint: definition };
    case "foreignKey":
      return { kind: "createForeignKey", ...place, constraint: definition };
    case "exclude":
      return { kind: "createExcludeConstraint", ...place, constraint: definition };
    default:
      return {
        kind: "execute",
        sql: sql`ALTER TABLE ${identifier(context, table)} ADD CONSTRAINT ${sql.identifier(constraint.name)} ${sql.raw(constraint.definition ?? constraintText(constraint))}`,
      };
  }
}

/** A constraint that is gone. */
export function emitDroppedConstraint(
  context: PlanContext,
  table: QualifiedName,
  { kind, name }: ConstraintModel,
  phase?: Phase,
): void {
  context.emit(phase ?? (kind === "foreignKey" ? "dropForeignKeys" : "dropConstraints"), {
    kind: "dropConstraint",
    ...onTable(context, table),
    name,
    type: constraintTypes[kind],
  });
}

/** A constraint that changes: made valid where that is all, else dropped and made anew. */
export function emitChangedConstraint(
  context: PlanContext,
  table: QualifiedName,
  before: ConstraintModel,
  after: ConstraintModel,
): void {
  if (isOnlyValidated(before, after)) {
    context.emit("addForeignKeys", {
      kind: "validateConstraint",
      ...onTable(context, table),
      name: after.name,
    });
    return;
  }
  emitDroppedConstraint(context, table, before);
  emitConstraint(context, table, after, { isMade: false });
}

function isOnlyValidated(before: ConstraintModel, after: ConstraintModel): boolean {
  if (!("isValid" in before) || !("isValid" in after) || before.isValid || !after.isValid) {
    return false;
  }
  const rest = (constraint: ConstraintModel): string =>
    JSON.stringify({ ...constraint, isValid: true, definition: "" });
  return rest(before) === rest(after);
}

/** A new index. */
export function emitIndex(
  context: PlanContext,
  table: QualifiedName,
  index: IndexModel,
  phase: Phase = "createIndexes",
): void {
  context.emit(
    phase,
    { kind: "createIndex", ...onTable(context, table), index: indexDefinition(index) },
    ...warnOfEqualRows(context, table, index),
  );
  if (index.comment !== undefined) {
    emitComment(
      context,
      "INDEX",
      identifier(context, { schema: table.schema, name: index.name }),
      index.comment,
    );
  }
}

/** An index that is gone. */
export function emitDroppedIndex(
  context: PlanContext,
  table: QualifiedName,
  { name }: IndexModel,
  phase: Phase = "dropIndexes",
): void {
  context.emit(phase, { kind: "dropIndex", ...inSchema(context, table.schema), name, table: table.name });
}
