import type { AddColumn, AlterColumn, ColumnOperation, DropColumn } from "../../operations/column/column";
import type { ColumnDefinition, IdentityDefinition } from "../../operations/column/columnDefinition";
import type { ConstraintDefinition } from "../../operations/constraint/constraintDefinition";
import { OperationError } from "../../operations/operationError";
import type { SequenceDefinition } from "../../operations/sequence/sequence";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteLiteral, quoteQualifiedName } from "../quote";
import { renderDefault, renderDefinedDefault } from "../renderDefault";
import { checkedType, words } from "../sqlText";
import { columnConstraint } from "./constraint";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on columns. */
export const columnStatements: StatementsOf<ColumnOperation> = {
  addColumn,
  dropColumn,
  alterColumn,
};

/** Options of a sequence, each as a clause: `INCREMENT BY 5`. */
export function sequenceClauses(sequence: SequenceDefinition): readonly string[] {
  const limit = (word: string, value: number | string | null | undefined): string | undefined =>
    value === undefined ? undefined : value === null ? `NO ${word}` : `${word} ${value}`;
  return [
    sequence.as === undefined ? undefined : `AS ${checkedType(sequence.as)}`,
    sequence.increment === undefined ? undefined : `INCREMENT BY ${sequence.increment}`,
    limit("MINVALUE", sequence.minValue),
    limit("MAXVALUE", sequence.maxValue),
    sequence.start === undefined ? undefined : `START WITH ${sequence.start}`,
    sequence.cache === undefined ? undefined : `CACHE ${sequence.cache}`,
    sequence.cycle === undefined ? undefined : sequence.cycle ? "CYCLE" : "NO CYCLE",
  ].filter((clause) => clause !== undefined);
}

function identityText(identity: IdentityDefinition): string {
  const clauses = sequenceClauses(identity);
  return words(
    `GENERATED ${identity.generation.toUpperCase()} AS IDENTITY`,
    clauses.length > 0 && `(${clauses.join(" ")})`,
  );
}

/** A column as CREATE TABLE and ADD COLUMN have it, without constraints but NOT NULL. */
export function columnText(column: ColumnDefinition): string {
  const { generated, identity } = column;
  return words(
    quoteIdentifier(column.name),
    checkedType(column.type),
    column.collation !== undefined && `COLLATE ${quoteIdentifier(column.collation)}`,
    column.default !== undefined && `DEFAULT ${renderDefinedDefault(column.default, column.type)}`,
    generated !== undefined &&
      `GENERATED ALWAYS AS (${inlineFragment(generated.expression, dialect)}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
    identity !== undefined && identityText(identity),
    !column.nullable && "NOT NULL",
  );
}

/** `COMMENT ON COLUMN`; without a comment it takes the present one away. */
export function columnComment(table: string, column: string, comment: string | null): string {
  const text = comment === null ? "NULL" : quoteLiteral(comment);
  return `COMMENT ON COLUMN ${table}.${quoteIdentifier(column)} IS ${text}`;
}

function addColumn(operation: AddColumn): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  const { column } = operation;
  const add = words(
    `ALTER TABLE ${table} ADD COLUMN`,
    operation.ifNotExists === true && "IF NOT EXISTS",
    columnText(column),
    ...operation.constraints.map((constraint) => onOneColumn(constraint, column.name)),
  );
  return column.comment === undefined ? [add] : [add, columnComment(table, column.name, column.comment)];
}

function onOneColumn(constraint: ConstraintDefinition, column: string): string {
  const text = columnConstraint(constraint);
  if (text === undefined) {
    throw new OperationError(
      "not-supported",
      `A constraint on the new column "${column}" cannot be made together with the column.`,
      "Make it with a separate operation.",
    );
  }
  return text;
}

function dropColumn(operation: DropColumn): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  const drop = words(
    `ALTER TABLE ${table} DROP COLUMN`,
    operation.ifExists === true && "IF EXISTS",
    quoteIdentifier(operation.column),
    operation.cascade === true && "CASCADE",
  );
  return [drop];
}

/** In Alembic's order: type, NOT NULL, default, comment, name. */
function alterColumn(operation: AlterColumn): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  const name = quoteIdentifier(operation.column);
  const alter = (change: string): string => `ALTER TABLE ${table} ALTER COLUMN ${name} ${change}`;
  return [
    ...typeChanges(operation).map(alter),
    ...nullableChanges(operation).map(alter),
    ...defaultChanges(operation).map(alter),
    ...(operation.generated === null ? [alter("DROP EXPRESSION")] : []),
    ...identityChanges(operation).map(alter),
    ...(operation.comment === undefined ? [] : [columnComment(table, operation.column, operation.comment)]),
    ...(operation.newName === undefined
      ? []
      : [`ALTER TABLE ${table} RENAME COLUMN ${name} TO ${quoteIdentifier(operation.newName)}`]),
  ];
}

function typeChanges(operation: AlterColumn): readonly string[] {
  if (operation.type === undefined) {
    return [];
  }
  const change = words(
    `TYPE ${checkedType(operation.type)}`,
    operation.collation !== undefined && `COLLATE ${quoteIdentifier(operation.collation)}`,
    operation.using !== undefined && `USING ${inlineFragment(operation.using, dialect)}`,
  );
  // USING converts the rows but not the default, which PostgreSQL then refuses to convert by itself.
  const replacesDefault = operation.using !== undefined && operation.default !== undefined;
  return replacesDefault ? ["DROP DEFAULT", change] : [change];
}

function nullableChanges({ nullable }: AlterColumn): readonly string[] {
  return nullable === undefined ? [] : [nullable ? "DROP NOT NULL" : "SET NOT NULL"];
}

function defaultChanges(operation: AlterColumn): readonly string[] {
  if (operation.default === undefined) {
    return [];
  }
  const type = operation.type ?? operation.existingType;
  return [
    operation.default === null
      ? "DROP DEFAULT"
      : `SET DEFAULT ${renderDefault(operation.default, type, dialect)}`,
  ];
}

function identityChanges({ identity, existingIdentity }: AlterColumn): readonly string[] {
  if (identity === undefined) {
    return [];
  }
  if (identity === null) {
    return ["DROP IDENTITY"];
  }
  if (existingIdentity === undefined || existingIdentity === null) {
    return [`ADD ${identityText(identity)}`];
  }
  const clauses = sequenceClauses({ ...ordinaryOptions(identity, existingIdentity), ...identity }).map(
    (clause) => `SET ${clause}`,
  );
  return [words(`SET GENERATED ${identity.generation.toUpperCase()}`, ...clauses)];
}

/** What the identity had and shall have no more, as PostgreSQL has it by itself (CREATE SEQUENCE, "Parameters"). */
function ordinaryOptions(identity: IdentityDefinition, existing: IdentityDefinition): SequenceDefinition {
  const isDescending = String(identity.increment ?? 1).startsWith("-");
  const start = (isDescending ? identity.maxValue : identity.minValue) ?? (isDescending ? -1 : 1);
  const ordinary = { start, increment: 1, minValue: null, maxValue: null, cache: 1, cycle: false } as const;
  const keys = Object.keys(ordinary) as readonly (keyof typeof ordinary)[];
  return Object.fromEntries(
    keys.flatMap((key) => (existing[key] === undefined ? [] : [[key, ordinary[key]] as const])),
  );
}
