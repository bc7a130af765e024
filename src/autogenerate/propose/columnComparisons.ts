import type { ProjectConfig } from "../../project/projectConfig";
import type { CompareOptions, ComparedColumn } from "../compare/compareOptions";
import type { ColumnModel } from "../../schema/model/columnModel";

type Hook = ProjectConfig["hooks"]["compareType"];

/** The project's `compareType` and `compareServerDefault` as the comparison asks for them. */
export function columnComparisons(
  { hooks }: Pick<ProjectConfig, "hooks">,
  defaultSchema: string,
): Pick<CompareOptions, "isTypeChanged" | "isDefaultChanged"> {
  const isComputed = ({ before, after }: ComparedColumn): boolean =>
    before.generation !== undefined || after.generation !== undefined;
  return {
    isTypeChanged: (column) => ask(hooks.compareType, column, ({ type }) => type, defaultSchema),
    isDefaultChanged: (column) =>
      // A function is asked for defaults alone: what is computed has none.
      typeof hooks.compareServerDefault === "function" && isComputed(column)
        ? undefined
        : ask(hooks.compareServerDefault, column, (model) => model.default ?? null, defaultSchema),
  };
}

function ask(
  hook: Hook,
  { table, before, after }: ComparedColumn,
  textOf: (column: ColumnModel) => string | null,
  defaultSchema: string,
): boolean | undefined {
  if (typeof hook === "boolean") {
    return hook;
  }
  return hook({
    schemaName: table.schema === defaultSchema ? null : table.schema,
    tableName: table.name,
    columnName: after.name,
    databaseValue: textOf(before),
    metadataValue: textOf(after),
  });
}
