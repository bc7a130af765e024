/** The step of a round trip that went wrong. */
export type RoundTripPhase = "upgrade" | "downgrade" | "second upgrade";

/** One thing that is other in a schema than it should be. */
export interface SchemaChange {
  /** `column users.email`, `constraint users_pkey of table users` */
  readonly object: string;
  /** A sentence that names the object and the difference. */
  readonly text: string;
}

export interface RoundTripFailure {
  readonly phase: RoundTripPhase;
  readonly message: string;
  readonly hint: string | undefined;
  /** Where in the user's files; line and column count from one. */
  readonly location: { readonly path: string; readonly line: number; readonly column: number } | undefined;
  readonly sql: string | undefined;
  /** The schema as it should have been after that step and as it was, as SQL; only where the two differ. */
  readonly schema: { readonly expected: string; readonly actual: string } | undefined;
  /** What differs between the two, object by object; absent where `schema` is. */
  readonly changes?: readonly SchemaChange[];
}

/** What became of one revision's round trip. */
export type RoundTripOutcome = {
  readonly revision: string;
  readonly message: string;
  readonly path: string;
  readonly milliseconds: number;
} & (
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly failure: RoundTripFailure }
  /** Its `downgrade` says by an error of its own that there is no way back. */
  | { readonly kind: "irreversible"; readonly reason: string }
  /** It could not be tried, since what it stands on can't be applied. */
  | { readonly kind: "blocked"; readonly by: string }
);
