import type { Connection } from "../../database/connection";
import type { Database } from "../../database/database";
import { DatabaseError } from "../../database/databaseError";
import { differencesToOperations } from "../plan/fromDifferences";
import { compareSchemas } from "../compare/compareSchemas";
import { emptySchemaModel, type SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import type { Operation } from "../../operations/operation";
import { renderOperation } from "../../sql/renderOperation";
import { quoteIdentifier } from "../../sql/quote";
import type { EntityDdl } from "./entityDdl";
import { ConfigError } from "../../project/errors";
import { requireReadable } from "../../project/normaliseConfig";
import type { CommandContext } from "../../context/commandContext";
import { openTarget } from "../../context/openTarget";
import { readDatabase } from "./readDatabase";
import { readEntityModel } from "./entityModel";
import type { NewObject } from "./scratchModel";
import { openScratchDatabase } from "../../context/scratchDatabase";

/** The two sides of the comparison, printed by one server. */
export interface BothSides {
  readonly before: SchemaModel;
  readonly after: SchemaModel;
  /** Those of both sides that are known to be equal. */
  readonly knownTables: ReadonlySet<TableModel>;
  readonly warnings: readonly string[];
}

/**
 * Reads both sides where the database itself may be used as a scratch place; elsewhere its schema is copied to the
 * shadow database, or to an embedded one, and both sides are read there.
 */
export async function readBothSides(
  context: CommandContext,
  connection: Connection,
  ddl: EntityDdl,
  before: SchemaModel,
  newObjects: readonly NewObject[] = [],
): Promise<BothSides> {
  if (context.productionEnvironment !== undefined) {
    return readOnCopy(context, ddl, before, newObjects);
  }
  try {
    const { model, ...rest } = await readEntityModel(connection, ddl, before, { newObjects });
    return { before, after: model, ...rest };
  } catch (error) {
    if (!isScratchForbidden(error)) {
      throw error;
    }
    context.report({
      kind: "log",
      level: "info",
      message:
        "This user may not create a scratch schema in the database; its schema is copied elsewhere for the comparison.",
    });
    return readOnCopy(context, ddl, before, newObjects);
  }
}

/** Insufficient privilege, or a server that only reads. */
function isScratchForbidden(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof DatabaseError && ["42501", "25006"].includes(cause.sqlState ?? "");
}

async function readOnCopy(
  context: CommandContext,
  ddl: EntityDdl,
  original: SchemaModel,
  newObjects: readonly NewObject[],
): Promise<BothSides> {
  const database = await openShadow(context);
  const { connection } = database;
  try {
    await connection.run("BEGIN");
    await copySchema(connection, original);
    const before = await readDatabase(connection, ddl, context.config);
    const { model, ...rest } = await readEntityModel(connection, ddl, before, {
      isInTransaction: true,
      newObjects,
    });
    return { before, after: model, ...rest };
  } finally {
    await connection.run("ROLLBACK").catch(() => undefined);
    await database.close();
  }
}

/** An empty place for a comparison: the config's `shadowUrl`, or an embedded PostgreSQL. */
export async function openShadow(context: CommandContext): Promise<Database> {
  requireReadable(context.config, "shadowUrl");
  const { shadowUrl } = context.config;
  if (shadowUrl === undefined) {
    return openScratchDatabase(context);
  }
  const target = await context.readUrl(shadowUrl, "the config's shadowUrl");
  if (target.kind !== "server") {
    throw new ConfigError("config-invalid", "shadowUrl does not name a PostgreSQL server.", {
      file: context.config.configPath,
      key: "shadowUrl",
      hint: "Write it as postgresql://user@host/database, or remove it to use the embedded PostgreSQL.",
    });
  }
  return (await openTarget(target, { ...context, report: () => undefined })).database;
}

/** Schemas that extensions may have to themselves, as `extensions` of Supabase. */
function homesOfExtensions({ extensions }: SchemaModel): readonly string[] {
  return extensions.map(({ schema }) => schema).filter((schema) => !schema.startsWith("pg_"));
}

/** Makes what the model has on an empty database, in the open transaction. Rows are never copied. */
export async function copySchema(connection: Connection, model: SchemaModel): Promise<void> {
  await beginCopy(connection, model);
  for (const operation of copyOperations(model)) {
    const isOptional = operation.kind === "createExtension";
    for (const statement of renderOperation(operation, "postgresql")) {
      await connection.run("SAVEPOINT before_copy");
      try {
        await connection.run(statement.text, statement.values);
      } catch (error) {
        if (!isOptional) {
          throw error;
        }
        await connection.run("ROLLBACK TO SAVEPOINT before_copy");
      }
    }
  }
}

/** Makes the schemas of a copy, and finds names there as the database does. */
export async function beginCopy(
  connection: Connection,
  model: SchemaModel,
  setting: "SET LOCAL" | "SET" = "SET LOCAL",
): Promise<void> {
  const schemas = [...new Set([model.defaultSchema, ...homesOfExtensions(model)])].map(quoteIdentifier);
  await connection.run(
    [
      ...schemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema}`),
      `${setting} search_path = ${schemas.join(", ")}`,
    ].join("; "),
  );
}

/** What makes the model on an empty database. */
export function copyOperations(model: SchemaModel): readonly Operation[] {
  const comparison = compareSchemas(
    {
      ...emptySchemaModel(model.defaultSchema, model.serverVersion),
      schemas: [{ name: model.defaultSchema, comment: undefined }],
    },
    model,
    { isRenameAsked: false },
  );
  return differencesToOperations(comparison).upgrade.operations;
}
