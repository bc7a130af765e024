import type { CallSite } from "./callSite";

/** What can be wrong with an operation before any database has seen it. */
export type OperationErrorCode =
  | "invalid-argument"
  | "invalid-name"
  | "invalid-sql"
  | "missing-name"
  | "name-too-long"
  | "needs-batch"
  | "not-supported"
  | "server-too-old"
  | "unknown-operation"
  | "late-operation";

/** An operation that cannot be made or cannot be written as SQL: what is wrong, and in `hint` what to do. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  /** Where the operation was called, if it came from a call. */
  callSite: CallSite | undefined;

  constructor(
    readonly code: OperationErrorCode,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** An argument or an option of another type than the operation takes, which the compiler marks in TypeScript. */
export class ArgumentTypeError extends OperationError {
  constructor(message: string, hint?: string) {
    super("invalid-argument", message, hint);
  }
}
