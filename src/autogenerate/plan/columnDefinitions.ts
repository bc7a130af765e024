import type { ColumnDefinition, IdentityDefinition } from "../../operations/column/columnDefinition";
import type { ColumnModel, ColumnSequence, SequenceOptions } from "../../schema/model/columnModel";
import { printedQualifiedName } from "../../sqlText/expression";
import type { SequenceDefinition } from "../../operations/sequence/sequence";
import { serialSequenceName } from "../compare/sequenceName";
import { present } from "../../operations/sparse";
import { sqlText } from "../../operations/sqlFragment";
import { specialSequenceOptions } from "../compare/structure";
import type { QualifiedName } from "../../schema/model/tableModel";
import { shortTypeName } from "../../sqlText/typeName";
import { defaultFromText } from "./defaults";
import { stripParentheses } from "../../sqlText/parentheses";
import { inSchema, type PlanContext } from "./planContext";

const serialTypes: ReadonlyMap<string, string> = new Map([
  ["smallint", "smallserial"],
  ["integer", "serial"],
  ["bigint", "bigserial"],
]);

function integer(text: string): number | string {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** The options of a sequence that are not the usual ones. */
export function sequenceDefinition(sequence: SequenceOptions): SequenceDefinition {
  const special = specialSequenceOptions(sequence);
  const number = (value: string | undefined): number | string | undefined =>
    value === undefined ? undefined : integer(value);
  return present<SequenceDefinition>({
    as: sequence.type === "bigint" ? undefined : sequence.type,
    start: number(special.start),
    increment: number(special.increment),
    minValue: number(special.minValue),
    maxValue: number(special.maxValue),
    cache: number(special.cache),
    cycle: special.cycle,
  });
}

/** All options, for a change of a sequence. */
export function wholeSequenceDefinition(sequence: SequenceOptions): SequenceDefinition {
  return {
    as: sequence.type,
    start: integer(sequence.start),
    increment: integer(sequence.increment),
    minValue: integer(sequence.minValue),
    maxValue: integer(sequence.maxValue),
    cache: integer(sequence.cache),
    cycle: sequence.cycle,
  };
}

/** The sequence of an identity column has the column's type. */
export function identityDefinition(generation: {
  readonly generation: IdentityDefinition["generation"];
  readonly sequence: ColumnSequence;
}): IdentityDefinition {
  const { as: _type, ...options } = sequenceDefinition(generation.sequence);
  return { generation: generation.generation, ...options };
}

/** Whether `serial` makes exactly this sequence. */
export function isPlainSerial(table: QualifiedName, column: ColumnModel): boolean {
  if (column.generation?.kind !== "serial") {
    return false;
  }
  const { sequence } = column.generation;
  return (
    !column.isNullable &&
    sequence.schema === table.schema &&
    sequence.name === serialSequenceName(table.name, column.name) &&
    sequence.type === column.type &&
    Object.keys(specialSequenceOptions(sequence)).length === 0
  );
}

/** The default that a column has, be it from a sequence. */
export function columnDefault(context: PlanContext, column: ColumnModel): ColumnDefinition["default"] {
  if (column.generation?.kind === "serial") {
    return nextval(context, column.generation.sequence);
  }
  return column.default === undefined ? undefined : defaultFromText(column.default, column.type);
}

function nextval(context: PlanContext, sequence: QualifiedName): ColumnDefinition["default"] {
  const name = printedQualifiedName(sequence.schema, sequence.name, context.defaultSchema);
  return sqlText(`nextval('${name.replaceAll("'", "''")}'::regclass)`);
}

/** A column without its constraints. A serial one that is not plain needs its sequence made first. */
export function columnDefinition(
  context: PlanContext,
  table: QualifiedName,
  column: ColumnModel,
): ColumnDefinition {
  const { generation } = column;
  const isPlain = isPlainSerial(table, column);
  return present<ColumnDefinition>({
    name: column.name,
    type: (isPlain ? serialTypes.get(column.type) : undefined) ?? shortTypeName(column.type),
    nullable: column.isNullable,
    default: isPlain ? undefined : columnDefault(context, column),
    collation: column.collation,
    generated:
      generation?.kind === "generated"
        ? { expression: sqlText(stripParentheses(generation.expression)), stored: generation.isStored }
        : undefined,
    identity: generation?.kind === "identity" ? identityDefinition(generation) : undefined,
    comment: column.comment,
  });
}

/** Makes the sequence of a serial column that `serial` alone would not make. */
export function emitSerialSequence(
  context: PlanContext,
  column: ColumnModel,
  phase: "sequences" | "alterColumns",
): void {
  if (column.generation?.kind === "serial") {
    const { sequence } = column.generation;
    context.emit(phase, {
      kind: "createSequence",
      ...inSchema(context, sequence.schema),
      name: sequence.name,
      ...sequenceDefinition(sequence),
    });
  }
}

/** Gives a serial column its sequence, so that both go together. */
export function emitSerialOwner(
  context: PlanContext,
  table: QualifiedName,
  column: ColumnModel,
  phase: "createTables" | "alterColumns",
): void {
  if (column.generation?.kind === "serial") {
    const { sequence } = column.generation;
    context.emit(phase, {
      kind: "alterSequence",
      ...inSchema(context, sequence.schema),
      name: sequence.name,
      ownedBy: { ...inSchema(context, table.schema), table: table.name, column: column.name },
    });
  }
}
