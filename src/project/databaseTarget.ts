import type { ProjectConfig } from "./projectConfig";
import type { Variables } from "./variables";

/** The database that a command works on. `source` says in words where it was named: `--url`, `DATABASE_URL`, … */
export type DatabaseTarget =
  | { readonly kind: "server"; readonly url: string; readonly source: string }
  | { readonly kind: "sqlite"; readonly file: string; readonly source: string }
  | { readonly kind: "embedded"; readonly directory: string };

/** The connection options of a TypeORM `DataSource` that can name a database. */
export interface DataSourceConnectionOptions {
  readonly type: string;
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly ssl?: boolean | undefined;
}

/** What decides which database a command works on. */
export interface DatabaseTargetRequest {
  readonly urlOption?: string | undefined;
  /** The environment that was chosen by name, in the editor or with `--environment`. */
  readonly environment?: string | undefined;
  readonly config: ProjectConfig;
  /** See `readVariables`, which adds the `.env` beside the config. */
  readonly variables: Variables;
  /** Loads the project's DataSource; called only where nothing else names a database. */
  readonly dataSourceOptions?: (() => Promise<DataSourceConnectionOptions | undefined>) | undefined;
}

/**
 * Finds the database to work on: `--url`, then the chosen environment, then the config's `url` (or its only
 * environment), `DATABASE_URL`, `POSTGRES_*`, the DataSource's options, and only then the embedded one in `.alembic/`.
 * @throws {ConfigError} `unknown-environment` or `invalid-url`
 */
export function resolveDatabaseTarget(_request: DatabaseTargetRequest): Promise<DatabaseTarget> {
  return Promise.reject(new Error("resolveDatabaseTarget is not written yet"));
}
