import { createInterface } from "node:readline/promises";
import type { AskRename } from "../commands/commandContext";

/** Asks on the terminal; undefined where nobody sits there. */
export function terminalQuestions(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): AskRename | undefined {
  if (!input.isTTY || !output.isTTY) {
    return undefined;
  }
  return async ({ kind, from, to }) => {
    const reader = createInterface({ input, output });
    try {
      const answer = await reader.question(
        `Was the ${kind === "enumValue" ? "enum value" : kind} ${from} renamed to ${to}? [y/N] `,
      );
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      reader.close();
    }
  };
}
