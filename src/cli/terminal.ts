import type { AskDataSteps, AskDrop, AskRename } from "../context/commandContext";
import type { CommandEvent } from "../context/events";

/** The streams and surroundings of one call of the command line. */
export interface Terminal {
  readonly workingDirectory: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The coding agent that gave the command, where what is dangerous needs a person's approval. */
  readonly agent?: string | undefined;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly signal: AbortSignal;
  /** Absent where nobody can be asked. */
  readonly askRename?: AskRename | undefined;
  readonly askDrop?: AskDrop | undefined;
  readonly askDataSteps?: AskDataSteps | undefined;
  /** Told of everything that a command tells while it runs. */
  readonly follow?: ((event: CommandEvent) => void) | undefined;
  /** Given the exit status of a failure that came when the command had ended. */
  readonly onLateFailure?: ((exitCode: number) => void) | undefined;
}

/** The part of a Node stream that the command line uses. */
export interface OutputStream {
  readonly isTTY?: boolean;
  /** Whether a stream that is for the command alone has anything of it. */
  readonly hasWritten?: boolean;
  write(text: string): unknown;
}

/** Exit statuses: Alembic's, but for an internal error and for a run that was cancelled (Ctrl-C) or terminated. */
export const exitCodes = {
  ok: 0,
  internalError: 1,
  usage: 2,
  hungUp: 129,
  cancelled: 130,
  terminated: 143,
  failed: 255,
} as const;
