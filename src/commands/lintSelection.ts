import { realpathSync } from "node:fs";
import { CommandError } from "../context/commandError";
import { withDatabase, type CommandContext } from "../context/commandContext";
import type { LintOptions } from "../context/commandTable";
import { versionTableOf } from "../context/versionTableOf";
import { DatabaseError } from "../database/databaseError";
import { readVersionRows } from "../database/versionTable";
import { RevisionError } from "../revision/errors";
import type { RevisionGraph } from "../revision/graph";
import { historyRange } from "../revision/history";
import { impliedRevisions } from "../revision/lineage";
import { resolveRevisions } from "../revision/resolve";
import { changedFiles } from "./changedFiles";

/** Which revisions are linted. */
export interface LintSelection {
  readonly isWanted: (revision: string) => boolean;
  /** Whether they are run together, so that what one makes is new for the next. */
  readonly isOneRun: boolean;
  /** What was asked which revisions are applied; undefined where nothing was. */
  readonly database: string | undefined;
  /** The major version of that database's server; undefined where nothing was asked. */
  readonly serverVersion: number | undefined;
}

/** Finds the revisions that are meant: those of a range, those since a revision or commit, or those that are pending. */
export async function selectRevisions(
  context: CommandContext,
  graph: RevisionGraph,
  { range, since, all }: LintOptions,
): Promise<LintSelection> {
  if (range !== undefined) {
    const named = range.includes(":") ? historyRange(graph, range, []) : resolveRevisions(graph, range);
    return of(new Set(named.map(({ revision }) => revision)), false);
  }
  if (since !== undefined) {
    return of(await revisionsSince(context, graph, since), true);
  }
  const pending = all === true ? undefined : await pendingRevisions(context, graph);
  return pending === undefined
    ? of(new Set(graph.revisions.map(({ revision }) => revision)), false)
    : { isWanted: (revision) => pending.revisions.has(revision), isOneRun: true, ...pending.server };
}

function of(revisions: ReadonlySet<string>, isOneRun: boolean): LintSelection {
  return {
    isWanted: (revision) => revisions.has(revision),
    isOneRun,
    database: undefined,
    serverVersion: undefined,
  };
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
    (await changedFiles(realpathSync(folder), since)).forEach((file) => files.add(file));
  }
  return new Set(
    graph.revisions.filter(({ path }) => files.has(realpathSync(path))).map(({ revision }) => revision),
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

/** Undefined, with a warning, where no database tells. */
async function pendingRevisions(
  context: CommandContext,
  graph: RevisionGraph,
): Promise<
  | {
      readonly revisions: ReadonlySet<string>;
      readonly server: Pick<LintSelection, "database" | "serverVersion">;
    }
  | undefined
> {
  try {
    return await withDatabase(context, async ({ database: { connection }, description }) => {
      const rows = await readVersionRows(connection, versionTableOf(context.config));
      const applied = impliedRevisions(graph, rows);
      const ids = graph.revisions.map(({ revision }) => revision);
      const { serverVersion } = connection;
      return {
        revisions: new Set(ids.filter((id) => !applied.has(id))),
        server: {
          database: description.name,
          serverVersion: serverVersion === undefined ? undefined : Math.floor(serverVersion / 10_000),
        },
      };
    });
  } catch (error) {
    if (!(error instanceof DatabaseError) && !(error instanceof CommandError)) {
      throw error;
    }
    context.report({
      kind: "log",
      level: "warning",
      message: `Could not read which revisions are applied, so all are linted: ${error.message}`,
    });
    return undefined;
  }
}
