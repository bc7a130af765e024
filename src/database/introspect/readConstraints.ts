import type { ConstraintModel, ForeignKeyAction } from "../../schema/model/constraintModel";
import type { IndexElementModel, IndexModel } from "../../schema/model/indexModel";
import type { Row } from "../connection";
import { columnNames, numberedColumn, type NumberedColumns } from "./numberedColumns";
import { flag, letter, optionalText, text, textList } from "./rowValues";

const actions: ReadonlyMap<string, ForeignKeyAction> = new Map([
  ["a", "no action"],
  ["r", "restrict"],
  ["c", "cascade"],
  ["n", "set null"],
  ["d", "set default"],
]);
const matches: ReadonlyMap<string, "simple" | "full" | "partial"> = new Map([
  ["s", "simple"],
  ["f", "full"],
  ["p", "partial"],
]);

/** An index from its rows, one for each element and included column. */
export function readIndex(rows: readonly Row[], numbered: NumberedColumns): IndexModel {
  const [row] = rows;
  if (row === undefined) {
    throw new Error("An index has no columns.");
  }
  return {
    name: text(row, "name"),
    method: text(row, "method"),
    isUnique: flag(row, "is_unique"),
    elements: rows
      .filter((element) => !flag(element, "is_included"))
      .map((element) => readElement(element, numbered)),
    include: rows
      .filter((element) => flag(element, "is_included"))
      .map((element) => readElement(element, numbered).text),
    nullsNotDistinct: flag(row, "nulls_not_distinct"),
    predicate: optionalText(row, "predicate"),
    options: [...textList(row, "options")].sort(),
    tablespace: optionalText(row, "tablespace"),
    isValid: flag(row, "is_valid"),
    comment: optionalText(row, "comment"),
  };
}

function readElement(row: Row, numbered: NumberedColumns): IndexElementModel {
  const expression = optionalText(row, "expression");
  const column =
    expression === undefined
      ? numberedColumn(numbered, text(row, "relation"), text(row, "number"))
      : { name: expression, collation: text(row, "type_collation") };
  return {
    kind: expression === undefined ? "column" : "expression",
    text: column.name,
    opclass: optionalText(row, "opclass"),
    opclassOptions: textList(row, "opclass_options"),
    collation: text(row, "collation_id") === column.collation ? undefined : optionalText(row, "collation"),
    isDescending: flag(row, "is_descending"),
    nullsFirst: flag(row, "nulls_first"),
  };
}

/**
 * A row of `pg_constraint`; `index` is the one that the constraint owns.
 * @param schemaName the model's name of a schema of the database
 */
export function readConstraint(
  row: Row,
  index: IndexModel | undefined,
  numbered: NumberedColumns,
  schemaName: (name: string) => string,
): ConstraintModel {
  const common = {
    name: text(row, "name"),
    comment: optionalText(row, "comment"),
    definition: optionalText(row, "definition"),
    isOpaque: flag(row, "is_opaque"),
  };
  const deferrable = {
    isDeferrable: flag(row, "is_deferrable"),
    isInitiallyDeferred: flag(row, "is_deferred"),
  };
  const columns = columnNames(numbered, text(row, "relation"), optionalText(row, "columns"));
  switch (text(row, "kind")) {
    case "p":
      // The key of a primary key's constraint does not name the included columns, and neither does a unique one's.
      return { kind: "primaryKey", ...common, ...deferrable, columns, include: index?.include ?? [] };
    case "u":
      return {
        kind: "unique",
        ...common,
        ...deferrable,
        columns,
        include: index?.include ?? [],
        nullsNotDistinct: index?.nullsNotDistinct ?? false,
      };
    case "f":
      return {
        kind: "foreignKey",
        ...common,
        ...deferrable,
        columns,
        referencedSchema: schemaName(text(row, "referenced_schema")),
        referencedTable: text(row, "referenced_table"),
        referencedColumns: Array.isArray(row["foreign_columns"])
          ? textList(row, "foreign_columns")
          : columnNames(numbered, text(row, "referenced"), optionalText(row, "referenced_columns")),
        onDelete: letter(row, "on_delete", actions),
        onUpdate: letter(row, "on_update", actions),
        match: letter(row, "match", matches),
        isValid: flag(row, "is_valid"),
      };
    case "x":
      return readExclude(row, index, { ...common, ...deferrable });
    default:
      return {
        kind: "check",
        ...common,
        columns,
        condition: text(row, "condition"),
        isValid: flag(row, "is_valid"),
        noInherit: flag(row, "no_inherit"),
      };
  }
}

type ExcludeCommon = Omit<
  Extract<ConstraintModel, { kind: "exclude" }>,
  "kind" | "method" | "elements" | "predicate"
>;

function readExclude(row: Row, index: IndexModel | undefined, common: ExcludeCommon): ConstraintModel {
  const operators = textList(row, "operators");
  return {
    kind: "exclude",
    ...common,
    method: index?.method ?? "gist",
    elements: (index?.elements ?? []).map((element, at) => ({ ...element, operator: operators[at] ?? "=" })),
    predicate: index?.predicate,
    // What the definition of an index may have beside its elements, an exclusion may have too.
    isOpaque: common.isOpaque || (index?.include.length ?? 0) > 0 || (index?.options.length ?? 0) > 0,
  };
}
