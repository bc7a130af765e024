export type DataTestErrorCode = "no-tests" | "wrong-order" | "late-call" | "never-settles";

/** What a test of a revision does wrong. */
export class DataTestError extends Error {
  override readonly name = "DataTestError";

  constructor(
    readonly code: DataTestErrorCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}
