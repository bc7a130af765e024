import { Option, type Command } from "commander";
import { drift } from "../commands/drift";
import { runOnMany, type FanOutEntry } from "../commands/fanOut";
import { listDatabases } from "../context/namedDatabases";
import { CommandError } from "../context/commandError";
import type { DriftOptions, DriftResult } from "../context/driftCommand";
import type { Bind, CliSession } from "./cliSession";
import { driftJson, driftText } from "./driftText";
import { describeFailure } from "./failure";
import { printJson } from "./json";
import { entryJson, reportLine, severalDatabases } from "./manyDatabases";
import { exitCodes } from "./terminal";

interface DriftFlags {
  readonly between?: readonly [string, string];
  readonly to?: string;
  readonly drop?: true;
  readonly rename?: readonly string[];
  readonly json?: true;
  readonly sql?: true;
  readonly operations?: true;
}

/** `drift`: whether a database is what the revisions make of it, or what another database is. */
export function addDriftCommand(program: Command, bind: Bind): void {
  program
    .command("drift")
    .description("find what a database has that its revisions do not make, and what it lacks")
    .addOption(
      new Option("--between <expected,actual>", "compare two environments instead; no revision is run")
        .argParser(twoNames)
        .conflicts("to"),
    )
    .option("--to <revision>", "compare with this revision, such as head (default: the version table's)")
    .option("--drop", "let the fix drop what only the database has")
    .option("--rename <old:new>", "a rename, such as users.name:users.full_name; may be repeated", collect)
    .addOption(new Option("--json", "print the result as JSON").conflicts(["sql", "operations"]))
    .addOption(new Option("--sql", "print the SQL that fixes the drift").conflicts("operations"))
    .option("--operations", "print the operations that fix the drift, as the body of a revision")
    .addHelpText(
      "after",
      "\nThe revisions run on an embedded PostgreSQL. The database is only read.\n" +
        "The exit status is 0 if there is no drift, and 255 if there is or if the comparison fails.",
    )
    .action(
      bind(async (session: CliSession, flags: DriftFlags) => {
        const options: DriftOptions = {
          ...(flags.between === undefined ? {} : { between: flags.between }),
          ...(flags.to === undefined ? {} : { to: flags.to }),
          ...(flags.drop === true ? { drop: true } : {}),
          ...(flags.rename === undefined ? {} : { renames: flags.rename }),
        };
        return (await driftOfMany(session, options, flags)) ?? driftOfOne(session, options, flags);
      }),
    );
}

function twoNames(value: string): readonly [string, string] {
  const [expected, actual, ...others] = value.split(",").map((name) => name.trim());
  if (
    expected === undefined ||
    expected === "" ||
    actual === undefined ||
    actual === "" ||
    others.length > 0
  ) {
    throw new CommandError(
      "conflicting-options",
      `--between takes two environments with a comma between them, not '${value}'.`,
      "Write the one to compare with, a comma, and the one to look at: --between staging,production.",
    );
  }
  return [expected, actual];
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

async function driftOfOne(session: CliSession, options: DriftOptions, flags: DriftFlags): Promise<number> {
  const result = await session.run(drift, options);
  if (flags.json === true) {
    printJson(session, driftJson(result));
  } else if (flags.sql === true || flags.operations === true) {
    session.output(flags.sql === true ? result.fix.sql : result.fix.operations);
    session.terminal.stderr.write(leftText(result));
  } else {
    session.print(driftText(result));
  }
  return result.differences.length === 0 ? exitCodes.ok : exitCodes.failed;
}

/** What the fix leaves, for those who see only the fix. */
function leftText({ differences, unseen }: DriftResult): string {
  const left = differences.filter(({ isFixed }) => !isFixed);
  return [
    ...left.map(({ kind, name, change }) => `WARNING Not fixed: ${change} ${kind} ${name}\n`),
    ...unseen.map((text) => `WARNING Not compared: ${text}\n`),
  ].join("");
}

/**
 * Looks at every database that the chosen environments stand for.
 * @returns undefined where that is one
 */
async function driftOfMany(
  session: CliSession,
  options: DriftOptions,
  flags: DriftFlags,
): Promise<number | undefined> {
  const several = options.between === undefined ? await severalDatabases(session) : undefined;
  if (several === undefined) {
    return undefined;
  }
  const { context, selection } = several;
  if (flags.sql === true || flags.operations === true) {
    throw new CommandError(
      "several-databases",
      `Can't use --sql or --operations with several databases: '${selection}' stands for more than one.`,
      "Name a single environment.",
    );
  }
  const entries = await runOnMany(drift, context, await listDatabases(context, selection), options, {
    parallel: 1,
    onEvent: (database, event) => reportLine(session, database, event),
  });
  if (flags.json === true) {
    printJson(
      session,
      entries.map((entry) => entryJson(entry, driftJson, false)),
    );
  } else {
    session.print(entries.map(entryText).join("\n"));
  }
  return entries.every(({ outcome }) => outcome.kind === "ok" && outcome.result.differences.length === 0)
    ? exitCodes.ok
    : exitCodes.failed;
}

function entryText({ name, outcome }: FanOutEntry<DriftResult>): string {
  switch (outcome.kind) {
    case "ok":
      return driftText(outcome.result);
    case "cancelled":
      return `${name}: cancelled, not compared\n`;
    case "failed": {
      const { headline, details } = describeFailure(outcome.error, false);
      return [`${name}: ${headline}`, ...details].map((line) => `${line}\n`).join("");
    }
  }
}
