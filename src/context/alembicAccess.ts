import type { AlembicChoice } from "../project/python/findAlembic";

/** What it takes to run a project's own Alembic; only the editor has it, the command line leaves Python to `alembic`. */
export interface AlembicAccess extends AlembicChoice {
  /** The ini file's section, Alembic's `--name`. */
  readonly name?: string;
  /** Values for Alembic's `-x`, in order. */
  readonly xArguments: readonly string[];
}

/** The access, with the variables of the user's environment, as they were before any `.env` was read. */
export interface AlembicRunning extends AlembicAccess {
  /** Whether a database was named for the command, which Alembic would not hear of. */
  readonly isDatabaseNamed: boolean;
  readonly variables: Readonly<Record<string, string | undefined>>;
}
