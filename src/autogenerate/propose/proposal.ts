import { differencesToOperations } from "../plan/fromDifferences";
import type { RevisionGraph } from "../../revision/graph";
import { compareSchemas, type SchemaComparison } from "../compare/compareSchemas";
import type { Drift } from "../compare/compareOptions";
import type { RenameQuestion } from "../compare/difference";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { EntityDdl } from "../read/entityDdl";
import { openEntities, type ProjectEntities } from "../read/projectEntities";
import type { CommandContext, DropChoice } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import type { ComparedWith } from "../../context/commandTable";
import { comparisonOptions, type ComparedSides } from "./comparisonOptions";
import { askedComparison } from "../read/askedComparison";
import { buildConcurrently } from "../plan/concurrentIndexes";
import { decidedComparison } from "../read/decidedComparison";
import { describeTable, remarkedObjects, remarkedShared } from "../read/driftRemarks";
import type { Operation } from "../../operations/operation";
import type { QualifiedName } from "../../schema/model/tableModel";
import { inWordsOfEntities } from "./entityTexts";
import { ownership } from "../read/ownership";
import { inWordsOfFiles } from "../objects/objectTexts";
import {
  compareObjects,
  newObjects,
  openObjectFiles,
  projectObjects,
  withoutRemoved,
  withSchemasOf,
} from "../objects/projectObjects";
import type { Connection } from "../../database/connection";
import { plannedOperations, type PlannedOperation } from "../plan/plannedOperation";
import { beginReading, readServerFacts, type ServerFacts } from "../read/readDatabase";
import { replayRevisions } from "../../run/replayRevisions";
import { requireUpToDate } from "./requireUpToDate";
import { withStrangerWarnings } from "./strangerWarnings";
import { revisionTraces } from "../read/revisionTraces";
import { openCompared, type ComparedDatabase } from "../read/openCompared";
import { nameKey } from "../../schema/findNamed";
import { readBothSides, type BothSides } from "../read/workplace";

export interface ProposalOptions {
  /** Answers: `users.name:users.full_name`. */
  readonly renames?: readonly string[] | undefined;
  /** Take nothing for renamed, and ask nothing about it. */
  readonly noRenames?: boolean | undefined;
  /** What only the database has and is to be dropped: `users`, `media.duration`, `view active_users`. */
  readonly drops?: readonly string[] | undefined;
  /** What only the database has and is to stay. */
  readonly keeps?: readonly string[] | undefined;
  /** Whether globs of the DataSource may match nothing. */
  readonly allowEmptyGlobs?: boolean | undefined;
  /** Compare with what the revisions make on an embedded PostgreSQL; no database is opened. */
  readonly offline?: boolean | "where-needed" | undefined;
}

/** What would bring the database to what the entities say. */
export interface Proposal {
  readonly comparedWith: ComparedWith;
  readonly upgrade: readonly PlannedOperation[];
  readonly downgrade: readonly PlannedOperation[];
  /** Nobody said whether these are renames; they are written as drop and add. */
  readonly openQuestions: readonly RenameQuestion[];
  /** No entity describes these any more; they are left alone until somebody says that they go. */
  readonly undecided: readonly DropChoice[];
  /** Only in the database, and left alone. */
  readonly drift: readonly Drift[];
  /** Tables of the upgrade that several entities describe, and of which no revision says so. */
  readonly newlyShared: readonly QualifiedName[];
  /** What the revision is to say of the objects that it makes from files. */
  readonly keptRemarks: readonly string[];
}

/**
 * Compares the project's entities with its database.
 * @throws CommandError `needs-postgresql`, `not-up-to-date`, `unknown-rename`, `unknown-drop`, `empty-globs`; EntityError, LoadError, DatabaseError
 */
