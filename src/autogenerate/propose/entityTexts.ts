import type { ColumnDefinition } from "../../operations/column/columnDefinition";
import type { ConstraintDefinition } from "../../operations/constraint/constraintDefinition";
import type { ColumnDefault } from "../../operations/definitions";
import type { Operation } from "../../operations/operation";
import { layOutQuery } from "../../sqlText/queryLayout";
import { sqlText, type SqlFragment } from "../../operations/sqlFragment";
import { serverName } from "../../schema/serverName";
import type { EntityDdl, EntityView } from "../read/entityDdl";
import type { EntityTable } from "../read/entityTables";
import type { PlannedOperation } from "../plan/plannedOperation";
import { nameKey } from "../../schema/findNamed";

/**
 * SQL expressions of operations in the words of the entities: `guests BETWEEN 1 AND 8`, where the server prints
 * `(guests >= 1) AND (guests <= 8)`. The server has read just these words, so it makes the same of them again.
 *
 * @param planned operations that make what the entities ask for
 */
export function inWordsOfEntities(
  planned: readonly PlannedOperation[],
  ddl: EntityDdl,
): readonly PlannedOperation[] {
  const texts: EntityTexts = {
    defaultSchema: ddl.defaultSchema,
    tables: new Map(ddl.tables.map((table) => [nameKey(table), table])),
    views: new Map(ddl.views.map((view) => [nameKey(view), view])),
  };
  return planned.map((entry) => ({ ...entry, operation: inWords(entry.operation, texts) }));
}

interface EntityTexts {
  readonly defaultSchema: string;
  readonly tables: ReadonlyMap<string, EntityTable>;
  readonly views: ReadonlyMap<string, EntityView>;
}

type Descriptions = NonNullable<EntityTable["typeorm"]>;

function inWords(operation: Operation, texts: EntityTexts): Operation {
  switch (operation.kind) {
    case "createView":
    case "replaceView":
    case "createMaterializedView": {
      const { schema = texts.defaultSchema, name } = operation;
      const query = texts.views.get(nameKey({ schema, name }))?.query;
      return query === undefined ? operation : { ...operation, query: sqlText(layOutQuery(query)) };
    }
    case "createTable": {
      const table = tableOf(operation, texts);
      return table === undefined
        ? operation
        : {
            ...operation,
            columns: operation.columns.map((column) => columnInWords(column, table)),
            constraints: operation.constraints.map((constraint) => constraintInWords(constraint, table)),
          };
    }
    case "addColumn": {
      const table = tableOf(operation, texts);
      return table === undefined
        ? operation
        : { ...operation, column: columnInWords(operation.column, table) };
    }
    case "alterColumn": {
      const table = tableOf(operation, texts);
      return table === undefined || operation.default?.kind !== "sql"
        ? operation
        : { ...operation, default: defaultInWords(operation.default, operation.column, table) };
    }
    case "createCheckConstraint": {
      const table = tableOf(operation, texts);
      return table === undefined
        ? operation
        : { ...operation, constraint: checkInWords(operation.constraint, table) };
    }
    case "createIndex": {
      const { where, name } = operation.index;
      const said = tableOf(operation, texts)?.indices.find((index) => isKeptAs(index.name, name))?.where;
      return where === undefined || said === undefined || said === ""
        ? operation
        : { ...operation, index: { ...operation.index, where: fragment(said) } };
    }
    default:
      return operation;
  }
}

function tableOf(
  { schema, table }: { readonly schema?: string | undefined; readonly table: string },
  { defaultSchema, tables }: EntityTexts,
): Descriptions | undefined {
  return tables.get(nameKey({ schema: schema ?? defaultSchema, name: table }))?.typeorm;
}

function columnInWords(column: ColumnDefinition, table: Descriptions): ColumnDefinition {
  const { generated } = column;
  const expression = table.columns.find(({ name }) => isKeptAs(name, column.name))?.asExpression;
  return {
    ...column,
    ...(column.default?.kind === "sql"
      ? { default: defaultInWords(column.default, column.name, table) }
      : {}),
    ...(generated === undefined || expression === undefined
      ? {}
      : { generated: { ...generated, expression: fragment(expression) } }),
  };
}

function defaultInWords(printed: ColumnDefault, column: string, table: Descriptions): ColumnDefault {
  const said = table.columns.find(({ name }) => isKeptAs(name, column))?.default;
  if (said === undefined || said === "") {
    return printed;
  }
  const quoted = /^'((?:[^'\\]|'')*)'$/.exec(said)?.[1];
  return quoted === undefined ? fragment(said) : { kind: "literal", value: quoted.replaceAll("''", "'") };
}

function constraintInWords(constraint: ConstraintDefinition, table: Descriptions): ConstraintDefinition {
  return constraint.kind === "check" ? checkInWords(constraint, table) : constraint;
}

function checkInWords<Check extends Extract<ConstraintDefinition, { readonly kind: "check" }>>(
  constraint: Check,
  table: Descriptions,
): Check {
  const said = table.checks.find(({ name }) => isKeptAs(name, constraint.name))?.expression;
  return said === undefined ? constraint : { ...constraint, condition: fragment(said) };
}

/** Whether the server keeps a name of the entities under the other. */
function isKeptAs(given: string | undefined, kept: string | undefined): boolean {
  return given !== undefined && serverName(given) === kept;
}

function fragment(text: string): SqlFragment {
  return sqlText(layOutQuery(text));
}
