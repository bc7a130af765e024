import type { Command } from "commander";
import { rebase } from "../commands/rebase";
import type { RebaseResult } from "../context/commandTable";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";
import type { RebaseOutput } from "../outputs/fileOutput";

interface RebaseFlags {
  readonly onto?: string;
  readonly since?: string;
  readonly dryRun?: true;
  readonly offline?: true;
  readonly json?: true;
}

/** `rebase`: sets a branch on another head. */
export function addRebaseCommand(program: Command, bind: Bind): void {
  program
    .command("rebase")
    .description("put a branch on another head, so that there is one head without a merge")
    .argument(
      "[branch]",
      "the head of the branch (default: the one that Git does not have on the main branch)",
    )
    .option("--onto <revision>", "the head to put it on (default: the one on the main branch)")
    .option("--since <commit>", "a Git branch, tag or commit that counts instead of the main branch")
    .option("--dry-run", "print what would change, and change nothing")
    .option("--offline", "ask no database whether the revisions are applied")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nThe first revision of the branch gets another parent, in the header and in the comment.\n" +
        "The chosen database and those of all environments are asked before. Applied revisions are not moved.",
    )
    .action(
      bind(async (session: CliSession, branch: string | undefined, flags: RebaseFlags) => {
        const { json, ...options } = flags;
        const result = await session.run(rebase, { ...(branch === undefined ? {} : { branch }), ...options });
        if (json === true) {
          const { isWritten, ...rest } = result;
          printJson(session, { ...rest, is_written: isWritten } satisfies RebaseOutput);
        } else {
          session.print(describeRebase(result));
        }
      }),
    );
}

function describeRebase({ kind, revision, onto, from, moved, path, isWritten }: RebaseResult): string {
  switch (kind) {
    case "only-head":
      return revision === ""
        ? "There are no revisions.\n"
        : `${revision} is the only head: nothing is to be rebased.\n`;
    case "in-place":
      return `The branch of ${revision} already follows ${onto}.\n`;
    case "moved": {
      const before = from.length === 0 ? "<base>" : from.join(", ");
      const also = moved.filter((id) => id !== revision);
      return [
        `${isWritten ? "Rebased" : "Would rebase"} ${revision}: ${before} -> ${onto}`,
        ...(also.length === 0 ? [] : [`  with ${also.join(", ")}`]),
        `  ${path}`,
        "",
      ].join("\n");
    }
  }
}