export async function propose(
  context: CommandContext,
  graph: RevisionGraph,
  options: ProposalOptions,
): Promise<Proposal> {
  const entities = await openEntities(context);
  const files = await openObjectFiles(context);
  const { database, ...opened } = await openCompared(context, options.offline ?? false);
  try {
    const { connection } = database;
    if (connection.dialect !== "postgresql") {
      throw new CommandError(
        "needs-postgresql",
        "Entities can only be compared with a PostgreSQL database.",
        "Write the revision by hand, or name a PostgreSQL database with --url.",
      );
    }
    const comparedWith = await prepare(context, graph, { database, ...opened });
    const facts = await readServerFacts(connection);
    // The server reads its catalogs while this process loads the entities.
    const reading = beginReading(connection, context.config, facts.defaultSchema, entities.options);
    const { ddl: entityDdl, emptyGlobs } = await readEntities(context, entities, facts, options);
    const ddl = withSchemasOf(files, entityDdl);
    const known = await reading(ddl);
    const { after, ...sides } = await readBothSides(
      context,
      connection,
      ddl,
      known,
      newObjects(files, known),
    );
    warn(context, sides.warnings);
    const objects =
      context.config.objects === undefined
        ? undefined
        : projectObjects(files, { ddl, before: sides.before, graph }, comparedSchemas(context, entityDdl));
    const read = {
      ...sides,
      after: objects === undefined ? after : withoutRemoved(after, objects),
      ddl,
      objects,
    };
    const glance = glanceAt(context, read, options);
    const changes =
      glance === "nothingToDo"
        ? nothingToDo
        : await compareSides(context, graph, connection, {
            ...read,
            emptyGlobs,
            options,
            isReplayed: comparedWith.kind === "revisions",
            hasStrangers: glance === "strangers",
          });
    return { comparedWith, ...changes };
  } finally {
    await database.close();
  }
}

/** The schemas that are compared whole. */
function comparedSchemas(
  { config: { includeSchemas } }: CommandContext,
  { defaultSchema, schemas }: EntityDdl,
): readonly string[] | "all" {
  return includeSchemas === true
    ? "all"
    : [defaultSchema, ...schemas, ...(includeSchemas === false ? [] : includeSchemas)];
}

/** Brings the empty database to the head by its revisions, and requires of another that it is there. */
async function prepare(
  context: CommandContext,
  graph: RevisionGraph,
  opened: ComparedDatabase,
): Promise<ComparedWith> {
  if (opened.kind === "revisions") {
    await replayRevisions(context, graph, opened.database);
    return { kind: "revisions", reason: opened.reason, failure: opened.failure };
  }
  const rows = await requireUpToDate(context, graph, opened.database.connection);
  return { kind: "database", database: opened.description, rows };
}

type Changes = Omit<Proposal, "comparedWith">;

const nothingToDo: Changes = {
  upgrade: [],
  downgrade: [],
  openQuestions: [],
  undecided: [],
  drift: [],
  newlyShared: [],
  keptRemarks: [],
};

async function readEntities(
  context: CommandContext,
  entities: ProjectEntities,
  facts: ServerFacts,
  options: ProposalOptions,
): Promise<{ readonly ddl: EntityDdl; readonly emptyGlobs: readonly string[] }> {
  const { ddl, warnings, ...found } = await entities.read(facts);
  const isEmptyAllowed = options.allowEmptyGlobs ?? context.config.allowEmptyGlobs;
  const emptyGlobs = isEmptyAllowed ? [] : found.emptyGlobs;
  warn(context, [
    ...emptyGlobs.map(
      (glob) => `No file matches ${glob}, which the DataSource names: entities may be missing.`,
    ),
    ...warnings,
  ]);
  return { ddl, emptyGlobs };
}

/** What is seen of the tables that differ: whether only the database has something. */
type Glance = "nothingToDo" | "strangers" | "unknown";

/**
 * Tables that were taken over from the database are equal, and need not be compared for finding that nothing differs;
 * where something does, what it takes to change it may depend on all of them.
 */
function glanceAt(
  context: CommandContext,
  sides: BothSides & ComparedSides,
  options: ProposalOptions,
): Glance {
  if (sides.objects !== undefined) {
    return "unknown";
  }
  if ((options.renames !== undefined && options.renames.length > 0) || hasDropAnswers(options)) {
    return "unknown";
  }
  const without = (model: SchemaModel): SchemaModel => ({
    ...model,
    tables: model.tables.filter((table) => !sides.knownTables.has(table)),
  });
  const { differences, early, drift, questions } = compareSchemas(
    without(sides.before),
    without(sides.after),
    comparisonOptions(context, sides, options),
  );
  if ([differences, early, drift, questions].every((found) => found.length === 0)) {
    return "nothingToDo";
  }
  return drift.length > 0 ? "strangers" : "unknown";
}

interface Sides extends ComparedSides {
  readonly after: SchemaModel;
  readonly emptyGlobs: readonly string[];
  readonly options: ProposalOptions;
  /** Whether the revisions have been run by this process. */
  readonly isReplayed: boolean;
  /** Whether it is known that the database has something which the entities have not. */
  readonly hasStrangers: boolean;
}

