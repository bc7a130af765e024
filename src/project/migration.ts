import type { Operations } from "../operations/operations";
import type { SqlTag } from "../operations/sqlFragment";
import type { MigrationConnection } from "./migrationConnection";
import type { ProjectConfig } from "./projectConfig";

/** The context of a running migration: Alembic's `op.get_context()` and `env.py`'s `context`. */
export interface MigrationContext {
  readonly dialect: "postgresql" | "sqlite";
  /** True with `--sql`: statements are printed, and nothing can be read. */
  readonly isOffline: boolean;
  readonly direction: "upgrade" | "downgrade";
  /** The revision whose `upgrade` or `downgrade` is running. */
  readonly revision: string;
  /** `-x key=value` arguments. */
  readonly xArguments: ReadonlyMap<string, string>;
  /** `--tag`. */
  readonly tag: string | undefined;
  readonly config: ProjectConfig;
  /** Writes a line to the log of the run. */
  log(message: string): void;
  /**
   * Runs a method of one of the project's TypeORM migrations, as `alembic-ts adopt typeorm` writes it: the class of that
   * name among the `migrations` of the DataSource, untouched, on a query runner of the project's own TypeORM whose
   * statements go over this run's connection, in its transaction. With `--sql` its statements are printed, and a
   * statement that reads rows is refused.
   */
  runTypeormMigration(name: string, method: "up" | "down"): Promise<void>;
}

/** The parameter of `upgrade` and `downgrade` in a revision. */
export interface Migration {
  /**
   * Operations, which run in the order of the calls. Within a PostgreSQL transaction, a promise resolves as soon as its
   * statement is sent. A failure is reported at the line of the operation, by a later call or by the run. Code after
   * `await op.x()` may therefore still run, and a `catch` around it does not help: the run fails.
   * `await op.flush()` waits until all earlier operations have succeeded; `await op.try(…)` tolerates an error of the
   * database.
   */
  readonly op: Operations;
  readonly sql: SqlTag;
  readonly connection: MigrationConnection;
  readonly context: MigrationContext;
}

/** A revision file's `upgrade` or `downgrade`. */
export type MigrationFunction = (migration: Migration) => Promise<void> | void;
