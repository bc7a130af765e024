import { copySchema } from "../autogenerate/read/workplace";
import { includeObject } from "../autogenerate/propose/compareFilters";
import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { unlessForbidden } from "../database/unlessForbidden";
import { introspect } from "../database/introspect/introspect";
import { locateVersionTable, readVersionRows, versionTableName } from "../database/versionTable";
import { withDatabase, type CommandContext, type OpenedDatabase } from "../context/commandContext";
import { CommandError } from "../context/commandError";
import type { DriftDifference, DriftResult } from "../context/driftCommand";
import { readSoundGraph } from "../context/readGraph";
import { openScratchDatabase } from "../context/scratchDatabase";
import { versionTableOf } from "../context/versionTableOf";
import type { RevisionGraph } from "../revision/graph";
import { resolveRevisions } from "../revision/resolve";
import type { SidesOptions } from "./compareSides";
import { expectedSide } from "./expectedSide";
import { findTypeormTables, ignoredTables, type TypeormTables } from "./ignoredTables";
import { arePrintedDifferently, printedAlike } from "./printedAlike";
import {
  allSchemas,
  readSession,
  readSide,
  whileReading,
  type DriftSide,
  type SessionFacts,
} from "./readSide";
import { readSurroundings, type Surroundings } from "./serverSurroundings";
import { compareRows, judgeRows } from "./versionRows";

/** Two sides, read and described. */
export interface ReadSides {
  readonly expected: DriftSide;
  readonly actual: DriftSide;
  readonly descriptions: Pick<DriftResult, "expected" | "actual">;
  readonly rowDifferences: readonly DriftDifference[];
  readonly unseen: readonly string[];
}

/**
 * Reads the context's database, and what the revisions make that its version table names.
 * @param to another place of the graph than that
 */
export async function readAgainstRevisions(
  context: CommandContext,
  to: string | undefined,
): Promise<ReadSides> {
  const graph = await readSoundGraph(context);
  const typeormTables = await findTypeormTables(context);
  return withDatabase(context, async (opened) => {
    const connection = requirePostgres(opened);
    const before = await readBefore(context, connection);
    const judged = judgeRows(graph, before.rows ?? []);
    const revisions = targetOf(graph, to, before.rows === undefined ? undefined : judged.effective);
    const {
      side: expected,
      database,
      takenOver,
    } = await expectedSide(context, graph, { ...before, revisions, typeormTables });
    let actual: DriftSide;
    try {
      const read = await readActual(context, connection, before.session, { expected, typeormTables });
      requireUnmoved(before.rows, read.rows);
      actual = arePrintedDifferently(read, expected)
        ? await printedAlike(
            read,
            expected,
            { connection: database.connection, model: expected.model },
            filtersOf(context, expected),
          )
        : read;
    } finally {
      await database.close();
    }
    return {
      expected,
      actual,
      descriptions: {
        expected: { kind: "revisions", revisions },
        actual: describe(context, opened, actual),
      },
      rowDifferences: [
        ...judged.differences,
        ...(to === undefined ? [] : compareRows(judged.effective, revisions)),
      ],
      unseen: [
        ...unseenOf(actual, "the heads of the revisions are taken for its state"),
        ...takenOver.map(
          (extension) =>
            `extension ${extension}: the revisions use extensions that they do not create, so those of the database are taken for theirs`,
        ),
      ],
    };
  });
}

/** Reads two databases; the first is what the second should be. A tenant's schema stands for the other tenant's. */
export async function readBetween(first: CommandContext, second: CommandContext): Promise<ReadSides> {
  const typeormTables = await findTypeormTables(first);
  const expected = await readDatabase(first, typeormTables, undefined);
  const actual = await readDatabase(second, typeormTables, expected.side.model.defaultSchema);
  return {
    expected: expected.side,
    actual: await printedLike(first, actual.side, expected.side),
    descriptions: { expected: expected.description, actual: actual.description },
    rowDifferences:
      expected.side.rows === undefined || actual.side.rows === undefined
        ? []
        : compareRows(actual.side.rows, expected.side.rows),
    unseen: [expected, actual].flatMap(({ side, description }) =>
      unseenOf(side, "the rows are not compared").map((text) => `${description.name ?? ""}: ${text}`),
    ),
  };
}

/** The second side as the first one's server would print it, on a copy of the first one's schema. */
async function printedLike(
  context: CommandContext,
  actual: DriftSide,
  expected: DriftSide,
): Promise<DriftSide> {
  if (!arePrintedDifferently(actual, expected)) {
    return actual;
  }
  const scratch = await openScratchDatabase(context);
  const { connection } = scratch;
  try {
    await connection.run("BEGIN");
    await copySchema(connection, expected.model);
    await connection.run("COMMIT");
    const model = await introspect(connection, {
      schemas: expected.model.schemas.map(({ name }) => ({ name })),
      defaultSchema: expected.model.defaultSchema,
    });
    return await printedAlike(actual, expected, { connection, model }, filtersOf(context, expected));
  } catch (error) {
    if (!(error instanceof DatabaseError)) {
      throw error;
    }
    context.report({
      kind: "log",
      level: "warning",
      message: `Two versions of PostgreSQL may print one expression in two ways, and the schema can't be copied to compare them in one: ${error.message}`,
    });
    return actual;
  } finally {
    await scratch.close();
  }
}

