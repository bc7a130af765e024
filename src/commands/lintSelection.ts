import { realpathSync } from "node:fs";
import { CommandError } from "../context/commandError";
import { withDatabase, type CommandContext } from "../context/commandContext";
import { requireOneDatabase } from "../context/namedDatabases";
import type { LintOptions } from "../context/lintCommand";
import { versionTableOf } from "../context/versionTableOf";
import { DatabaseError } from "../database/databaseError";
import { readVersionRows } from "../database/versionTable";
import { RevisionError } from "../revision/errors";
import type { RevisionGraph } from "../revision/graph";
import { historyRange } from "../revision/history";
import { impliedRevisions } from "../revision/lineage";
import { resolveRevisions } from "../revision/resolve";
import { changedFiles } from "./changedFiles";
import { readDatabaseFacts, type DatabaseFacts } from "./databaseFacts";

/** Which revisions are linted. */
export interface LintSelection {
  readonly isWanted: (revision: string) => boolean;
  /** Whether they are run together, so that what one makes is new for the next. */
  readonly isOneRun: boolean;
  /** What was asked which revisions are applied; undefined where nothing was. */
  readonly database: string | undefined;
  /** What it is, where it was asked and is a PostgreSQL. */
  readonly facts: DatabaseFacts | undefined;
}

/** Finds the revisions that are meant: those of a range, those since a revision or commit, or those that are pending. */
export async function selectRevisions(
  context: CommandContext,
  graph: RevisionGraph,
  options: LintOptions,
): Promise<LintSelection> {
  const { range, since, all } = options;
  const isPending = range === undefined && since === undefined && all !== true;
  const asked = isPending || options.sizes === true ? await askDatabase(context, graph, options) : undefined;
  const of = (revisions: ReadonlySet<string>, isOneRun: boolean): LintSelection => ({
    isWanted: (revision) => revisions.has(revision),
    isOneRun,
    database: asked?.database,
    facts: asked?.facts,
  });
  if (range !== undefined) {
    const named = range.includes(":") ? historyRange(graph, range, []) : resolveRevisions(graph, range);
    return of(new Set(named.map(({ revision }) => revision)), false);
  }
  if (since !== undefined) {
    return of(await revisionsSince(context, graph, since), true);
  }
  return asked === undefined || all === true
    ? of(new Set(graph.revisions.map(({ revision }) => revision)), false)
    : of(asked.pending, true);
}

/**
 * The revisions that came after a revision, or whose files are new or changed since a commit of Git.
 * @throws CommandError `unknown-since`
 */
export async function revisionsSince(
  context: CommandContext,
  graph: RevisionGraph,
  since: string,
): Promise<ReadonlySet<string>> {
  const ids = graph.revisions.map(({ revision }) => revision);
  const named = revisionsNamed(graph, since);
  if (named !== undefined) {
    const below = impliedRevisions(graph, named);
    return new Set(ids.filter((id) => !below.has(id)));
  }
  const files = new Set<string>();
  for (const folder of context.config.versionLocations) {
    (await changedFiles(realpathSync.native(folder), since)).forEach((file) => files.add(file));
  }
  return new Set(
    graph.revisions
      .filter(({ path }) => files.has(realpathSync.native(path)))
      .map(({ revision }) => revision),
  );
}

/** Undefined where it names no revision. */
function revisionsNamed(graph: RevisionGraph, symbol: string): readonly string[] | undefined {
  try {
    return resolveRevisions(graph, symbol).map(({ revision }) => revision);
  } catch (error) {
    if (error instanceof RevisionError) {
      return undefined;
    }
    throw error;
  }
}

/** Undefined, with a warning, where no database answers. */
async function askDatabase(
  context: CommandContext,
  graph: RevisionGraph,
  { range, since, all, sizes = false }: LintOptions,
): Promise<
  | {
      readonly pending: ReadonlySet<string>;
      readonly database: string;
      readonly facts: DatabaseFacts | undefined;
    }
  | undefined
> {
  try {
    requireOneDatabase(context, "read");
    return await withDatabase(context, async ({ database: { connection }, description }) => {
      const rows = await readVersionRows(connection, versionTableOf(context.config));
      const applied = impliedRevisions(graph, rows);
      const ids = graph.revisions.map(({ revision }) => revision);
      return {
        pending: new Set(ids.filter((id) => !applied.has(id))),
        database: description.name,
        facts: await readDatabaseFacts(connection, { sizes }),
      };
    });
  } catch (error) {
    if (!(error instanceof DatabaseError) && !(error instanceof CommandError)) {
      throw error;
    }
    const isChosen = range !== undefined || since !== undefined || all === true;
    const what = isChosen
      ? "Could not read the sizes of tables"
      : "Could not read which revisions are applied, so all are linted";
    context.report({ kind: "log", level: "warning", message: `${what}: ${error.message}` });
    return undefined;
  }
}
