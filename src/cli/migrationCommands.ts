import { InvalidArgumentError, Option, type Command } from "commander";
import type { EnsureVersionResult, MigrationRunResult, PlanApproval } from "../context/commandTable";
import { ensureVersion } from "../commands/ensureVersion";
import { downgrade, upgrade } from "../commands/migrate";
import { stamp } from "../commands/stamp";
import type { Bind, CliSession } from "./cliSession";
import { runOnManyDatabases } from "./manyDatabases";
import { describeStep } from "../revision/describe";
import { printJson, runJson } from "./json";
import type { EnsureVersionOutput } from "../outputs/runOutput";

interface RunFlags {
  readonly sql?: true;
  readonly plan?: true;
  readonly approved?: string;
  readonly tag?: string;
  readonly backup?: true;
  readonly parallel: number;
  readonly json?: true;
}

interface StampFlags {
  readonly sql?: true;
  readonly plan?: true;
  readonly approved?: string;
  readonly json?: true;
  readonly tag?: string;
  readonly purge?: true;
}

const targetHelp = [
  "",
  "Name a revision by its ID or the start of one, head, heads, base, a branch label,",
  "label@head, or relative to another: +2, -1, ae10+2.",
].join("\n");

/** How many databases are worked on at once. */
const usualParallel = 4;

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
      .addOption(new Option("--plan", "list the steps and the plan's ID, and run nothing").conflicts("sql"))
      .addOption(approvedOption())
      .option("--tag <tag>", "text for the project's hooks")
      .option("--backup", "back up the database with pg_dump before anything is changed")
      .option("--parallel <number>", "how many databases to work on at once", readCount, usualParallel)
      .option("--json", "print the result as JSON")
      .addHelpText("after", targetHelp)
      .action(
        bind(async (session: CliSession, target: string, flags: RunFlags) => {
          const { json, parallel, ...others } = flags;
          const options = planned(others);
          const many = await runOnManyDatabases(
            session,
            run,
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
    .addOption(new Option("--plan", "list the steps and the plan's ID, and change nothing").conflicts("sql"))
    .addOption(approvedOption())
    .option("--tag <tag>", "text for the project's hooks")
    .option("--purge", "empty the version table first")
    .option("--json", "print the result as JSON")
    .addHelpText("after", targetHelp)
    .action(
      bind(async (session: CliSession, targets: readonly string[], flags: StampFlags) => {
        const { json, ...others } = flags;
        const options = { targets, ...planned(others) };
        const format = { parallel: usualParallel, json: json === true };
        const many = await runOnManyDatabases(session, stamp, options, format);
        if (many === undefined) {
          printRun(session, await session.run(stamp, options), format.json);
        }
        return many;
      }),
    );
  program
    .command("ensure_version")
    .alias("ensure-version")
    .description("create the version table if it is not there")
    .option("--sql", "print the SQL instead of running it")
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, flags: { readonly sql?: true; readonly json?: true }) => {
        const { json, ...options } = flags;
        const result = await session.run(ensureVersion, options);
        if (json === true) {
          printJson(session, ensureVersionJson(result));
        } else if (result.kind === "sql") {
          session.output(result.text);
        }
      }),
    );
}

function ensureVersionJson(result: EnsureVersionResult): EnsureVersionOutput {
  if (result.kind === "sql") {
    return result;
  }
  const { versionTable, isCreated, ...rest } = result;
  return {
    ...rest,
    version_table: versionTable,
    ...(isCreated === undefined ? {} : { is_created: isCreated }),
  };
}

function approvedOption(): Option {
  return new Option("--approved <plan ID>", "run only the plan that --plan gave this ID").conflicts([
    "sql",
    "plan",
  ]);
}

/** On the command line, whoever asks for a plan is told how to approve it. */
function planned<Flags extends { readonly plan?: true }>(
  flags: Flags,
): Omit<Flags, "plan"> & { readonly plan?: "approval" } {
  const { plan, ...others } = flags;
  return plan === true ? { ...others, plan: "approval" } : others;
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
      printApproval(session, result.approval);
      break;
    case "ran":
      break;
  }
}

/** Below the steps, what is to be known before they are approved. */
function printApproval(session: CliSession, approval: PlanApproval | undefined): void {
  for (const loss of approval?.losses ?? []) {
    session.print(`May lose data: ${loss}\n`);
  }
  if (approval !== undefined) {
    session.print(approval.id === undefined ? `${approval.withheld ?? ""}\n` : `Plan ID: ${approval.id}\n`);
  }
}
