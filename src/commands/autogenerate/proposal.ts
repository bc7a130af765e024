import { differencesToOperations } from "../../operations/fromDifferences";
import type { RevisionGraph } from "../../revision/graph";
import { compareSchemas, type SchemaComparison } from "../../schema/compare/compareSchemas";
import type { CompareOptions, Drift } from "../../schema/compare/compareOptions";
import type { RenameQuestion } from "../../schema/compare/difference";
import type { SchemaModel } from "../../schema/model/schemaModel";
import { buildEntities } from "../../typeorm/buildEntities";
import { entityDdl, type EntityDdl } from "../../typeorm/entityDdl";
import type { LoadedDataSource } from "../../typeorm/loadDataSource";
import type { CommandContext } from "../commandContext";
import { CommandError } from "../commandError";
import type { ComparedWith } from "../commandTable";
import { columnComparisons } from "./columnComparisons";
import { includeObject, isExpressibleInEntities, isGeneratedName } from "./compareFilters";
import { buildConcurrently } from "./concurrentIndexes";
import { inWordsOfEntities } from "./entityTexts";
import { madeObjects } from "./madeByRevisions";
import { plannedOperations, type PlannedOperation } from "./plannedOperation";
import { beginReading, readServerFacts, toolTables, type ServerFacts } from "./readDatabase";
import { replayRevisions } from "./replayRevisions";
import { requireUpToDate } from "./requireUpToDate";
import { revisionStatements } from "./revisionStatements";
import { openCompared, type ComparedDatabase } from "./openCompared";
import { nameKey } from "../../schema/compare/findNamed";
import { readBothSides, type BothSides } from "./workplace";

export interface ProposalOptions {
  /** Answers: `users.name:users.full_name`. */
  readonly renames?: readonly string[] | undefined;
  /** Take nothing for renamed, and ask nothing. */
  readonly noRenames?: boolean | undefined;
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
  /** Only in the database, and left alone. */
  readonly drift: readonly Drift[];
}

/**
 * Compares the project's entities with its database.
 * @throws CommandError `needs-postgresql`, `not-up-to-date`, `unknown-rename`; EntityError, LoadError, DatabaseError
 */
