import type { CommandContext } from "../context/commandContext";
import { MigrationError } from "./migrationError";

/** Operations of a run that were called when their revision's function had ended, as by a timer that nobody awaits. */
export interface LateCalls {
  /** Notes one; when the run is over, whoever runs commands is told of it. */
  readonly note: (error: Error) => void;
  /** @throws the first of them: what has come of its revision must not be committed */
  readonly refuse: () => void;
  /** From now on nobody asks for them. */
  readonly end: () => void;
}

/** Makes the late calls of one run. */
export function createLateCalls(context: CommandContext): LateCalls {
  let first: Error | undefined;
  let isOver = false;
  return {
    note(error) {
      if (isOver) {
        context.onLateFailure?.(afterTheRun(error));
      }
      first ??= error;
    },
    refuse() {
      if (first !== undefined) {
        throw first;
      }
    },
    end() {
      isOver = true;
    },
  };
}

function afterTheRun(error: Error): Error {
  if (!(error instanceof MigrationError)) {
    return error;
  }
  return new MigrationError(error.code, error.message, {
    ...error,
    cause: error.cause,
    state: `The run had ended by then. If it ended well, ${error.revision} is recorded as done, without that operation.`,
    hint: "Await every operation, and every function of yours that calls operations. To add what is missing, write another revision, or downgrade and upgrade again.",
  });
}
