import type { Operations } from "../operations/operations";
import type { SqlTag } from "../operations/sqlFragment";
import type { MigrationConnection } from "./migrationConnection";
import type { ProjectConfig } from "./projectConfig";

/** What surrounds a migration while it runs: Alembic's `op.get_context()` and `env.py`'s `context`. */
export interface MigrationContext {
  readonly dialect: "postgresql" | "sqlite";
  /** True under `--sql`, where statements are printed and nothing can be read. */
  readonly isOffline: boolean;
  readonly direction: "upgrade" | "downgrade";
  /** The revision whose `upgrade` or `downgrade` is running. */
  readonly revision: string;
  /** `-x key=value` arguments. */
  readonly xArguments: ReadonlyMap<string, string>;
  /** `--tag`. */
  readonly tag: string | undefined;
  readonly config: ProjectConfig;
  /** Reports a line to whoever watches the run. */
  log(message: string): void;
  /**
   * Runs a method of one of the project's TypeORM migrations, as `alembic-ts adopt typeorm` writes it: the class of that
   * name among the `migrations` of the DataSource, untouched, on a query runner of the project's own TypeORM whose
   * statements go over this run's connection, in its transaction. With `--sql` its statements are printed, and one that
   * looks at rows is refused.
   */
  runTypeormMigration(name: string, method: "up" | "down"): Promise<void>;
}

/** What a revision's `upgrade` and `downgrade` are given. */
export interface Migration {
  /**
   * Operations, run in the order of the calls. Within a transaction of PostgreSQL a promise resolves when its statement
   * is on its way; that it failed is told at its place in the file, by what is called next and by the run. So code behind
   * `await op.x()` may run though it fails, and a `catch` around it makes up for nothing: the run fails all the same.
   * `await op.flush()` waits until all before it has worked; `await op.try(…)` tolerates what the database refuses.
   */
  readonly op: Operations;
  readonly sql: SqlTag;
  readonly connection: MigrationConnection;
  readonly context: MigrationContext;
}

/** A revision file's `upgrade` or `downgrade`. */
export type MigrationFunction = (migration: Migration) => Promise<void> | void;
