import { createInterface } from "node:readline/promises";
import { describeDataStep } from "../commands/squash/dataSteps";
import type { AskDataSteps, AskDrop, AskRename } from "../context/commandContext";

/** What a command may ask whoever sits at the terminal. */
export interface TerminalQuestions {
  readonly askRename: AskRename;
  readonly askDrop: AskDrop;
  readonly askDataSteps: AskDataSteps;
}

/** Asks on the terminal; undefined where nobody sits there. */
export function terminalQuestions(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): TerminalQuestions | undefined {
  if (!input.isTTY || !output.isTTY) {
    return undefined;
  }
  const isYes = async (question: string): Promise<boolean> => {
    const reader = createInterface({ input, output });
    try {
      return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
    } finally {
      reader.close();
    }
  };
  return {
    askRename: ({ kind, from, to }) =>
      isYes(`Was the ${kind === "enumValue" ? "enum value" : kind} ${from} renamed to ${to}?`),
    askDrop: ({ kind, name, revision }) =>
      isYes(
        `No entity describes ${kind} ${name}${revision === undefined ? "" : ` of revision ${revision}`}. Drop it with all its data?`,
      ),
    askDataSteps: (steps) =>
      isYes(
        `Revisions of the range change rows, which a comparison of schemas does not prove:\n${steps.map(describeDataStep).join("\n")}\nSquash them?`,
      ),
  };
}
