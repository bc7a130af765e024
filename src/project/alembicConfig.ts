import type { CustomImplementation } from "../operations/createOperations";
import type { NamingConvention } from "../operations/namingConvention";
import type { Operation } from "../operations/operation";
import type { MigrationConnection } from "./migrationConnection";

/** What a name or an object of a schema is, in the filters of autogenerate. */
export type SchemaObjectType =
  | "schema"
  | "table"
  | "column"
  | "index"
  | "unique_constraint"
  | "foreign_key_constraint"
  | "check_constraint"
  | "view"
  | "enum"
  | "sequence"
  | "extension";

/** Where a name stands, for `includeName`. `schemaName` is null in the default schema. */
export interface ParentNames {
  readonly schemaName: string | null;
  readonly tableName: string | undefined;
  readonly schemaQualifiedTableName: string | undefined;
}

/**
 * Decides whether a name in the database takes part in autogenerate. Called before the object is read.
 * `name` is null for the default schema. Alembic's `include_name`.
 */
export type IncludeName = (name: string | null, type: SchemaObjectType, parentNames: ParentNames) => boolean;

/**
 * Decides whether an object takes part in autogenerate. `reflected` is true for an object of the database; `compareTo`
 * is its counterpart on the other side, or null. Alembic's `include_object`.
 */
export type IncludeObject = (
  object: unknown,
  name: string,
  type: SchemaObjectType,
  reflected: boolean,
  compareTo: unknown,
) => boolean;

/** One new revision that is about to be written; change its operations or its message in place. */
export interface RevisionDirective {
  message: string;
  readonly revision: string;
  upgradeOperations: Operation[];
  downgradeOperations: Operation[];
}

/** The new revision's surroundings, for `processRevisionDirectives`. */
export interface RevisionDirectiveContext {
  readonly isAutogenerate: boolean;
  readonly downRevisions: readonly string[];
}

/**
 * Changes revisions before they are written, or prevents them by emptying the list. Alembic's hook of that name.
 * `invertOperation` returns the inverse of an added operation:
 *
 * ```ts
 * processRevisionDirectives: (_context, [directive]) => {
 *   const trigrams: Operation = { kind: "createExtension", name: "pg_trgm", ifNotExists: true };
 *   const back = invertOperation(trigrams);
 *   directive?.upgradeOperations.unshift(trigrams);
 *   directive?.downgradeOperations.push(...(back === undefined ? [] : [back]));
 * }
 * ```
 */
export type ProcessRevisionDirectives = (
  context: RevisionDirectiveContext,
  directives: RevisionDirective[],
) => void | Promise<void>;

/** A step that has just been applied, before it is committed. */
export interface VersionApplyEvent {
  readonly direction: "upgrade" | "downgrade" | "stamp";
  readonly revision: string | undefined;
  readonly message: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The version table's rows after this step. */
  readonly heads: readonly string[];
  /** Undefined offline. */
  readonly connection: MigrationConnection | undefined;
}

/** Called after each step and before its commit. If it throws, the step fails. Alembic's `on_version_apply`. */
export type OnVersionApply = (event: VersionApplyEvent) => void | Promise<void>;

/**
 * Returns the TypeScript for an operation of a generated revision, or undefined (or false, as in Alembic) for the usual
 * text. Alembic's `render_item`.
 */
export type RenderItem = (operation: Operation) => string | false | undefined;

/** The two sides of a column whose type or default is being compared. */
export interface ColumnComparison {
  readonly schemaName: string | null;
  readonly tableName: string;
  readonly columnName: string;
  /** As the database prints it, null where there is none. */
  readonly databaseValue: string | null;
  /** As the database prints what the entities ask for, null where there is none. */
  readonly metadataValue: string | null;
}

/**
 * Whether a difference counts. If false, the column stays as it is in the database. If true or undefined, the difference
 * counts as usual. Called only if the two sides are printed differently; Alembic's `compare_type` and `compare_server_default`.
 */
export type CompareColumn = (comparison: ColumnComparison) => boolean | undefined;

/** One named database. */
export interface EnvironmentOptions {
  /** The database's URL. Keep passwords out of files that are shared: use `urlVariable`. */
  readonly url?: string;
  /** The environment variable that holds the URL. */
  readonly urlVariable?: string;
  /** A color for the editor's status bar. */
  readonly color?: "red" | "orange" | "yellow" | "green" | "blue" | "purple";
  /** Asks for the name of the environment before anything changes there. */
  readonly production?: boolean;
  /**
   * A query on this environment's database whose rows name a schema each, in their first column. The environment
   * then stands for all of them: a command runs once for each, with that schema first in the search path and a
   * version table in it.
   */
  readonly tenantSchemas?: string;
  /** A query on this environment's database whose rows name a URL each, in their first column, one for each tenant. */
  readonly tenantUrls?: string;
}

/** A command that runs on each new revision file. Alembic's `[post_write_hooks]`. */
export interface PostWriteHook {
  readonly name: string;
  /** `exec`: a program. `console_scripts`: a program of the project's `node_modules/.bin`. `module`: a file that Node runs. */
  readonly type: "exec" | "console_scripts" | "module";
  /** The program, the name in `node_modules/.bin`, or the file. */
  readonly command: string;
  /** Arguments; `REVISION_SCRIPT_FILENAME` stands for the new file. Without it, the file becomes the first argument. */
  readonly options?: string | readonly string[];
  /** The folder to run in. Default: the folder of the configuration. */
  readonly cwd?: string;
}

/** Options of `alembic-ts lint` and of the same checks in the editor. */
export interface LintOptions {
  /** The major version of your PostgreSQL servers; some rules depend on it. */
  readonly targetVersion?: number;
  /** Levels of rules that differ from the default: `{ "drop-column": "off" }`. */
  readonly rules?: Readonly<Record<string, "error" | "warning" | "info" | "off">>;
  /** IDs of revisions to skip. */
  readonly ignoreRevisions?: readonly string[];
}

