import type { Connection, Dialect, StatementResult } from "../database/connection";
import type { ValueParsers } from "../sqlText/statement";
import { closeLineComment } from "../sqlText/lineComment";
import { inlinePlaceholders } from "../sql/placeholders";

/**
 * Where the statements of a run go: to a database, or into a script. One run loop serves both, so that what
 * `--sql` prints is what a live run sends.
 */
export interface MigrationSession {
  readonly dialect: Dialect;
  readonly isOffline: boolean;
  /** True offline: TypeORM migrations that look at rows find none, as on an empty database, and go on. */
  readonly isEmptyAssumed?: boolean;
  run(text: string, values?: readonly unknown[], parsers?: ValueParsers): Promise<StatementResult>;
  /** A remark between statements; seen only in a script. */
  comment(text: string): void;
}

/** A session that sends each statement to a database. */
export function liveSession(connection: Connection, onStatement: (text: string) => void): MigrationSession {
  return {
    dialect: connection.dialect,
    isOffline: false,
    run(text, values, parsers) {
      onStatement(text);
      return connection.run(text, values, parsers);
    },
    comment: () => undefined,
  };
}

/** A session that writes a script, for a review or for psql. */
export interface ScriptSession extends MigrationSession {
  /** All statements so far, each ended by a semicolon and an empty line. */
  text(): string;
}

/**
 * Makes a script instead of running anything. Values become literals, since a script has no parameters.
 * @param dialect the database that the script is for
 * @param isEmptyAssumed for a guess at what revisions make; a script that somebody is to run must not guess
 */
export function scriptSession(dialect: Dialect, isEmptyAssumed = false): ScriptSession {
  const parts: string[] = [];
  return {
    dialect,
    isOffline: true,
    isEmptyAssumed,
    run(text, values = []) {
      const statement = inlinePlaceholders(text, values, dialect).trimEnd().replace(/;$/, "");
      parts.push(`${closeLineComment(statement, dialect)};`);
      return Promise.resolve({ rows: [], rowCount: 0 });
    },
    comment(text) {
      // A line break in a message would end the comment and make SQL of the rest.
      parts.push(`-- ${text.replace(/[\r\n]+/g, " ")}`);
    },
    text: () => (parts.length === 0 ? "" : `${parts.join("\n\n")}\n`),
  };
}
