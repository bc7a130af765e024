import { compareSchemas } from "../autogenerate/compare/compareSchemas";
import { differencesToOperations } from "../autogenerate/plan/fromDifferences";
import type { DriftDifference, DriftResult } from "../context/driftCommand";
import { nameKey } from "../schema/findNamed";
import { emptySchemaModel, type SchemaModel } from "../schema/model/schemaModel";
import type { QualifiedName } from "../schema/model/tableModel";
import { renderOperation } from "../sql/renderOperation";
import { isRelationCompared, type SidesOptions } from "./compareSides";

/** What two schemas are shown as. */
export interface TextsRequest extends Pick<SidesOptions, "includeObject"> {
  readonly actual: SchemaModel;
  readonly expected: SchemaModel;
  /** Differences that no statement shows. */
  readonly wordless: readonly DriftDifference[];
}

/**
 * Both sides as texts of SQL, for a diff: statements that would make them, in one order, and as comments the differences that
 * no statement shows.
 */
export function schemaTexts(request: TextsRequest): DriftResult["schemas"] {
  const { actual, expected, wordless } = request;
  const isCompared = (relation: QualifiedName): boolean =>
    isRelationCompared([actual, expected], relation, request);
  const text = (side: "actual" | "expected"): string => {
    const model = request[side];
    const statements = statementsOf({
      ...model,
      tables: columnsInOrder(model, expected).filter(isCompared),
      views: model.views.filter(isCompared),
    });
    const comments = wordless.flatMap((difference) => commentOf(difference, difference[side]));
    return [...statements, ...(comments.length === 0 ? [] : [comments.toSorted().join("")])].join("\n");
  };
  return { expected: text("expected"), actual: text("actual") };
}

function commentOf({ kind, name }: DriftDifference, value: string | undefined): readonly string[] {
  return value === undefined
    ? []
    : [`-- ${kind} ${name}${value === "" || value === name ? "" : `: ${value.replaceAll(/\s+/g, " ")}`}\n`];
}

function statementsOf(model: SchemaModel): readonly string[] {
  const { defaultSchema, serverVersion } = model;
  const nothing: SchemaModel = {
    ...emptySchemaModel(defaultSchema, serverVersion),
    schemas: [{ name: defaultSchema, comment: undefined }],
  };
  const comparison = compareSchemas(nothing, model, { isRenameAsked: false });
  return differencesToOperations(comparison).upgrade.operations.flatMap((operation) =>
    renderOperation(operation, "postgresql", { offline: true }).map(({ text }) => `${text};\n`),
  );
}

/** The tables, their columns in the order that they have there: PostgreSQL can't put one back where it was. */
function columnsInOrder(model: SchemaModel, order: SchemaModel): SchemaModel["tables"] {
  const tables = new Map(order.tables.map((table) => [nameKey(table), table]));
  return model.tables.map((table) => {
    const wanted = tables.get(nameKey(table))?.columns.map(({ name }) => name) ?? [];
    const place = (name: string): number => {
      const at = wanted.indexOf(name);
      return at < 0 ? wanted.length : at;
    };
    return {
      ...table,
      columns: table.columns.toSorted((one, other) => place(one.name) - place(other.name)),
    };
  });
}
