import type { Command } from "commander";
import type { CommandContext } from "../context/commandContext";
import type { CommandTable } from "../context/commandTable";
import type { RoundTripFailure, RoundTripOutcome } from "../context/roundTripOutcome";
import { roundTrip } from "../roundTrip/roundTrip";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";
import { exitCodes } from "./terminal";

type RoundTripResult = CommandTable["roundTrip"]["result"];

/** `test`: whether revisions can be applied, reverted and applied again. */
export function addTestCommand(program: Command, bind: Bind): void {
  program
    .command("test")
    .description("try each revision on an empty scratch database: up, down and up again")
    .argument("[revisions...]", "the revisions to try (default: all)")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nThe schema must be the same before an upgrade and after its downgrade, and after both upgrades.\n" +
        "If no revisions are named, all of them must also run from an empty database in one go.\n" +
        "The scratch database is embedded: none of the project's databases is touched.",
    )
    .action(
      bind(async (session: CliSession, revisions: readonly string[], flags: { readonly json?: true }) => {
        const told: RoundTripOutcome[] = [];
        const tell = (outcome: RoundTripOutcome): void => {
          told.push(outcome);
          if (flags.json !== true) {
            session.print(describeOutcome(outcome));
          }
        };
        const end = (result: RoundTripResult): void => {
          if (flags.json === true) {
            printJson(session, result);
          } else {
            if (result.wholeRun?.kind === "failed") {
              session.print(
                `FAILED  all revisions in one run\n${indent(describeFailure("", result.wholeRun.failure))}`,
              );
            }
            session.print(summary(result.outcomes));
          }
        };
        const options = revisions.length === 0 ? {} : { revisions };
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
      }),
    );
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

function describeOutcome(outcome: RoundTripOutcome): string {
  const name = outcome.message === "" ? outcome.revision : `${outcome.revision}, ${outcome.message}`;
  switch (outcome.kind) {
    case "passed":
      return `ok      ${name}\n`;
    case "irreversible":
      return `one-way ${name}: ${outcome.reason}\n`;
    case "blocked":
      return `blocked ${name}: it follows ${outcome.by}, which can't be applied\n`;
    case "failed":
      return `FAILED  ${name}\n${indent(describeFailure(outcome.path, outcome.failure))}`;
  }
}

function describeFailure(path: string, failure: RoundTripFailure): string {
  const { location, schema } = failure;
  const place = location === undefined ? path : `${location.path}:${location.line}:${location.column}`;
  const lines = place === "" ? [failure.message] : [failure.message, `at ${place}`];
  if (failure.sql !== undefined) {
    lines.push(`SQL: ${failure.sql}`);
  }
  if (schema !== undefined) {
    lines.push(...changedLines(schema.expected, schema.actual));
  }
  if (failure.hint !== undefined) {
    lines.push(`Hint: ${failure.hint}`);
  }
  return lines.join("\n");
}

/** Lines that only one of two texts has: `-` was expected, `+` is there. */
function changedLines(expected: string, actual: string): readonly string[] {
  const before = expected.split("\n");
  const after = actual.split("\n");
  const only = (lines: readonly string[], others: readonly string[], mark: string): readonly string[] => {
    const known = new Set(others);
    return lines.filter((line) => !known.has(line)).map((line) => `${mark} ${line}`);
  };
  return [...only(before, after, "-"), ...only(after, before, "+")];
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `          ${line}\n`)
    .join("");
}

function summary(outcomes: readonly RoundTripOutcome[]): string {
  const count = (kind: RoundTripOutcome["kind"]): number =>
    outcomes.filter((outcome) => outcome.kind === kind).length;
  const parts = [
    `${String(count("passed"))} passed`,
    `${String(count("failed"))} failed`,
    ...(count("irreversible") > 0 ? [`${String(count("irreversible"))} one-way`] : []),
    ...(count("blocked") > 0 ? [`${String(count("blocked"))} blocked`] : []),
  ];
  return `${parts.join(", ")}\n`;
}
