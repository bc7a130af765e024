import { Option, type Command } from "commander";
import { roundTrip } from "../commands/roundTrip";
import type { CommandContext } from "../context/commandContext";
import type { RoundTripOptions, RoundTripResult } from "../context/commandTable";
import type { RoundTripOutcome } from "../context/roundTripOutcome";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";
import { describeOutcome, describeWholeRun, summary } from "./roundTripText";
import { exitCodes } from "./terminal";

interface VerifyFlags {
  readonly since?: string;
  readonly database?: string;
  readonly json?: true;
}

/** `test` and `verify`: whether revisions can be applied, reverted and applied again. */
export function addTestCommands(program: Command, bind: Bind): void {
  program
    .command("test")
    .description("try each revision on an empty scratch database: up, down and up again")
    .argument("[revisions...]", "the revisions to try (default: all)")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nThe schema must be the same before an upgrade and after its downgrade, and after both upgrades.\n" +
        "If no revisions are named, all of them must also run from an empty database in one go, and back.\n" +
        "The scratch database is embedded: none of the project's databases is touched.",
    )
    .action(
      bind((session: CliSession, revisions: readonly string[], flags: { readonly json?: true }) =>
        tryRevisions(session, revisions.length === 0 ? {} : { revisions }, flags.json === true),
      ),
    );
  program
    .command("verify")
    .description("try all revisions, one by one and in one run, on an empty database")
    .addOption(
      new Option(
        "--since <revision or commit>",
        "try the revisions after this one, or those changed since a Git branch, tag or commit",
      ),
    )
    .option("--database <url or environment>", "an empty database to use instead of a scratch database")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nEach revision runs up, down and up again; then all run in one go, down to base and up to the heads.\n" +
        "Every object that differs is named. The exit status is 0 if nothing is found, and 255 otherwise.\n" +
        "A database that is named must be empty, and is left at base if every revision has a way back.",
    )
    .action(
      bind((session: CliSession, { since, database, json }: VerifyFlags) =>
        tryRevisions(
          session,
          { ...(since === undefined ? {} : { since }), ...(database === undefined ? {} : { database }) },
          json === true,
        ),
      ),
    );
}

async function tryRevisions(
  session: CliSession,
  options: RoundTripOptions,
  isJson: boolean,
): Promise<number> {
  const told: RoundTripOutcome[] = [];
  const tell = (outcome: RoundTripOutcome): void => {
    told.push(outcome);
    if (!isJson) {
      session.print(describeOutcome(outcome));
    }
  };
  const end = (result: RoundTripResult): void => {
    if (isJson) {
      printJson(session, result);
    } else {
      session.print(describeWholeRun(result.wholeRun) + summary(result.outcomes));
    }
  };
  let isWholeRunSound = true;
  try {
    const result = await session.run((context) => roundTrip(hearing(context, tell), options), options);
    isWholeRunSound = result.wholeRun?.kind !== "failed";
    end(result);
  } catch (error) {
    // Whoever stops a long run keeps what it has found until then.
    if (told.length > 0) {
      end({ outcomes: told });
    }
    throw error;
  }
  const isSound = told.every(({ kind }) => kind === "passed" || kind === "irreversible");
  return isSound && isWholeRunSound ? exitCodes.ok : exitCodes.failed;
}

/** A context that tells of each outcome as soon as it is known. */
function hearing(context: CommandContext, tell: (outcome: RoundTripOutcome) => void): CommandContext {
  return {
    ...context,
    report(event) {
      context.report(event);
      if (event.kind === "roundTripFinished") {
        tell(event.outcome);
      }
    },
  };
}