function filtersOf({ config }: CommandContext, { model }: DriftSide): Pick<SidesOptions, "includeObject"> {
  return { includeObject: includeObject(config, model.defaultSchema) };
}

/** @throws CommandError `moved-on` */
function requireUnmoved(before: readonly string[] | undefined, after: readonly string[] | undefined): void {
  const [left, right] = [before, after].map((rows) => JSON.stringify(rows?.toSorted() ?? null));
  if (left !== right) {
    throw new CommandError(
      "moved-on",
      "The database was migrated while it was compared.",
      "Run the command again.",
    );
  }
}

interface DescribedSide {
  readonly side: DriftSide;
  readonly description: DriftResult["actual"];
}

function readDatabase(
  context: CommandContext,
  typeormTables: TypeormTables,
  standsFor: string | undefined,
): Promise<DescribedSide> {
  return withDatabase(context, async (opened) => {
    const connection = requirePostgres(opened);
    const { tenantSchema } = context;
    const side = await whileReading(connection, async () => {
      const session = await readSession(connection);
      return readSide(connection, session, {
        schemas: tenantSchema === undefined ? undefined : [tenantSchema],
        standsFor: tenantSchema === undefined ? undefined : standsFor,
        versionTable: versionTableOf(context.config),
        ignoredTables: ignoredTables(typeormTables, session.defaultSchema, []),
      });
    });
    return { side, description: describe(context, opened, side) };
  });
}

interface StateBefore {
  readonly session: SessionFacts;
  readonly rows: readonly string[] | undefined;
  readonly surroundings: Surroundings;
}

function readBefore({ config }: CommandContext, connection: Connection): Promise<StateBefore> {
  return whileReading(connection, async () => {
    const session = await readSession(connection);
    const table = await unlessForbidden(connection, () =>
      locateVersionTable(connection, versionTableOf(config)),
    );
    return {
      session,
      rows: await unlessForbidden(connection, () =>
        readVersionRows(connection, table ?? versionTableOf(config)),
      ),
      surroundings: await readSurroundings(connection, versionTableName(table ?? versionTableOf(config))),
    };
  });
}

/** Where the revisions are replayed to. */
function targetOf(
  graph: RevisionGraph,
  to: string | undefined,
  rows: readonly string[] | undefined,
): readonly string[] {
  if (to === undefined && rows !== undefined) {
    return rows;
  }
  return judgeRows(
    graph,
    resolveRevisions(graph, to ?? "heads", rows ?? []).map(({ revision }) => revision),
  ).effective;
}

/**
 * Reads of the database the schemas in which the revisions make something, and of others that they are there. What is
 * beside the schema of a tenant is other tenants'.
 */
function readActual(
  { config, tenantSchema }: CommandContext,
  connection: Connection,
  session: SessionFacts,
  { expected, typeormTables }: { readonly expected: DriftSide; readonly typeormTables: TypeormTables },
): Promise<DriftSide> {
  return whileReading(connection, async () => {
    const present = await allSchemas(connection);
    const { defaultSchema } = session;
    const included = new Set([
      defaultSchema,
      ...expected.model.schemas.map(({ name }) => name),
      ...(typeof config.includeSchemas === "boolean" ? [] : config.includeSchemas),
    ]);
    const isRead = (name: string): boolean => included.has(name) || config.includeSchemas === true;
    const side = await readSide(connection, session, {
      schemas: present.filter(isRead),
      standsFor: undefined,
      versionTable: versionTableOf(config),
      ignoredTables: ignoredTables(typeormTables, defaultSchema, expected.model.tables),
    });
    const others =
      tenantSchema === undefined ? present.filter((name) => !isRead(name) && name !== "public") : [];
    const { model } = side;
    return {
      ...side,
      model: {
        ...model,
        schemas: [...model.schemas, ...others.map((name) => ({ name, comment: undefined }))],
      },
    };
  });
}

function requirePostgres({ database }: OpenedDatabase): Connection {
  if (database.connection.dialect !== "postgresql") {
    throw new CommandError(
      "needs-postgresql",
      "Drift can only be found in a PostgreSQL database.",
      "Name a PostgreSQL database with --url or --environment.",
    );
  }
  return database.connection;
}

function describe(
  { databaseLabel }: CommandContext,
  { description }: OpenedDatabase,
  { rows }: DriftSide,
): DriftResult["actual"] {
  return { kind: "database", name: databaseLabel, database: description, rows: rows?.toSorted() };
}

function unseenOf({ rows, unseen }: DriftSide, consequence: string): readonly string[] {
  return [
    ...(rows === undefined ? [`rows of the version table: permission denied; ${consequence}`] : []),
    ...unseen.map((title) => `${title}: permission denied`),
  ];
}
