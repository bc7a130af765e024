import type { CommanderError } from "commander";
import type { CommandErrorCode } from "../context/commandError";
import type { CommandEvent } from "../context/events";
import { systemFailureOf, type OtherErrorCode } from "../project/systemFailure";
import { MigrationError, type DatabaseAfterRun } from "../run/migrationError";
import { detailsOf, hintOf, isDescribed, withoutPasswords } from "./failure";
import type { DatabaseAfterOutput, FailureOutput } from "../outputs/errorOutput";

/** What is wrong with a command line itself. */
export type UsageErrorCode =
  | "unknown-option"
  | "unknown-command"
  | "missing-command"
  | "missing-argument"
  | "missing-option-value"
  | "excess-arguments"
  | "invalid-argument"
  | "invalid-usage";

/** Whether an event tells that a command has begun to change a database. */
export function isChanging({ kind }: CommandEvent): boolean {
  return kind === "stepStarted";
}

const lookAgain = "Run `alembic-ts current` to see where the database is.";

/**
 * A failure as `--json` gives it.
 * @param hasStarted whether the command had begun to change a database, as `isChanging` tells
 */
export function failureJson(error: unknown, hasStarted: boolean): FailureOutput {
  const database = databaseAfter(error, hasStarted);
  const refusal = systemFailureOf(error);
  if (refusal !== undefined) {
    return {
      code: "system-failure" satisfies OtherErrorCode,
      message: withoutPasswords(refusal.message),
      hint: refusal.hint ?? null,
      place: { file: refusal.path, line: null, column: null },
      database,
      details: [],
    };
  }
  if (!isDescribed(error)) {
    return {
      code: "internal-error" satisfies OtherErrorCode,
      message: withoutPasswords(error instanceof Error ? error.message : String(error)),
      hint: null,
      place: null,
      database,
      details: error instanceof Error ? [withoutPasswords(error.stack ?? "")] : [],
    };
  }
  const hint = hintOf(error) ?? (database.state === "unknown" ? lookAgain : undefined);
  return {
    code: error.code,
    message: withoutPasswords(error.message),
    hint: hint === undefined ? null : withoutPasswords(hint),
    place: placeOf(error),
    database,
    details: detailsOf(error)
      .filter(([title]) => title !== "at " && title !== "State: ")
      .map(([title, text]) => withoutPasswords(`${title}${text}`)),
  };
}

/** What commander says of a command line, which it has printed already. */
export function usageJson(error: CommanderError): FailureOutput {
  const [message = "", ...more] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = more.join(" ").replace(/^\((.*)\)$/, "$1");
  const isHelp = error.code === "commander.help";
  return {
    code: usageCodes.get(error.code) ?? "invalid-usage",
    message: isHelp ? "The command line names no command." : `${capitalised(message)}.`.replace(/\.\.$/, "."),
    hint: suggestion === "" ? "`alembic-ts --help` lists the commands and options." : suggestion,
    place: null,
    database: { state: "unchanged", rows: null, text: null },
    details: [],
  };
}

const usageCodes = new Map<string, UsageErrorCode | CommandErrorCode>([
  ["commander.unknownOption", "unknown-option"],
  ["commander.unknownCommand", "unknown-command"],
  ["commander.help", "missing-command"],
  ["commander.missingArgument", "missing-argument"],
  ["commander.optionMissingArgument", "missing-option-value"],
  ["commander.excessArguments", "excess-arguments"],
  ["commander.invalidArgument", "invalid-argument"],
  ["commander.conflictingOption", "conflicting-options"],
]);

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Error classes of several folders know a place, each in the words of its folder. */
function placeOf(error: Error): FailureOutput["place"] {
  const location: unknown = Reflect.get(error, "location") ?? error;
  if (typeof location !== "object" || location === null) {
    return null;
  }
  const [path, file, line, column] = ["path", "file", "line", "column"].map((key): unknown =>
    Reflect.get(location, key),
  );
  const found = path ?? file;
  return typeof found === "string"
    ? {
        file: found,
        line: typeof line === "number" ? line : null,
        column: typeof column === "number" ? column : null,
      }
    : null;
}

function databaseAfter(error: unknown, hasStarted: boolean): DatabaseAfterOutput {
  const { database, state } = error instanceof MigrationError ? error : {};
  const text = state === undefined ? null : withoutPasswords(state);
  return database === undefined
    ? { state: hasStarted ? "unknown" : "unchanged", rows: null, text }
    : { state: stateOf(database), rows: database.rows ?? null, text };
}

function stateOf({ rows, isChanged, isPartlyApplied }: DatabaseAfterRun): DatabaseAfterOutput["state"] {
  if (rows === undefined) {
    return "unknown";
  }
  return isPartlyApplied ? "partly-applied" : isChanged ? "changed" : "unchanged";
}
