import { writeSync } from "node:fs";
import type { CommandEvent, StepSummary } from "../context/events";
import type { FailureText } from "./failure";
import type { FailureOutput } from "../outputs/errorOutput";
import { exitCodes } from "./terminal";

/** How a process ended before its command did. */
export type ProcessErrorCode = "process-ended" | "stray-failure" | "working-folder-missing";

/** Why a process ends before its command did. */
export interface ProcessFailure extends Pick<FailureOutput, "message" | "hint" | "details"> {
  readonly code: ProcessErrorCode | "cancelled";
}

/** What a guard writes to, and in which words. */
export interface GuardOutput {
  /** The file that a failure's first line goes to. */
  readonly headlines: 1 | 2;
  /** Whether the failure is wanted as JSON too: nothing is on stdout yet, and another program reads it. */
  readonly isJsonWanted: () => boolean;
  /** Of an error that the project's code threw where nobody waits for it. */
  readonly describe: (error: unknown) => FailureText;
}

/** Watches that the process does not end, with whatever status, before its command has. */
export interface ProcessGuard {
  /** Says on stdout, where that is to be JSON, why the process ends now. */
  readonly tellJson: (failure: ProcessFailure) => void;
  /** Follows the command, so that it can be said what was not done. */
  readonly follow: (event: CommandEvent) => void;
  /**
   * The command has ended, or is to be ended: from now on the process may.
   * @param status what it ends with, whatever the project's code asks for at the end; undefined leaves it to who ends it
   */
  readonly release: (status?: () => number) => void;
}

/** Errors of the run's own, which it reports itself, whoever forgot to await the promise that they reject. */
const reportedErrors = new Set(["DatabaseError", "MigrationError", "OperationError"]);

/**
 * Guards against user code that ends the process, lets it run dry or throws where nobody waits for it: a status of 0
 * would say that all was done.
 */
export function guardProcess({ headlines, isJsonWanted, describe }: GuardOutput): ProcessGuard {
  let isReleased = false;
  let endStatus: (() => number) | undefined;
  let isDry = false;
  let step: StepSummary | undefined;

  function fail(code: ProcessErrorCode, message: string, hint: string, state?: string): void {
    process.exitCode = exitCodes.failed;
    const place = placeDescription(step);
    const details = [place, ...(state === undefined ? [] : [`State: ${state}`]), `Hint: ${hint}`];
    writeNow(headlines, `FAILED: ${message}\n`);
    writeNow(2, details.map((line) => `  ${line}\n`).join(""));
    tellJson({ code, message, hint, details: [place] });
  }
  function tellJson(failure: ProcessFailure): void {
    if (isJsonWanted()) {
      const state = step === undefined ? "unchanged" : "unknown";
      const error = {
        ...failure,
        place: null,
        database: { state, rows: null, text: null },
      } satisfies FailureOutput;
      writeNow(1, `${JSON.stringify({ error }, undefined, 2)}\n`);
    }
  }
  function failStray(error: unknown): void {
    isReleased = true;
    endStatus = () => exitCodes.failed;
    const failure = describe(error instanceof Error ? strayError(error) : error);
    const text = failure.headline.replace(/^(?:FAILED|Internal error): /, "");
    fail(
      "stray-failure",
      `Unhandled failure in the project's code: ${text}`,
      "Await every promise, and catch errors in timers and event handlers.",
    );
    process.exit(exitCodes.failed);
  }
  process.on("beforeExit", () => {
    isDry = true;
  });
  process.on("exit", (status) => {
    if (isReleased) {
      return;
    }
    const cause = isDry
      ? "a promise that the project's code awaits never settles"
      : `the project's code called process.exit(${String(status)})`;
    fail(
      "process-ended",
      `The process ended before the command was done: ${cause}.`,
      isDry
        ? "Look for a promise that is neither resolved nor rejected."
        : "Remove process.exit() from the configuration, the DataSource and the revisions; throw an error to stop.",
      "What was not committed is rolled back. `alembic-ts current` shows where the database is.",
    );
  });
  refuseSilentEnd((asked) => (isReleased ? (endStatus?.() ?? asked) : exitCodes.failed));
  process.on("uncaughtException", failStray);
  process.on("unhandledRejection", (reason) => {
    if (!(reason instanceof Error && reportedErrors.has(reason.name))) {
      failStray(reason);
    }
  });
  return {
    tellJson,
    follow(event) {
      if (event.kind === "stepStarted") {
        step = event.step;
      }
    },
    release(status) {
      isReleased = true;
      endStatus = status;
    },
  };
}

/**
 * `process.reallyExit` ends the process without a word to anybody; `process.exit` calls it when all were told.
 * @param statusFor the status to end with, where another is asked for
 */
function refuseSilentEnd(statusFor: (asked: number) => number): void {
  const end: unknown = Reflect.get(process, "reallyExit");
  if (typeof end !== "function") {
    return;
  }
  let isTold = false;
  process.on("exit", () => {
    isTold = true;
  });
  Reflect.set(process, "reallyExit", (status?: number) => {
    if (!isTold) {
      process.emit("exit", status ?? 0);
    }
    Reflect.apply(end, process, [statusFor(status ?? 0)]);
  });
}

function placeDescription(step: StepSummary | undefined): string {
  return step === undefined
    ? "No revision had started."
    : `The ${step.kind} of revision ${step.revision ?? "base"} was the last to start: ${step.path}`;
}

/** The first line of a stray error and its place, without the frames of this program. */
function strayError(error: Error): Error {
  const lines = (error.stack ?? "").split("\n").map((line) => line.trim());
  const frame = lines.find((line) => line.startsWith("at "));
  return Object.assign(new Error(frame === undefined ? error.message : `${error.message} (${frame})`), {
    code: "stray-failure" satisfies ProcessErrorCode,
  });
}

/** Nothing that is written later would be written at all. */
function writeNow(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // A pipe that is full or closed: the status still says it.
  }
}
