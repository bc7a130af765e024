import type { ColumnModel, ColumnSequence } from "../../schema/model/columnModel";
import { sql, type IdentifierPart, type SqlFragment } from "../../operations/sqlFragment";
import { serialSequenceName } from "../compare/sequenceName";
import { specialSequenceOptions } from "../compare/structure";
import type { QualifiedName } from "../../schema/model/tableModel";
import { shortTypeName } from "../../sqlText/typeName";
import { asideName } from "./asideName";
import {
  columnDefault,
  emitSerialOwner,
  emitSerialSequence,
  identityDefinition,
  wholeSequenceDefinition,
} from "./columnDefinitions";
import { identifier, inSchema, onTable, type PlanContext } from "./planContext";

/**
 * Takes away where the values came from: the default of a sequence, the identity, the expression. A sequence that another
 * one takes over from stays until then, under another name.
 */
export function emitReleasedGeneration(
  context: PlanContext,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): void {
  const place = { kind: "alterColumn" as const, ...onTable(context, table), column: before.name };
  const kept = continuedSequence(before, after);
  if (kept !== undefined) {
    context.emit("alterColumns", {
      kind: "renameObject",
      object: "sequence",
      ...inSchema(context, kept.schema),
      name: kept.name,
      newName: asideName(kept.name),
    });
  }
  switch (before.generation?.kind) {
    case "serial": {
      const { schema, name } = before.generation.sequence;
      context.emit("alterColumns", { ...place, default: null, existingType: shortTypeName(before.type) });
      context.emit(
        "alterColumns",
        kept === undefined
          ? { kind: "dropSequence", ...inSchema(context, schema), name }
          : // Otherwise the column would have two, of which PostgreSQL names either.
            { kind: "alterSequence", ...inSchema(context, schema), name: asideName(name), ownedBy: null },
      );
      return;
    }
    case "identity":
      return kept === undefined ? emitReleasedIdentity(context, table, before, before.generation) : undefined;
    case "generated":
      // While it is computed, what it is computed from can't change.
      return context.emit("dropComputedColumns", { ...place, generated: null });
    case undefined:
      return;
  }
}

function emitReleasedIdentity(
  context: PlanContext,
  table: QualifiedName,
  { name }: ColumnModel,
  generation: Extract<ColumnModel["generation"], { kind: "identity" }>,
): void {
  context.emit("alterColumns", {
    kind: "alterColumn",
    ...onTable(context, table),
    column: name,
    identity: null,
    existingIdentity: identityDefinition(generation),
  });
}

/**
 * The sequence of a column that has another one with the same options afterwards, as a serial column that becomes an
 * identity: the new one starts where the old one is, so that no number comes twice.
 */
function continuedSequence(before: ColumnModel, after: ColumnModel): ColumnSequence | undefined {
  const [old, wanted] = [before.generation, after.generation];
  if (old === undefined || wanted === undefined || old.kind === "generated" || wanted.kind === "generated") {
    return undefined;
  }
  const options = (sequence: ColumnSequence): string => JSON.stringify(specialSequenceOptions(sequence));
  return options(old.sequence) === options(wanted.sequence) ? old.sequence : undefined;
}

/** Has values come from a sequence, after the column's type is the wanted one. */
export function emitNewGeneration(
  context: PlanContext,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): void {
  const place = { kind: "alterColumn" as const, ...onTable(context, table), column: after.name };
  const continued = continuedSequence(before, after);
  switch (after.generation?.kind) {
    case "serial": {
      emitSerialSequence(context, after, "alterColumns");
      if (continued !== undefined && before.generation?.kind === "identity") {
        emitContinuation(context, sql`${textOf(identifier(context, after.generation.sequence))}`, continued);
        emitReleasedIdentity(context, table, before, before.generation);
      }
      const value = columnDefault(context, after);
      context.emit("alterColumns", {
        ...place,
        ...(value === undefined ? {} : { default: value }),
        existingType: shortTypeName(after.type),
      });
      emitSerialOwner(context, table, after, "alterColumns");
      return continued === undefined ? emitSequenceStart(context, table, after) : undefined;
    }
    case "identity":
      context.emit("alterColumns", { ...place, identity: identityDefinition(after.generation) });
      emitSequenceName(context, table, after, after.generation.sequence);
      if (continued === undefined) {
        return emitSequenceStart(context, table, after);
      }
      emitContinuation(context, sequenceOf(context, table, after), continued);
      context.emit("alterColumns", {
        kind: "dropSequence",
        ...inSchema(context, continued.schema),
        name: asideName(continued.name),
      });
      return;
    default:
      return;
  }
}

/** PostgreSQL names the sequence of an identity after the table, which may be renamed in the same revision. */
function emitSequenceName(
  context: PlanContext,
  table: QualifiedName,
  column: ColumnModel,
  wanted: QualifiedName,
): void {
  const name = serialSequenceName(table.name, column.name);
  if (name !== wanted.name) {
    context.emit("alterColumns", {
      kind: "renameObject",
      object: "sequence",
      ...inSchema(context, table.schema),
      name,
      newName: wanted.name,
    });
  }
}

/** Has a sequence start where the one is that it takes over from. */
function emitContinuation(
  context: PlanContext,
  sequence: SqlFragment,
  { schema, name }: QualifiedName,
): void {
  const old = identifier(context, { schema, name: asideName(name) });
  context.emit("alterColumns", {
    kind: "execute",
    sql: sql`SELECT setval(${sequence}, last_value, is_called) FROM ${old}`,
  });
}

/** A new sequence would begin at 1, below what the rows have. */
function emitSequenceStart(context: PlanContext, table: QualifiedName, column: ColumnModel): void {
  const name = identifier(context, table);
  const id = sql.identifier(column.name);
  context.emit("alterColumns", {
    kind: "execute",
    sql: sql`SELECT setval(${sequenceOf(context, table, column)}, max(${id})) FROM ${name} HAVING max(${id}) IS NOT NULL`,
  });
}

/** What finds the sequence that a column has. */
function sequenceOf(context: PlanContext, table: QualifiedName, { name }: ColumnModel): SqlFragment {
  return sql`pg_get_serial_sequence(${textOf(identifier(context, table))}, ${{ kind: "literal", value: name }})`;
}

/** A name as a function takes it in a text. */
function textOf({ names }: IdentifierPart): { readonly kind: "literal"; readonly value: string } {
  return { kind: "literal", value: names.map((part) => `"${part.replaceAll('"', '""')}"`).join(".") };
}

/** Other options of the sequence of a column that keeps it. */
export function emitChangedSequence(context: PlanContext, before: ColumnModel, after: ColumnModel): void {
  if (before.generation?.kind !== "serial" || after.generation?.kind !== "serial") {
    return;
  }
  const [old, wanted] = [before.generation.sequence, after.generation.sequence];
  const describe = (sequence: typeof old): string =>
    JSON.stringify([sequence.type, specialSequenceOptions(sequence)]);
  if (describe(old) !== describe(wanted)) {
    const options = wholeSequenceDefinition(wanted);
    const known = wholeSequenceDefinition(old);
    const changed = Object.entries(options).filter(([key, value]) => Reflect.get(known, key) !== value);
    context.emit("alterColumns", {
      kind: "alterSequence",
      ...inSchema(context, wanted.schema),
      name: wanted.name,
      ...(Object.fromEntries(changed) as typeof options),
    });
  }
}
