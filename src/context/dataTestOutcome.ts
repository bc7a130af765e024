import type { RoundTripFailure } from "./roundTripOutcome";

/** Why a test failed. */
export interface DataTestFailure extends Pick<RoundTripFailure, "message" | "hint" | "location" | "sql"> {
  /** What an assertion compared, as text. */
  readonly values: { readonly expected: string; readonly actual: string } | undefined;
}

/** A test of a revision with data. */
export interface DataTestName {
  readonly revision: string;
  /** The file of the test. */
  readonly path: string;
  /** The function that the file exports; undefined: the file itself, which could not be loaded. */
  readonly name: string | undefined;
}

/** What became of a test. */
export type DataTestOutcome = DataTestName & { readonly milliseconds: number } & (
    | { readonly kind: "passed" }
    | { readonly kind: "failed"; readonly failure: DataTestFailure }
    /** It did not begin, because its database could not be brought to the parents of the revision. */
    | { readonly kind: "blocked"; readonly reason: string }
  );
