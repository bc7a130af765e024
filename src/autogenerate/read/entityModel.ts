import type { Connection } from "../../database/connection";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import type { EntityDdl } from "./entityDdl";
import { readThroughScratch, type NewObject, type ScratchResult } from "./scratchModel";
import { nameKey } from "../../schema/findNamed";
import { withEqualDefaults } from "./equalDefaults";
import { frozenDefaultWarnings } from "./frozenDefaults";
import { sameByPrintedChecks } from "./printedChecks";
import { divideTables, planScratch } from "./scratchPlan";
import { completed } from "./tablePart";

export interface EntityModel extends ScratchResult {
  /** Tables of the database that were taken over, since the entities certainly ask for the same. */
  readonly knownTables: ReadonlySet<TableModel>;
}

/**
 * The schema that the entities ask for, as the server of a connection prints it. What entities have no words for
 * (functions, domains, free sequences) is as the database has it.
 */
export async function readEntityModel(
  connection: Connection,
  ddl: EntityDdl,
  before: SchemaModel,
  options: { readonly isInTransaction?: boolean; readonly newObjects?: readonly NewObject[] } = {},
): Promise<EntityModel> {
  const isInTransaction = options.isInTransaction === true;
  const divided = divideTables(ddl, before);
  const { defaultSchema } = before;
  const printed = await sameByPrintedChecks(connection, divided.uncertain, {
    defaultSchema,
    isInTransaction,
  });
  const plan = planScratch(
    ddl,
    new Map([...divided.same, ...printed.map(({ table, known }) => [table, known] as const)]),
  );
  const missing = ddl.extensions.filter((name) => !before.extensions.some((known) => known.name === name));
  const isNothingToAsk =
    plan.tables.length === 0 &&
    plan.columnTables.size === 0 &&
    ddl.views.length === 0 &&
    missing.length === 0;
  const { model, warnings } = isNothingToAsk
    ? { model: undefined, warnings: [] }
    : await readThroughScratch(connection, ddl, plan, {
        isInTransaction,
        newObjects: options.newObjects ?? [],
      });
  const made = new Map(model?.tables.map((table) => [nameKey(table), table]));
  const whole = plan.tables.flatMap((table) => made.get(nameKey(table)) ?? []);
  const tables = await withEqualDefaults(whole, before, ddl, { connection, isInTransaction });
  const parts = plan.parts.map((part) => {
    const table = plan.columnTables.get(part);
    return completed(part, table && made.get(nameKey(table)));
  });
  const usedEnums = new Set(ddl.enums.map(nameKey));
  const scratchEnums = new Set(model?.enums.map(nameKey));
  return {
    warnings: [...warnings, ...frozenDefaultWarnings(ddl)],
    knownTables: new Set(plan.knownTables),
    model: {
      ...before,
      schemas: schemasOf(ddl, before),
      extensions: model?.extensions ?? before.extensions,
      enums: sorted([
        ...(model?.enums ?? []),
        ...before.enums.filter((type) => usedEnums.has(nameKey(type)) && !scratchEnums.has(nameKey(type))),
      ]),
      tables: sorted([...tables, ...parts, ...plan.knownTables]),
      views: model?.views ?? [],
    },
  };
}

function schemasOf(ddl: EntityDdl, before: SchemaModel): SchemaModel["schemas"] {
  const known = new Set(before.schemas.map(({ name }) => name));
  const added = ddl.schemas.filter((name) => !known.has(name)).map((name) => ({ name, comment: undefined }));
  return [...before.schemas, ...added].sort((left, right) => compareText(left.name, right.name));
}

function sorted<Part extends QualifiedName>(parts: readonly Part[]): readonly Part[] {
  return [...parts].sort(
    (left, right) => compareText(left.schema, right.schema) || compareText(left.name, right.name),
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