export async function propose(
  context: CommandContext,
  graph: RevisionGraph,
  options: ProposalOptions,
): Promise<Proposal> {
  const loaded = await context.loadDataSource();
  const { database, ...opened } = await openCompared(context, options.offline ?? false);
  try {
    const { connection } = database;
    if (connection.dialect !== "postgresql") {
      throw new CommandError(
        "needs-postgresql",
        "Entities can be compared with a PostgreSQL database only.",
        "Write the revision by hand, or name a PostgreSQL database with --url.",
      );
    }
    const comparedWith = await prepare(context, graph, { database, ...opened });
    const facts = await readServerFacts(connection);
    // The server reads its catalogs while this process loads the entities.
    const reading = beginReading(connection, context.config, facts.defaultSchema, loaded.dataSource);
    const ddl = await readEntities(context, loaded, facts);
    const sides = await readBothSides(context, connection, ddl, await reading(ddl));
    warn(context, sides.warnings);
    const changes = isNothingToDo(context, { ...sides, ddl }, options)
      ? nothingToDo
      : await compareSides(context, graph, { ...sides, ddl, options });
    return { comparedWith, ...changes };
  } finally {
    await database.close();
  }
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

const nothingToDo: Changes = { upgrade: [], downgrade: [], openQuestions: [], drift: [] };

async function readEntities(
  context: CommandContext,
  loaded: LoadedDataSource,
  { defaultSchema, version }: ServerFacts,
): Promise<EntityDdl> {
  const built = await buildEntities({
    ...loaded,
    directory: context.config.directory,
    defaultSchema,
    serverVersion: version,
  });
  warn(context, built.warnings);
  return entityDdl(built, defaultSchema);
}

/**
 * Tables that were taken over from the database are equal, and need not be compared for finding that nothing differs;
 * where something does, what it takes to change it may depend on all of them.
 */
function isNothingToDo(
  context: CommandContext,
  sides: BothSides & Pick<Sides, "ddl">,
  options: ProposalOptions,
): boolean {
  if (options.renames !== undefined && options.renames.length > 0) {
    return false;
  }
  const without = (model: SchemaModel): SchemaModel => ({
    ...model,
    tables: model.tables.filter((table) => !sides.knownTables.has(table)),
  });
  const comparison = compareSchemas(
    without(sides.before),
    without(sides.after),
    filtersOf(context, sides, options),
  );
  return (
    comparison.differences.length === 0 &&
    comparison.early.length === 0 &&
    comparison.drift.length === 0 &&
    comparison.questions.length === 0
  );
}

function filtersOf(
  context: CommandContext,
  { before, ddl }: Pick<Sides, "before" | "ddl">,
  options: ProposalOptions,
): CompareOptions {
  const isIncluded = includeObject(context.config, before.defaultSchema);
  const untouched = new Set(
    [...ddl.unsynchronized, ...toolTables(context.config, before.defaultSchema)].map(nameKey),
  );
  return {
    includeObject: (object, side, counterpart) =>
      !((object.kind === "table" || object.kind === "view") && untouched.has(nameKey(object))) &&
      isIncluded(object, side, counterpart),
    isExpressible: isExpressibleInEntities,
    isNameGenerated: isGeneratedName,
    ...columnComparisons(context.config, before.defaultSchema),
    isRenameAsked: options.noRenames !== true,
  };
}

interface Sides {
  readonly before: SchemaModel;
  readonly after: SchemaModel;
  readonly ddl: EntityDdl;
  readonly options: ProposalOptions;
}

async function compareSides(context: CommandContext, graph: RevisionGraph, sides: Sides): Promise<Changes> {
  const { before, options } = sides;
  const filters = filtersOf(context, sides, options);
  const first = await askedComparison(context, sides, filters);
  const isOwnershipOfUse = first.comparison.drift.some(({ reason }) => reason === "unknown");
  const { comparison, openQuestions } = isOwnershipOfUse
    ? await askedComparison(
        context,
        { ...sides, options: { ...options, renames: first.renames } },
        { ...filters, managed: madeObjects(await revisionStatements(context, graph), before) },
        first.declined,
      )
    : first;
  const { upgrade, downgrade } = differencesToOperations(comparison);
  return {
    upgrade: buildConcurrently(inWordsOfEntities(plannedOperations(upgrade), sides.ddl), sides.ddl),
    downgrade: plannedOperations(downgrade),
    openQuestions,
    drift: comparison.drift,
  };
}

interface AskedComparison {
  readonly comparison: SchemaComparison;
  readonly openQuestions: readonly RenameQuestion[];
  /** The answers given so far, yes and no. */
  readonly renames: readonly string[];
  readonly declined: ReadonlySet<string>;
}

/** An answer may settle other questions, so they are asked one at a time. */
async function askedComparison(
  context: CommandContext,
  { before, after, options }: Sides,
  filters: CompareOptions,
  alreadyDeclined: ReadonlySet<string> = new Set(),
): Promise<AskedComparison> {
  const renames = [...(options.renames ?? [])];
  const declined = new Set(alreadyDeclined);
  for (;;) {
    const comparison = compareSchemas(before, after, { ...filters, renames });
    requireMatched(comparison);
    const questions = comparison.questions.filter(({ answer }) => !declined.has(answer));
    const [question] = questions;
    if (question === undefined || context.askRename === undefined) {
      // What was answered with no is not to be asked again by a comment in the file.
      return { comparison: { ...comparison, questions }, openQuestions: questions, renames, declined };
    }
    const { kind, from, to, score, answer } = question;
    if (await context.askRename({ kind, from, to, score })) {
      renames.push(answer);
    } else {
      declined.add(answer);
    }
  }
}

function requireMatched({ unmatchedRenames }: SchemaComparison): void {
  const [unmatched] = unmatchedRenames;
  if (unmatched !== undefined) {
    throw new CommandError(
      "unknown-rename",
      `The rename ${unmatched} fits nothing: the database has no such name, or the entities have no such new one.`,
      "Write it as users.name:users.full_name for a column, users:accounts for a table.",
    );
  }
}

function warn(context: CommandContext, messages: readonly string[]): void {
  for (const message of messages) {
    context.report({ kind: "log", level: "warning", message });
  }
}