async function compareSides(
  context: CommandContext,
  graph: RevisionGraph,
  connection: Connection,
  sides: Sides,
): Promise<Changes> {
  const { before, after, ddl, options, objects } = sides;
  const filters = comparisonOptions(context, sides, options);
  const noAnswers = { renames: options.renames ?? [], declined: new Set<string>() };
  const first = sides.hasStrangers ? undefined : await askedComparison(context, sides, filters, noAnswers);
  const isOwnershipOfUse =
    first === undefined ||
    first.comparison.drift.some(({ reason }) => reason === "unknown") ||
    hasDropAnswers(options);
  const wasShared: ReadonlySet<string> =
    isOwnershipOfUse || ddl.severallyDescribed.length > 0 ? remarkedShared(graph) : new Set();
  const remarked: ReadonlySet<string> = isOwnershipOfUse ? remarkedObjects(graph) : new Set();
  const tracesOptions = { isReplayed: sides.isReplayed, schemas: [ddl.defaultSchema, ...ddl.schemas] };
  const {
    comparison: withEntities,
    openQuestions,
    undecided,
  } = isOwnershipOfUse
    ? await decidedComparison(context, {
        models: sides,
        filters,
        ownership: ownership(await revisionTraces(context, graph, tracesOptions), before, after, {
          shared: [...ddl.shared, ...before.tables.filter((table) => wasShared.has(describeTable(table)))],
          remarked,
        }),
        renames: first ?? noAnswers,
        answers: { drops: options.drops ?? [], keeps: options.keeps ?? [], remarked },
        requireCertain: (found, open) => requireFullGlobs(sides.emptyGlobs, found, open),
      })
    : { ...first, undecided: [] };
  const { comparison, wanted, remarks } =
    objects === undefined
      ? { comparison: withEntities, wanted: [], remarks: [] }
      : await compareObjects(context, connection, objects, withEntities);
  const { upgrade, downgrade } = differencesToOperations(comparison);
  const changed = new Set(upgrade.operations.flatMap((operation) => tablesOf(operation, ddl.defaultSchema)));
  return {
    upgrade: buildConcurrently(
      inWordsOfFiles(
        inWordsOfEntities(
          withStrangerWarnings(plannedOperations(upgrade), comparison.drift, ddl.defaultSchema),
          ddl,
        ),
        wanted,
        ddl.defaultSchema,
      ),
      ddl,
    ),
    downgrade: plannedOperations(downgrade),
    openQuestions,
    undecided,
    drift: comparison.drift.filter(({ reason }) => reason !== "undecided"),
    newlyShared: ddl.severallyDescribed.filter(
      (table) => changed.has(nameKey(table)) && !wasShared.has(describeTable(table)),
    ),
    keptRemarks: remarks,
  };
}

/** Keys of the tables that an operation is about. */
function tablesOf(operation: Operation, defaultSchema: string): readonly string[] {
  if (!("table" in operation) || typeof operation.table !== "string") {
    return [];
  }
  const schema = ("schema" in operation ? operation.schema : undefined) ?? defaultSchema;
  const names = operation.kind === "renameTable" ? [operation.newName] : [operation.table];
  return names.map((name) => nameKey({ schema, name }));
}

function hasDropAnswers({ drops = [], keeps = [] }: ProposalOptions): boolean {
  return drops.length + keeps.length > 0;
}

/**
 * Nothing is dropped while entities may be missing.
 * @throws CommandError `empty-globs`
 */
function requireFullGlobs(
  emptyGlobs: readonly string[],
  { differences }: SchemaComparison,
  undecided: readonly DropChoice[],
): void {
  const isRemoved = differences.some(
    (difference) =>
      difference.kind !== "comment" &&
      "before" in difference &&
      difference.before !== undefined &&
      difference.after === undefined,
  );
  if (emptyGlobs.length > 0 && (isRemoved || undecided.length > 0)) {
    const missing = undecided.map(({ kind, name }) => `${kind} ${name}`);
    throw new CommandError(
      "empty-globs",
      `No file matches ${emptyGlobs.join(", ")}, which the DataSource names, and the database has what no entity describes${missing.length === 0 ? "" : `: ${missing.join(", ")}`}.`,
      "Correct the globs of the DataSource. If they are meant to match nothing, use --allow-empty-globs, or set allowEmptyGlobs in the configuration.",
    );
  }
}

function warn(context: CommandContext, messages: readonly string[]): void {
  for (const message of messages) {
    context.report({ kind: "log", level: "warning", message });
  }
}
