import type { Command } from "commander";
import type { AutogenerateReport, CheckOptions } from "../context/commandTable";
import { describeOpenQuestion, requireDecided } from "../autogenerate/read/requireDecided";
import { check } from "../commands/check";
import { CommandError } from "../context/commandError";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";
import type { DifferencesOutput } from "../outputs/checkOutput";

/** The flags of what compares entities with a database. */
export interface AutogenerateFlags {
  readonly rename?: readonly string[];
  /** False for `--no-renames`. */
  readonly renames?: boolean;
  readonly drop?: readonly string[];
  readonly keep?: readonly string[];
  readonly allowEmptyGlobs?: true;
  readonly offline?: true;
}

/** Adds the flags that answer questions, and `--offline`, to a command. */
export function withAutogenerateFlags(command: Command): Command {
  return command
    .option(
      "--rename <old:new>",
      "a rename, such as users.name:users.full_name or users:accounts; may be repeated",
      collect,
    )
    .option("--no-renames", "never treat a change as a rename, and don't ask")
    .option("--drop <name>", "drop what no entity describes, such as users; may be repeated", collect)
    .option("--keep <name>", "keep what no entity describes, such as users; may be repeated", collect)
    .option("--allow-empty-globs", "allow globs of the DataSource to match no file")
    .option("--offline", "compare with the result of the revisions on an embedded PostgreSQL");
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** The options of a comparison that these flags ask for. */
export function autogenerateOptions(flags: AutogenerateFlags): CheckOptions {
  return {
    ...(flags.rename === undefined ? {} : { renames: flags.rename }),
    ...(flags.renames === false ? { noRenames: true } : {}),
    ...(flags.drop === undefined ? {} : { drops: flags.drop }),
    ...(flags.keep === undefined ? {} : { keeps: flags.keep }),
    ...(flags.allowEmptyGlobs === true ? { allowEmptyGlobs: true } : {}),
    ...(flags.offline === true ? { offline: true } : {}),
  };
}

/** `check`: whether the entities ask for anything that the database does not have. */
export function addCheckCommand(program: Command, bind: Bind): void {
  withAutogenerateFlags(
    program
      .command("check")
      .description(
        "fail if revision --autogenerate would find differences between the entities and the database",
      ),
  )
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, flags: AutogenerateFlags & { readonly json?: true }) => {
        const report = await session.run(check, autogenerateOptions(flags), true);
        if (flags.json === true) {
          printJson(session, report satisfies DifferencesOutput);
        }
        printDrift(session, report);
        if (report.operations.length > 0) {
          throw new CommandError(
            "new-operations",
            `New upgrade operations detected:${listed(report.operations)}`,
            'Write them with `alembic-ts revision --autogenerate -m "…"`.',
          );
        }
        requireDecided({ undecided: report.undecided, openQuestions: report.questions });
        if (flags.json !== true) {
          session.print("No new upgrade operations detected.\n");
        }
      }),
    );
}

/** One on the line that announces it, several on a line each. */
function listed(operations: readonly string[]): string {
  return operations.length === 1
    ? ` ${operations.join("")}`
    : operations.map((operation) => `\n  ${operation}`).join("");
}

function printDrift(session: CliSession, { questions, undecided, drift }: AutogenerateReport): void {
  for (const question of questions) {
    session.terminal.stderr.write(`WARNING ${describeOpenQuestion(question)}\n`);
  }
  for (const { kind, name, revision } of undecided) {
    const maker = revision === undefined ? "a revision" : `revision ${revision}`;
    session.terminal.stderr.write(
      `WARNING Created by ${maker}, but described by no entity: ${kind} ${name}; decide with --drop or --keep\n`,
    );
  }
  for (const object of drift) {
    session.terminal.stderr.write(`WARNING Only in the database, and left alone: ${object}\n`);
  }
}
