import { Option, type Command } from "commander";
import { pruneSquashed } from "../commands/squash/pruneSquashed";
import { squash } from "../commands/squash/squash";
import { CommandError } from "../context/commandError";
import type { PruneResult, SquashResult } from "../context/squashCommand";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";
import type { PruneOutput, SquashOutput } from "../outputs/fileOutput";

interface SquashFlags {
  readonly message?: string;
  readonly acceptDataSteps?: true;
  readonly prune?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `squash`: one revision in the place of several. */
export function addSquashCommand(program: Command, bind: Bind): void {
  program
    .command("squash")
    .description("write one revision that makes what several make")
    .argument(
      "[range]",
      "first:last, both included; `:last` takes all before it. With --prune: a squashed revision (default: all)",
    )
    .option("-m, --message <text>", "message of the revision")
    .option("--accept-data-steps", "squash revisions that change rows, of which only the schema is compared")
    .addOption(
      new Option("--prune", "remove the old files that a squashed revision replaces").conflicts([
        "message",
        "acceptDataSteps",
      ]),
    )
    .option("--dry-run", "print the file, or with --prune what would be removed, and change nothing")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nThe revision has the ID of the last one, so version tables stay as they are. It is written only if a scratch database\n" +
        "shows that it makes the same schema, up and down. The old files stay until you remove them with --prune, which first\n" +
        "asks the chosen database and those of all environments whether they still need them.",
    )
    .action(
      bind(async (session: CliSession, range: string | undefined, flags: SquashFlags) => {
        const { prune, json, message, acceptDataSteps, dryRun } = flags;
        if (prune === true) {
          const result = await session.run(pruneSquashed, {
            ...(range === undefined ? {} : { revisions: [range] }),
            ...(dryRun === undefined ? {} : { dryRun }),
          });
          print(session, json, pruneJson(result), describePrune(result));
          return;
        }
        if (range === undefined) {
          throw new CommandError(
            "conflicting-options",
            "squash takes a range of revisions",
            "Write `alembic-ts squash <first>:<last>`; both are included.",
          );
        }
        const result = await session.run(squash, {
          range,
          ...(message === undefined ? {} : { message }),
          ...(acceptDataSteps === undefined ? {} : { acceptDataSteps }),
          ...(dryRun === undefined ? {} : { dryRun }),
        });
        print(session, json, squashJson(result), describeSquash(result));
      }),
    );
}

function print(session: CliSession, json: true | undefined, output: object, text: string): void {
  if (json === true) {
    printJson(session, output);
  } else {
    session.print(text);
  }
}

function squashJson({ isWritten, dataSteps, ...rest }: SquashResult): SquashOutput {
  return {
    ...rest,
    is_written: isWritten,
    data_steps: dataSteps.map(({ isKept, ...step }) => ({ ...step, is_kept: isKept })),
  };
}

function pruneJson({ isRemoved, ...rest }: PruneResult): PruneOutput {
  return { ...rest, is_removed: isRemoved };
}

function describeSquash(result: SquashResult): string {
  const { revision, path, text, isWritten, replaces, irreversible } = result;
  const count = String(replaces.length);
  return [
    isWritten ? `Generating ${path} ...  done` : text.trimEnd(),
    `Revision ${revision} replaces ${count} revisions. Both ways lead to the same schema.`,
    ...(irreversible === undefined ? [] : [`It can't be reverted, because ${irreversible} can't be.`]),
    ...(isWritten
      ? ["The old files are still needed by databases that have some of these revisions and not all."]
      : []),
    "",
  ].join("\n");
}

function describePrune({ files, isRemoved, databases }: PruneResult): string {
  if (files.length === 0) {
    return "There are no old files of squashed revisions.\n";
  }
  const asked = databases.length === 0 ? "No database is named." : `Asked: ${databases.join(", ")}.`;
  return [...files.map((file) => `${isRemoved ? "Removed" : "Would remove"} ${file}`), asked, ""].join("\n");
}
