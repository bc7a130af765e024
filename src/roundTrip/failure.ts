import { LoadError } from "../project/errors";
import type { RoundTripFailure, RoundTripPhase } from "../context/roundTripOutcome";
import { MigrationError } from "../run/migrationError";

/** What a step of a round trip threw, as data. */
export function describeTripFailure(error: unknown, phase: RoundTripPhase): RoundTripFailure {
  const hint: unknown = error instanceof Error ? Reflect.get(error, "hint") : undefined;
  return {
    phase,
    message: error instanceof Error ? error.message : String(error),
    hint: typeof hint === "string" ? hint : undefined,
    location: locationOf(error),
    sql: error instanceof MigrationError ? error.sql : undefined,
    schema: undefined,
  };
}

function locationOf(error: unknown): RoundTripFailure["location"] {
  if (error instanceof MigrationError) {
    return error.location;
  }
  return error instanceof LoadError && error.line !== undefined
    ? { path: error.file, line: error.line, column: error.column ?? 1 }
    : undefined;
}

/**
 * The message of a plain `Error` that a revision threw by itself, as authors do where there is no way back; a
 * mistake in the code is of another class (TypeError, ReferenceError), and so is what the database or an operation refuses.
 */
export function irreversibleReason(error: unknown): string | undefined {
  const cause = error instanceof MigrationError && error.code === "revision-failed" ? error.cause : undefined;
  return cause instanceof Error && Object.getPrototypeOf(cause) === Error.prototype
    ? cause.message
    : undefined;
}
