import type { NamedColumnOptions } from "../../../src/operations/column/columnDefinition";
import type {
  CheckOptions,
  ForeignKeyOptions,
  ReferencesOptions,
  UniqueOptions,
} from "../../../src/operations/constraint/constraintDefinition";
import { operationMakers } from "../../../src/operations/operationMakers";
import { present } from "../../../src/operations/sparse";
import { sql } from "../../../src/operations/sqlFragment";
import type { CreateTable } from "../../../src/operations/table/table";
import { columnSql, given, type Draw } from "./draw";
import { randomOrderedType, randomType, type SampleType } from "./columnTypes";

export const make = operationMakers({ namingConvention: undefined });

export interface RandomColumn {
  readonly name: string;
  readonly sample: SampleType;
}

/** A table of a case, empty and with a key that other tables may refer to. */
export interface RandomTable {
  readonly operation: CreateTable;
  readonly name: string;
  /** As the operation says it. */
  readonly schema: { readonly schema?: string };
  /** Its key: a bigint that is NOT NULL. */
  readonly key: string;
  /** Those whose values are given: no key, none that is computed. */
  readonly columns: readonly RandomColumn[];
}

export function names(columns: readonly RandomColumn[]): readonly string[] {
  return columns.map(({ name }) => name);
}

export function orderedColumns(table: RandomTable): readonly RandomColumn[] {
  return table.columns.filter(({ sample }) => sample.isOrdered);
}

function identityOrSerial(draw: Draw): Partial<NamedColumnOptions> {
  return draw.pick<Partial<NamedColumnOptions>>(
    {},
    { nullable: false },
    { identity: "always" },
    { identity: "by default" },
    {
      identity: {
        always: draw.pick(true, false),
        start: 10,
        increment: draw.pick(5, -1),
        maxValue: 1000,
        cache: 3,
      },
    },
  );
}

function valueOf(
  draw: Draw,
  sample: SampleType,
  before: readonly RandomColumn[],
): Partial<NamedColumnOptions> {
  const other = before.find((column) => column.sample.isNumber === true);
  if (draw.rarely(3) && sample.defaults.length > 0) {
    return { default: draw.pick(...sample.defaults) };
  }
  if (draw.rarely(8) && other !== undefined && sample.isNumber === true) {
    return { generatedAs: columnSql("", other.name, " * 2") };
  }
  return {};
}

/** A column that may stand behind others in CREATE TABLE and ADD COLUMN alike; constraints are not on it. */
export function randomColumn(
  draw: Draw,
  before: readonly RandomColumn[],
  sample: SampleType = randomType(draw),
): NamedColumnOptions {
  return {
    name: draw.name(),
    type: sample.type,
    ...valueOf(draw, sample, before),
    ...(draw.rarely(3) ? { nullable: draw.pick(true, false) } : {}),
    ...(sample.isText === true && draw.rarely(4) ? { collation: draw.pick("C", "POSIX") } : {}),
    ...(draw.rarely(5) ? { comment: draw.text() } : {}),
  };
}

/** A check constraint on a column, without a name or with one. */
export function randomCheck(draw: Draw, column: string): CheckOptions {
  return present<CheckOptions>({
    name: draw.maybe(draw.name()),
    condition: draw.pick(
      columnSql("", column, " IS NOT NULL"),
      sql`${columnSql("", column)}::text <> ${draw.text()}`,
      columnSql("length(", column, "::text) > 1 OR 1 <> -1"),
    ),
    noInherit: draw.flag(),
  });
}

const actions = ["cascade", "restrict", "set null", "set default", "no action"] as const;

/** What a foreign key says beside its columns. */
export function randomActions(draw: Draw): Omit<ReferencesOptions, "table" | "schema" | "column" | "name"> {
  const deferrable = draw.pick(true, false, undefined);
  return present<Omit<ReferencesOptions, "table" | "schema" | "column" | "name">>({
    onDelete: draw.maybe(draw.pick(...actions)),
    onUpdate: draw.maybe(draw.pick(...actions)),
    match: draw.pick("full", "simple", undefined),
    deferrable,
    initially: deferrable === true ? draw.pick("deferred", "immediate", undefined) : undefined,
  });
}

export function randomUnique(
  draw: Draw,
  columns: readonly string[],
  include: readonly string[],
): UniqueOptions {
  const deferrable = draw.flag();
  return present<UniqueOptions>({
    name: draw.maybe(draw.name()),
    columns,
    include: include.length > 0 ? draw.maybe(include) : undefined,
    nullsNotDistinct: draw.flag(),
    deferrable,
    initially: deferrable === true ? draw.pick("deferred", "immediate", undefined) : undefined,
  });
}

/**
 * A random table.
 * @param target a table that it may refer to
 */
export function randomTable(draw: Draw, target?: RandomTable): RandomTable {
  const name = draw.name();
  const schema = draw.inSchema();
  const key = draw.name();
  const count = draw.number(1, 5);
  const columns: RandomColumn[] = [];
  const options: NamedColumnOptions[] = [];
  for (let index = 0; index < count; index += 1) {
    const sample = index === 0 ? randomOrderedType(draw) : randomType(draw);
    const column = randomColumn(draw, columns, sample);
    options.push(column);
    if (column.generatedAs === undefined) {
      columns.push({ name: column.name, sample });
    }
  }
  const ordered = columns.filter(({ sample }) => sample.isOrdered);
  const foreignKeys: readonly ForeignKeyOptions[] =
    target === undefined || draw.rarely(2)
      ? []
      : [
          present<ForeignKeyOptions>({
            name: draw.maybe(draw.name()),
            columns: [key],
            references: {
              table: target.name,
              ...target.schema,
              ...given({ columns: draw.maybe([target.key]) }),
            },
            ...randomActions(draw),
          }),
        ];
  const operation = make.createTable(name, {
    columns: [{ name: key, type: "bigint", ...identityOrSerial(draw) }, ...options],
    primaryKey: draw.pick([key], { name: draw.name(), columns: [key] }),
    uniques:
      ordered.length > 0 && draw.rarely(3) ? [randomUnique(draw, names(draw.some(ordered, 1, 2)), [])] : [],
    checks: draw.rarely(3) ? [randomCheck(draw, key), randomCheck(draw, draw.pick(...names(columns)))] : [],
    foreignKeys,
    ...schema,
    ...(draw.rarely(5) ? { comment: draw.text() } : {}),
    ...(draw.rarely(8)
      ? {
          with: draw.pick(
            { fillfactor: 70 },
            { autovacuum_enabled: false, "toast.autovacuum_enabled": "on" },
          ),
        }
      : {}),
    ...(draw.rarely(6) && target !== undefined && foreignKeys.length === 0 ? { unlogged: true } : {}),
    ...(draw.rarely(8) ? { ifNotExists: true } : {}),
  }) as CreateTable;
  return { operation, name, schema, key, columns };
}
