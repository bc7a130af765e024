import type { StatementEffects } from "./effects";
import type { RevisionMeasurement } from "./measuredFindings";

/** A statement as the engine tells of it; line and column count from 1. */
interface ToldStatement extends StatementEffects {
  readonly revision: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly sql: string;
}

/** What was measured of one revision, placed in its text. */
export function revisionMeasurement(
  told: {
    readonly statements: readonly ToldStatement[];
    readonly serverVersion: number;
    readonly isTimeZoneKnown: boolean;
  },
  revision: string,
  text: string,
): RevisionMeasurement {
  const starts = lineStarts(text);
  return {
    serverVersion: told.serverVersion,
    isTimeZoneKnown: told.isTimeZoneKnown,
    statements: told.statements
      .filter((statement) => statement.revision === revision)
      .map(({ line, column, sql, locksAre, relations }) => {
        const start = line === undefined ? undefined : starts[line - 1];
        const offset = start === undefined ? undefined : start + (column ?? 1) - 1;
        return { text: sql, offset, locksAre, relations };
      }),
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
