import { compareSchemas } from "../autogenerate/compare/compareSchemas";
import { differencesToOperations } from "../autogenerate/plan/fromDifferences";
import { nameKey } from "../schema/findNamed";
import { emptySchemaModel, type SchemaModel } from "../schema/model/schemaModel";
import { renderOperation } from "../sql/renderOperation";
import { nameOf } from "./describe";
import type { DriftSide } from "./readSide";

/**
 * A side as a text of SQL, for a diff: statements that would make it, and as comments what no operation has words for.
 * @param order the columns of tables come in the order that they have there: PostgreSQL can't put one back where it was
 */
export function schemaText(side: DriftSide, order: SchemaModel, isWithOwners: boolean): string {
  const model = inOrder(side.model, order);
  const { defaultSchema, serverVersion } = model;
  const nothing: SchemaModel = {
    ...emptySchemaModel(defaultSchema, serverVersion),
    schemas: [{ name: defaultSchema, comment: undefined }],
  };
  const comparison = compareSchemas(nothing, model, { isRenameAsked: false });
  const statements = differencesToOperations(comparison).upgrade.operations.flatMap((operation) =>
    renderOperation(operation, "postgresql", { offline: true }).map(({ text }) => `${text};\n`),
  );
  const facts = side.facts
    .filter(({ kind }) => isWithOwners || kind !== "owner")
    .map((fact) => `-- ${fact.kind} ${nameOf(fact, defaultSchema)}: ${fact.value.replaceAll(/\s+/g, " ")}\n`)
    .toSorted();
  return [...statements, ...(facts.length === 0 ? [] : [facts.join("")])].join("\n");
}

function inOrder(model: SchemaModel, order: SchemaModel): SchemaModel {
  const tables = new Map(order.tables.map((table) => [nameKey(table), table]));
  return {
    ...model,
    tables: model.tables.map((table) => {
      const wanted = tables.get(nameKey(table))?.columns.map(({ name }) => name) ?? [];
      const place = (name: string): number => {
        const at = wanted.indexOf(name);
        return at < 0 ? wanted.length : at;
      };
      return {
        ...table,
        columns: table.columns.toSorted((one, other) => place(one.name) - place(other.name)),
      };
    }),
  };
}
