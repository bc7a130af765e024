import type { SqlTag } from "../operations/sqlFragment";
import type { MigrationConnection } from "./migrationConnection";

/**
 * The parameter of a test of a revision: a function that a file `<revision file>.test.ts`, beside the revision, exports. The
 * test begins on a database of its own, at the parents of the revision.
 */
export interface RevisionTest {
  /** The database: seed rows, and read what became of them. Each statement is committed by itself. */
  readonly connection: MigrationConnection;
  readonly sql: SqlTag;
  /** Runs the revision's `upgrade`, as `alembic-ts upgrade` does. Rejects if it fails, or has been run. */
  upgrade(): Promise<void>;
  /** Runs the revision's `downgrade`, as `alembic-ts downgrade` does. Rejects if it fails, or there is nothing to revert. */
  downgrade(): Promise<void>;
}
