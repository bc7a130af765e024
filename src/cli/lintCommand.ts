import { Option, type Command } from "commander";
import { lint } from "../commands/lint";
import type { LintedFinding, LintOptions } from "../context/lintCommand";
import type { Bind, CliSession } from "./cliSession";
import { formatFindings, lintFormats } from "./lintFormats";
import { exitCodes } from "./terminal";

interface LintFlags {
  readonly since?: string;
  readonly all?: true;
  readonly measure?: true;
  readonly sizes?: true;
  readonly format: string;
  readonly json?: true;
  readonly level: LintedFinding["level"];
}

/** The gravest first. */
const levels = ["error", "warning", "info"] as const;

/** `lint`: what in revisions locks, rewrites, loses data or breaks the running application. */
export function addLintCommand(program: Command, bind: Bind): void {
  program
    .command("lint")
    .description("find statements that lock tables, lose data or break the running application")
    .argument("[revisions]", "a revision, or a range from:to (default: the pending revisions)")
    .addOption(
      new Option(
        "--since <revision or commit>",
        "lint the revisions after this one, or those changed since a Git branch, tag or commit",
      ).conflicts("all"),
    )
    .option("--all", "lint applied revisions too, and query no database")
    .option(
      "--measure",
      "run the revisions on a scratch PostgreSQL, and show what their statements lock, rewrite and read",
    )
    .option("--sizes", "as --measure, with the sizes of the tables in the database")
    .addOption(
      new Option("--format <format>", "how to print the findings").choices(lintFormats).default("human"),
    )
    .option("--json", "print the result as JSON; the same as --format json")
    .addOption(
      new Option("--level <level>", "the lowest level to print and to fail for")
        .choices(levels)
        .default("warning"),
    )
    .addHelpText(
      "after",
      "\nThe exit status is 0 if nothing is found, and 255 otherwise. Only `upgrade` is read. None of its code is run, unless you use\n" +
        "--measure or --sizes.\n" +
        "To ignore a finding, write above it: // lint-ignore <rule>: <reason>",
    )
    .action(
      bind(async (session: CliSession, range: string | undefined, flags: LintFlags) => {
        const options: LintOptions = {
          ...(range === undefined ? {} : { range }),
          ...(flags.since === undefined ? {} : { since: flags.since }),
          ...(flags.all === true ? { all: true } : {}),
          ...(flags.measure === true || flags.sizes === true ? { measure: true } : {}),
          ...(flags.sizes === true ? { sizes: true } : {}),
        };
        const { revisions, findings, measurement } = await session.run(lint, options);
        const lowest = levels.indexOf(flags.level);
        const wanted = findings.filter(({ level }) => levels.indexOf(level) <= lowest);
        const format = flags.json === true ? "json" : flags.format;
        const directory = session.terminal.workingDirectory;
        const text = formatFindings(format, { revisions, findings: wanted, measurement, directory });
        if (format === "human") {
          session.print(text);
        } else {
          session.output(text);
        }
        return wanted.length === 0 ? exitCodes.ok : exitCodes.failed;
      }),
    );
}
