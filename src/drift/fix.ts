import type { SchemaComparison } from "../autogenerate/compare/compareSchemas";
import { differencesToOperations } from "../autogenerate/plan/fromDifferences";
import { plannedOperations, type PlannedOperation } from "../autogenerate/plan/plannedOperation";
import { printBody } from "../autogenerate/propose/printBody";
import type { DriftResult } from "../context/driftCommand";
import type { ProjectConfig } from "../project/projectConfig";
import { renderOperation } from "../sql/renderOperation";

/** The operations that make the database what it should be, as a revision's body and as a script. */
export function fixOf(fixing: SchemaComparison, config: ProjectConfig): DriftResult["fix"] {
  const planned = plannedOperations(differencesToOperations(fixing).upgrade);
  return {
    sql: planned.map(printStatements).join("\n"),
    operations:
      planned.length === 0
        ? ""
        : `${printBody(planned, {
            namingConvention: config.namingConvention,
            renderItem: config.hooks.renderItem,
            remarks: [],
          })}\n`,
  };
}

function printStatements({ operation, warnings, isAutocommit }: PlannedOperation): string {
  const remarks = [
    ...warnings.map(({ text }) => text),
    ...(isAutocommit ? ["run this outside a transaction"] : []),
  ];
  const statements = renderOperation(operation, "postgresql", { offline: true });
  return [
    ...remarks.map((text) => `-- ${text.replaceAll(/\s+/g, " ")}\n`),
    ...statements.map(({ text }) => `${text};\n`),
  ].join("");
}