/** The settings of `alembic.config.ts`: Alembic's settings in camelCase. Paths are relative to the config file. */
export interface AlembicConfig {
  /** The folder of the migrations, with `versions/` in it. */
  readonly scriptLocation: string;
  /** A new file's name without extension. Tokens: rev, slug, epoch, year, month, day, hour, minute, second. @default "%(rev)s_%(slug)s" */
  readonly fileTemplate?: string;
  /** How many characters of the message the file name keeps. @default 40 */
  readonly truncateSlugLength?: number;
  /** The time zone (`"UTC"`, `"Europe/Berlin"`) of dates in new files. Default: the time zone of the machine. */
  readonly timezone?: string;
  /** Folders of revision files. @default [`${scriptLocation}/versions`] */
  readonly versionLocations?: readonly string[] | string;
  /** Whether folders inside the version locations are read too. @default false */
  readonly recursiveVersionLocations?: boolean;
  /** The table that records which revisions are applied. @default "alembic_version" */
  readonly versionTable?: string;
  /** The version table's schema; it is not created for you. */
  readonly versionTableSchema?: string;
  /** Whether the version table has a primary key. @default true */
  readonly versionTablePk?: boolean;
  /** Whether to use one transaction for each revision instead of one for the whole run. @default false */
  readonly transactionPerMigration?: boolean;
  /** Whether autogenerate may drop something while a glob of the DataSource's entities matches no file. @default false */
  readonly allowEmptyGlobs?: boolean;
  /** The database, if there is only one. SQLAlchemy's forms of a URL are accepted. */
  readonly url?: string;
  /** Named databases: `{ development: { url }, production: { urlVariable, production: true } }`. */
  readonly environments?: Readonly<Record<string, EnvironmentOptions>>;
  /** The file that exports the TypeORM `DataSource`. */
  readonly dataSource?: string;
  /** The folder of views, functions and triggers, with one object in each file, such as `"objects"`. */
  readonly objects?: string;
  /** A PostgreSQL database that autogenerate may fill and empty. */
  readonly shadowUrl?: string;
  /** Programs that run on each new revision file. */
  readonly postWriteHooks?: readonly PostWriteHook[];
  /** How long a statement waits for a lock: milliseconds, or PostgreSQL's form (`"5s"`). */
  readonly lockTimeout?: number | string;
  /** How long a statement may run: milliseconds, or PostgreSQL's form (`"10min"`). */
  readonly statementTimeout?: number | string;
  /** How often to retry a run that could not get a lock within `lockTimeout`. @default 0 */
  readonly lockRetries?: number;
  /** Milliseconds before the first retry; doubled each time. @default 1000 */
  readonly lockRetryDelay?: number;
  /** Whether `upgrade` writes a `pg_dump` of the database first, as with `--backup`. @default false */
  readonly backup?: boolean;
  /** The folder for these dumps. @default ".alembic/backups" */
  readonly backupDirectory?: string;
  /** The Git branch that others build on, for `rebase`. @default what `origin/HEAD` says, else `main` or `master` */
  readonly mainBranch?: string;
  /** Options of `lint`. */
  readonly lint?: LintOptions;
  /** Only for Python; read and ignored. */
  readonly prependSysPath?: string;
  /** The encoding of revision files. Only UTF-8 is accepted, because Node and the editor read them as UTF-8. @default "utf-8" */
  readonly outputEncoding?: "utf-8";
  /** Read and ignored: without `--autogenerate`, `revision` does not need the DataSource. */
  readonly revisionEnvironment?: boolean;
  /** Whether autogenerate looks beyond the default schema: at all schemas, or at those named. @default false */
  readonly includeSchemas?: boolean | readonly string[];
  /** Decides by its name whether autogenerate reads a schema, a table or a part of one. */
  readonly includeName?: IncludeName;
  /** Decides whether autogenerate compares an object, which it is given with its counterpart. */
  readonly includeObject?: IncludeObject;
  /** Whether to compare column types; a function decides for each column. @default true */
  readonly compareType?: boolean | CompareColumn;
  /**
   * Whether to compare defaults, identities and generated columns; a function decides for the default of each column.
   * The same database prints both sides, so the comparison is safe. @default true
   */
  readonly compareServerDefault?: boolean | CompareColumn;
  /**
   * Whether CHECK constraints of a table that both sides have are compared: by name and text, `"byName"` (Alembic's
   * plugin `alembic.ext.checkconstraint_byname`: one whose name is unchanged is equal), or not at all (Alembic's
   * default). The same database prints both sides, so comparing their text is safe. @default true
   */
  readonly compareCheckConstraints?: boolean | "byName";
  /** Writes a part of a generated revision in its own way. */
  readonly renderItem?: RenderItem;
  /** Changes, replaces or removes a generated revision before it is written. */
  readonly processRevisionDirectives?: ProcessRevisionDirectives;
  /** Called after each step of a run, before its commit. */
  readonly onVersionApply?: OnVersionApply;
  /** Names for constraints and indexes that have none. */
  readonly namingConvention?: NamingConvention;
  /**
   * Your own operations, by name: `op.createAuditTable("users")` calls `operations.createAuditTable(op,
   * "users")`. Alembic's `Operations.register_operation`.
   */
  readonly operations?: Readonly<Record<string, CustomImplementation>>;
}

/**
 * Returns its argument, checked by the compiler: `export default defineConfig({ … })` in
 * `alembic.config.ts`.
 */
export function defineConfig(config: AlembicConfig): AlembicConfig {
  return config;
}
