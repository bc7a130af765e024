import { InvalidArgumentError, Option, type Command } from "commander";
import type { MigrationRunResult } from "../context/commandTable";
import { ensureVersion } from "../commands/ensureVersion";
import { downgrade, upgrade } from "../commands/migrate";
import { stamp } from "../commands/stamp";
import type { Bind, CliSession } from "./cliSession";
import { runOnManyDatabases } from "./manyDatabases";
import { describeStep } from "../revision/describe";
import { printJson, runJson } from "./json";

interface RunFlags {
  readonly sql?: true;
  readonly plan?: true;
  readonly tag?: string;
  readonly backup?: true;
  readonly parallel: number;
  readonly json?: true;
}

interface StampFlags {
  readonly sql?: true;
  readonly plan?: true;
  readonly tag?: string;
  readonly purge?: true;
}

const targetHelp = [
  "",
  "Name a revision by its ID or the start of one, head, heads, base, a branch label,",
  "label@head, or relative to another: +2, -1, ae10+2.",
].join("\n");

/** `upgrade`, `downgrade`, `stamp`, `ensure_version`: the commands that move the version table. */
export function addMigrationCommands(program: Command, bind: Bind): void {
  for (const [name, run] of [
    ["upgrade", upgrade],
    ["downgrade", downgrade],
  ] as const) {
    program
      .command(name)
      .description(name === "upgrade" ? "upgrade to a later revision" : "revert to a previous revision")
      .argument("<revision>", "the target revision; with --sql also from:to")
      .option("--sql", "print the SQL instead of running it")
      .addOption(new Option("--plan", "list the steps and run nothing").conflicts("sql"))
      .option("--tag <tag>", "text for the project's hooks")
      .option("--backup", "back up the database with pg_dump before anything is changed")
      .option("--parallel <number>", "how many databases to work on at once", readCount, 4)
      .option("--json", "print the result as JSON")
      .addHelpText("after", targetHelp)
      .action(
        bind(async (session: CliSession, target: string, flags: RunFlags) => {
          const { json, parallel, ...options } = flags;
          const many = await runOnManyDatabases(
            session,
            name,
            { target, ...options },
            { parallel, json: json === true },
          );
          if (many === undefined) {
            printRun(session, await session.run(run, { target, ...options }), json === true);
          }
          return many;
        }),
      );
  }
  program
    .command("stamp")
    .description("set the version table to a revision without running anything")
    .argument("<revisions...>", "one revision, or one for each branch")
    .option("--sql", "print the SQL instead of running it")
    .addOption(new Option("--plan", "list the steps and change nothing").conflicts("sql"))
    .option("--tag <tag>", "text for the project's hooks")
    .option("--purge", "empty the version table first")
    .addHelpText("after", targetHelp)
    .action(
      bind(async (session: CliSession, targets: readonly string[], flags: StampFlags) => {
        printRun(session, await session.run(stamp, { targets, ...flags }), false);
      }),
    );
  program
    .command("ensure_version")
    .alias("ensure-version")
    .description("create the version table if it is not there")
    .option("--sql", "print the SQL instead of running it")
    .action(
      bind(async (session: CliSession, flags: { readonly sql?: true }) => {
        const { sql } = await session.run(ensureVersion, flags);
        session.output(sql ?? "");
      }),
    );
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidArgumentError("Give a whole number, 1 or more.");
  }
  return count;
}

function printRun(session: CliSession, result: MigrationRunResult, isJson: boolean): void {
  if (isJson) {
    printJson(session, runJson(result));
    return;
  }
  switch (result.kind) {
    case "sql":
      session.output(result.text);
      break;
    case "plan":
      session.print(result.steps.map((step) => `${describeStep(step).replace(/^Running /, "")}\n`).join(""));
      break;
    case "ran":
      break;
  }
}
