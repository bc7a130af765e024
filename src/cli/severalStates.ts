import { current, isAtHeads } from "../commands/current";
import { runOnMany, type FanOutEntry, type FanOutOptions } from "../commands/fanOut";
import { status } from "../commands/status";
import type { CurrentOptions, CurrentResult, StatusResult } from "../context/commandTable";
import { listDatabases } from "../context/namedDatabases";
import { currentLine, describeRevision } from "../revision/describe";
import type { RevisionGraph } from "../revision/graph";
import type { CliSession } from "./cliSession";
import { describeFailure } from "./failure";
import { printJson } from "./json";
import { entryJson, reportLine, severalDatabases } from "./manyDatabases";
import { currentJson, statusJson } from "./stateJson";
import { exitCodes } from "./terminal";

/** How many databases are asked at once. */
const parallel = 4;

/**
 * `current` for every database that the chosen environments stand for: a line each, then how many are at the heads.
 * @returns the exit status; undefined where there is only one database
 */
export async function currentOfMany(
  session: CliSession,
  options: CurrentOptions,
  isJson: boolean,
): Promise<number | undefined> {
  const several = await severalDatabases(session);
  if (several === undefined) {
    return undefined;
  }
  const { context, selection } = several;
  const databases = await listDatabases(context, selection);
  const entries = await runOnMany(current, context, databases, options, fanOut(session));
  if (isJson) {
    printJson(
      session,
      entries.map((entry) => entryJson(entry, currentJson, false)),
    );
  } else {
    const { graph } = await context.readScripts();
    session.print(table(entries, (result) => describePlace(graph, result)) + headTotals(graph, entries));
  }
  return exitCodeOf(entries);
}

/**
 * `status` for every database that the chosen environments stand for: a line each.
 * @returns the exit status; undefined where there is only one database
 */
export async function statusOfMany(session: CliSession, isJson: boolean): Promise<number | undefined> {
  const several = await severalDatabases(session);
  if (several === undefined) {
    return undefined;
  }
  const { context, selection } = several;
  const databases = await listDatabases(context, selection);
  const entries = await runOnMany(status, context, databases, {}, fanOut(session));
  if (isJson) {
    printJson(
      session,
      entries.map((entry) => entryJson(entry, statusJson, false)),
    );
  } else {
    session.print(table(entries, describeCounts));
  }
  return exitCodeOf(entries);
}

function fanOut(session: CliSession): FanOutOptions {
  return { parallel, onEvent: (database, event) => reportLine(session, database, event) };
}

function table<Result>(
  entries: readonly FanOutEntry<Result>[],
  describe: (result: Result) => string,
): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  return entries
    .flatMap(({ name, outcome }) => {
      const title = name.padEnd(width);
      switch (outcome.kind) {
        case "ok":
          return [`${title}  ${describe(outcome.result)}`];
        case "cancelled":
          return [`${title}  cancelled`];
        case "failed": {
          const { headline, details } = describeFailure(outcome.error, false);
          return [`${title}  ${headline}`, ...details];
        }
      }
    })
    .map((line) => `${line}\n`)
    .join("");
}

function describePlace(graph: RevisionGraph, { revisions }: CurrentResult): string {
  return revisions.length === 0
    ? "base"
    : revisions.map(({ revision }) => describeRevision(graph, revision, currentLine)).join(", ");
}

function headTotals(graph: RevisionGraph, entries: readonly FanOutEntry<CurrentResult>[]): string {
  const results = entries.flatMap(({ outcome }) => (outcome.kind === "ok" ? [outcome.result] : []));
  const atHeads = results.filter((result) => isAtHeads(graph, result)).length;
  return `${String(atHeads)} at head, ${String(results.length - atHeads)} not at head, ${String(entries.length - results.length)} failed\n`;
}

function describeCounts({ rows, unknownRows, applied, pending, uncertain }: StatusResult): string {
  return [
    `at ${rows.length === 0 ? "base" : rows.join(", ")}`,
    `${String(applied.length)} applied`,
    `${String(pending.length)} pending`,
    ...(uncertain.length > 0 ? [`${String(uncertain.length)} unknown`] : []),
    ...unknownRows.map((row) => `no file has revision ${row}`),
  ].join(", ");
}

function exitCodeOf(entries: readonly FanOutEntry<unknown>[]): number {
  return entries.every(({ outcome }) => outcome.kind === "ok") ? exitCodes.ok : exitCodes.failed;
}
