import type { CommandContext } from "../context/commandContext";
import { openScratchDatabase } from "../context/scratchDatabase";
import { versionTableOf } from "../context/versionTableOf";
import type { Database } from "../database/database";
import type { RevisionGraph } from "../revision/graph";
import { MigrationError } from "../run/migrationError";
import { replayRevisions } from "../run/replayRevisions";
import type { SchemaModel } from "../schema/model/schemaModel";
import { ignoredTables, type TypeormTables } from "./ignoredTables";
import { readSession, readSide, whileReading, type DriftSide, type SessionFacts } from "./readSide";
import { makeSurroundings, type Preparation, type Surroundings } from "./serverSurroundings";

export interface ExpectedRequest {
  /** Replayed with all that they need. */
  readonly revisions: readonly string[];
  /** Of the database that the revisions' schema is compared with. */
  readonly session: SessionFacts;
  readonly surroundings: Surroundings;
  readonly typeormTables: TypeormTables;
}

export interface ExpectedSide {
  readonly side: DriftSide;
  /** Where the revisions have run; whoever asked for the side closes it. */
  readonly database: Database;
  /** Extensions that the revisions count on and do not make. */
  readonly takenOver: readonly string[];
}

/** That a schema is there, or that a schema, type, function or operator class is not. */
const duplicateSchema = "42P06";
const undefinedObjects = new Set(["3F000", "42704", "42883"]);

/**
 * What the revisions make, on an embedded PostgreSQL that has the roles, schemas and default privileges of the database.
 * Revisions that count on extensions which they do not make find those of the database.
 * @throws MigrationError, LoadError as `upgrade` does
 */
export async function expectedSide(
  context: CommandContext,
  graph: RevisionGraph,
  request: ExpectedRequest,
): Promise<ExpectedSide> {
  let preparation: Preparation | undefined = { areSchemasMade: true, areExtensionsMade: false };
  for (;;) {
    const database = await openScratchDatabase(context);
    try {
      const side = await replayed(context, graph, database, request, preparation);
      const takenOver = preparation.areExtensionsMade ? request.surroundings.extensions : [];
      return { side, database, takenOver: takenOver.map(({ name }) => name) };
    } catch (error) {
      await database.close();
      preparation = nextPreparation(preparation, error);
      if (preparation === undefined) {
        throw error;
      }
    }
  }
}

/** What may succeed where this has failed: a revision makes what was there already, or counts on what was not. */
function nextPreparation(failed: Preparation, error: unknown): Preparation | undefined {
  const state = error instanceof MigrationError ? (error.sqlState ?? "") : "";
  if (failed.areSchemasMade && state === duplicateSchema) {
    return { ...failed, areSchemasMade: false };
  }
  return !failed.areExtensionsMade && undefinedObjects.has(state)
    ? { ...failed, areExtensionsMade: true }
    : undefined;
}

async function replayed(
  context: CommandContext,
  graph: RevisionGraph,
  database: Database,
  { revisions, session, surroundings, typeormTables }: ExpectedRequest,
  preparation: Preparation,
): Promise<DriftSide> {
  const { connection } = database;
  await makeSurroundings(connection, surroundings, session.searchPath, preparation);
  const own = await readSession(connection);
  if (revisions.length > 0) {
    await replayRevisions(context, graph, database, revisions);
  }
  const side = await whileReading(connection, () =>
    readSide(
      connection,
      { ...own, defaultSchema: session.defaultSchema },
      {
        schemas: undefined,
        standsFor: undefined,
        versionTable: versionTableOf(context.config),
        ignoredTables:
          typeormTables.named === undefined ? [] : ignoredTables(typeormTables, session.defaultSchema, []),
      },
    ),
  );
  return withoutUnused(side, session.defaultSchema);
}

/** `public` is there whether or not the revisions use it. */
function withoutUnused(side: DriftSide, defaultSchema: string): DriftSide {
  const used = usedSchemas(side.model);
  const isUsed = (name: string): boolean => name === defaultSchema || name !== "public" || used.has(name);
  return {
    ...side,
    model: { ...side.model, schemas: side.model.schemas.filter(({ name }) => isUsed(name)) },
  };
}

/** The schemas in which something is. */
function usedSchemas(model: SchemaModel): ReadonlySet<string> {
  const { tables, views, enums, domains, compositeTypes, sequences, functions, extensions } = model;
  return new Set(
    [tables, views, enums, domains, compositeTypes, sequences, functions, extensions].flatMap((objects) =>
      objects.map(({ schema }) => schema),
    ),
  );
}
