import { CommandError } from "../context/commandError";
import type { CommandContext } from "../context/commandContext";
import type { CommandTable, MigrationRunResult } from "../context/commandTable";
import type { CommandEvent } from "../context/events";
import { runOnMany, type FanOutEntry } from "../commands/fanOut";
import { chosenEnvironments, isManyDatabases, listDatabases } from "../context/namedDatabases";
import type { CliSession } from "./cliSession";
import { describeFailure } from "./failure";
import { failureJson, isChanging } from "./failureJson";
import { printJson, runJson } from "./json";
import type { FailureOutput } from "../outputs/errorOutput";
import { describeStep } from "../revision/describe";
import { exitCodes } from "./terminal";

export interface ManyOptions {
  readonly parallel: number;
  readonly json: boolean;
}

type RunOptions = CommandTable["upgrade" | "downgrade" | "stamp"]["options"];

/** The environments that a command is for, where they stand for several databases. */
export interface SeveralDatabases {
  readonly context: CommandContext;
  readonly selection: string;
}

/** Undefined where a command is for one database. */
export async function severalDatabases(session: CliSession): Promise<SeveralDatabases | undefined> {
  const context = await session.context();
  const selection = chosenEnvironments(context, session.options);
  return selection !== undefined && isManyDatabases(context, selection) ? { context, selection } : undefined;
}

/**
 * Runs a command on every database that the chosen environments stand for, and prints a table of how it went.
 * @throws CommandError `several-databases` for a script
 * @returns the exit status, a failure if any database failed; undefined where there is only one database
 */
export async function runOnManyDatabases<Options extends RunOptions>(
  session: CliSession,
  command: (context: CommandContext, options: Options) => Promise<MigrationRunResult>,
  options: Options,
  { parallel, json }: ManyOptions,
): Promise<number | undefined> {
  const several = await severalDatabases(session);
  // A script is the same for all: only where several were asked for is it a mistake.
  const isScript = options.sql === true && session.options.environment === undefined;
  if (several === undefined || isScript) {
    return undefined;
  }
  const { context, selection } = several;
  if (options.sql === true) {
    throw new CommandError(
      "several-databases",
      `Can't use --sql with several databases: '${selection}' stands for more than one.`,
      "Leave out --environment, or name a single one: a script needs no database and is the same for all.",
    );
  }
  if (options.approved !== undefined) {
    throw new CommandError(
      "several-databases",
      `Can't use --approved with several databases: '${selection}' stands for more than one, and a plan ID is for one.`,
      "Name a single environment, or leave out --approved.",
    );
  }
  const started = new Set<string>();
  const entries = await runOnMany(command, context, await listDatabases(context, selection), options, {
    parallel,
    onEvent(database, event) {
      if (isChanging(event)) {
        started.add(database);
      }
      reportLine(session, database, event);
    },
  });
  if (json) {
    printJson(
      session,
      entries.map((entry) => entryJson(entry, runJson, started.has(entry.name))),
    );
  } else {
    session.print(summaryTable(entries));
  }
  return entries.every(({ outcome }) => outcome.kind === "ok") ? exitCodes.ok : exitCodes.failed;
}

/** Tells on stderr of what happens on one of the databases. */
export function reportLine(session: CliSession, database: string, event: CommandEvent): void {
  const text = lineOf(event);
  if (text !== undefined && session.options.quiet !== true) {
    session.terminal.stderr.write(`INFO  [${database}] ${text}\n`);
  }
}

function lineOf(event: CommandEvent): string | undefined {
  switch (event.kind) {
    case "stepStarted":
      return describeStep(event.step);
    case "waiting":
      return event.reason;
    case "log":
      return event.message;
    case "database":
    case "stepFinished":
    case "statement":
    case "fileWritten":
    case "roundTripStarted":
    case "roundTripFinished":
    case "dataTestStarted":
    case "dataTestFinished":
      return undefined;
  }
}

/** One row for each database, then the totals; a failure's details stand below its row. */
function summaryTable(entries: readonly FanOutEntry<MigrationRunResult>[]): string {
  const width = Math.max(...entries.map((entry) => entry.name.length));
  const lines = entries.flatMap(({ name, outcome }) => {
    const title = name.padEnd(width);
    switch (outcome.kind) {
      case "ok":
        return [`${title}  ok         ${describeResult(outcome.result)}`];
      case "cancelled":
        return [`${title}  cancelled  not started`];
      case "failed": {
        const failure = describeFailure(outcome.error, false);
        return [`${title}  failed     ${failure.headline.replace(/^FAILED: /, "")}`, ...failure.details];
      }
    }
  });
  const count = (kind: string): string =>
    String(entries.filter(({ outcome }) => outcome.kind === kind).length);
  lines.push(`${count("ok")} ok, ${count("failed")} failed, ${count("cancelled")} cancelled`);
  return lines.map((line) => `${line}\n`).join("");
}

function describeResult(result: MigrationRunResult): string {
  if (result.kind === "sql") {
    return "";
  }
  const place = result.heads.length === 0 ? "base" : result.heads.join(", ");
  const steps = result.steps.length === 1 ? "1 step" : `${String(result.steps.length)} steps`;
  return result.kind === "plan" ? `${steps} to ${place}` : `${steps}, now at ${place}`;
}

/**
 * How a command went on one of several databases, as `--json` gives it.
 * @param hasStarted whether it had begun to change that database
 */
export function entryJson<Result, Json>(
  { name, outcome }: FanOutEntry<Result>,
  resultJson: (result: Result) => Json,
  hasStarted: boolean,
): EntryJson<Json> {
  switch (outcome.kind) {
    case "ok":
      return { database: name, state: "ok", result: resultJson(outcome.result) };
    case "cancelled":
      return { database: name, state: "cancelled" };
    case "failed":
      return {
        database: name,
        state: "failed",
        error: describeFailure(outcome.error, false).headline,
        failure: failureJson(outcome.error, hasStarted),
      };
  }
}

type EntryJson<Result> =
  | { readonly database: string; readonly state: "ok"; readonly result: Result }
  | { readonly database: string; readonly state: "cancelled" }
  | {
      readonly database: string;
      readonly state: "failed";
      readonly error: string;
      readonly failure: FailureOutput;
    };
