import type {
  AddEnumValue,
  CreateDomain,
  CreateEnum,
  EnumColumn,
  RenameEnumValue,
  ReplaceEnum,
  TypeOperation,
} from "../../operations/type/type";
import { quoteIdentifier, quoteLiteral, quoteQualifiedName } from "../quote";
import { renderDefault, renderDefinedDefault } from "../renderDefault";
import { checkedType, words } from "../sqlText";
import { suffixedName } from "../../sqlText/suffixedName";
import { tableConstraint } from "./constraint";
import { dropNamed } from "./statementsOf";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on types. */
export const typeStatements: StatementsOf<TypeOperation> = {
  createEnum,
  dropEnum: dropNamed("TYPE"),
  addEnumValue,
  renameEnumValue,
  replaceEnum,
  createDomain,
  dropDomain: dropNamed("DOMAIN"),
};

function literals(values: readonly string[]): string {
  return values.map(quoteLiteral).join(", ");
}

/** CREATE TYPE knows no IF NOT EXISTS: the error for a name that is taken is caught instead. */
function createEnum(operation: CreateEnum): readonly string[] {
  const name = quoteQualifiedName(operation.schema, operation.name);
  const create = `CREATE TYPE ${name} AS ENUM (${literals(operation.values)})`;
  return operation.ifNotExists === true ? [unlessDuplicate(create)] : [create];
}

function unlessDuplicate(statement: string): string {
  let tag = "$$";
  for (let number = 1; statement.includes(tag.slice(0, -1)); number += 1) {
    tag = `$do${number}$`;
  }
  const lines = ["BEGIN", `    ${statement};`, "EXCEPTION WHEN duplicate_object THEN", "    NULL;", "END"];
  return `DO ${tag}\n${lines.join("\n")}\n${tag}`;
}

function addEnumValue(operation: AddEnumValue): readonly string[] {
  const add = words(
    `ALTER TYPE ${quoteQualifiedName(operation.schema, operation.name)} ADD VALUE`,
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteLiteral(operation.value),
    operation.before !== undefined && `BEFORE ${quoteLiteral(operation.before)}`,
    operation.after !== undefined && `AFTER ${quoteLiteral(operation.after)}`,
  );
  return [add];
}

function renameEnumValue(operation: RenameEnumValue): readonly string[] {
  const name = quoteQualifiedName(operation.schema, operation.name);
  const [from, to] = [quoteLiteral(operation.value), quoteLiteral(operation.newValue)];
  return [`ALTER TYPE ${name} RENAME VALUE ${from} TO ${to}`];
}

/** A new type under the old name; the columns move over to it, then the old one goes. */
function replaceEnum(operation: ReplaceEnum): readonly string[] {
  const oldName = suffixedName(operation.name, "__old");
  const name = quoteQualifiedName(operation.schema, operation.name);
  return [
    `ALTER TYPE ${name} RENAME TO ${quoteIdentifier(oldName)}`,
    `CREATE TYPE ${name} AS ENUM (${literals(operation.values)})`,
    ...operation.columns.flatMap((column) => moveColumn(column, name, operation)),
    `DROP TYPE ${quoteQualifiedName(operation.schema, oldName)}`,
  ];
}

function moveColumn(column: EnumColumn, type: string, { mapping }: ReplaceEnum): readonly string[] {
  const table = quoteQualifiedName(column.schema, column.table);
  const name = quoteIdentifier(column.column);
  const alter = (change: string): string => `ALTER TABLE ${table} ALTER COLUMN ${name} ${change}`;
  const newType = column.array === true ? `${type}[]` : type;
  return [
    ...(column.default === undefined ? [] : [alter("DROP DEFAULT")]),
    alter(
      `TYPE ${newType} USING ${column.array === true ? mappedArray(name, mapping) : mapped(name, mapping)}::${newType}`,
    ),
    ...(column.default === undefined || column.default === null
      ? []
      : [alter(`SET DEFAULT ${renderDefault(column.default, newType, dialect)}`)]),
  ];
}

function mapped(expression: string, mapping: ReplaceEnum["mapping"]): string {
  const cases = mapping.map(([from, to]) => `WHEN ${quoteLiteral(from)} THEN ${quoteLiteral(to)}`);
  return cases.length === 0
    ? `${expression}::text`
    : `(CASE ${expression}::text ${cases.join(" ")} ELSE ${expression}::text END)`;
}

/**
 * USING allows no subquery, so the elements are replaced one value at a time; where a new value is also an old one,
 * by way of marks that are neither.
 */
function mappedArray(name: string, mapping: ReplaceEnum["mapping"]): string {
  const replaced = (array: string, [from, to]: readonly [string, string]): string =>
    `array_replace(${array}, ${quoteLiteral(from)}, ${quoteLiteral(to)})`;
  const olds = new Set(mapping.map(([from]) => from));
  const mark = (index: number): string => `old value ${index}\u0001`;
  const steps = mapping.some(([, to]) => olds.has(to))
    ? [
        ...mapping.map(([from], index) => [from, mark(index)] as const),
        ...mapping.map(([, to], index) => [mark(index), to] as const),
      ]
    : mapping;
  return steps.reduce(replaced, `${name}::text[]`);
}

function createDomain(operation: CreateDomain): readonly string[] {
  const create = words(
    `CREATE DOMAIN ${quoteQualifiedName(operation.schema, operation.name)} AS ${checkedType(operation.type)}`,
    operation.collation !== undefined && `COLLATE ${quoteIdentifier(operation.collation)}`,
    operation.default !== undefined && `DEFAULT ${renderDefinedDefault(operation.default, operation.type)}`,
    !operation.nullable && "NOT NULL",
    ...operation.checks.map(tableConstraint),
  );
  return [create];
}
