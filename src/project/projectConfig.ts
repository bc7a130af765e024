import type { CustomImplementation } from "../operations/createOperations";
import type { NamingConvention } from "../operations/namingConvention";
import type {
  CompareColumn,
  EnvironmentOptions,
  IncludeName,
  IncludeObject,
  OnVersionApply,
  ProcessRevisionDirectives,
  RenderItem,
} from "./alembicConfig";
import type { ConfigError } from "./errors";
import type { LintConfig } from "./lintConfig";

/** One named database of a project. */
export interface EnvironmentConfig {
  readonly name: string;
  readonly url: string | undefined;
  readonly urlVariable: string | undefined;
  readonly color: EnvironmentOptions["color"];
  readonly production: boolean;
  /** A query that gives a schema for each tenant. */
  readonly tenantSchemas: string | undefined;
  /** A query that gives a URL for each tenant. */
  readonly tenantUrls: string | undefined;
}

/** A post-write hook with its arguments split and its folder absolute. */
export interface ProjectPostWriteHook {
  readonly name: string;
  readonly type: "exec" | "console_scripts" | "module";
  readonly command: string;
  readonly options: readonly string[];
  readonly cwd: string;
}

/** The functions and switches that steer autogenerate and runs. */
export interface ProjectHooks {
  readonly includeName: IncludeName | undefined;
  readonly includeObject: IncludeObject | undefined;
  readonly compareType: boolean | CompareColumn;
  readonly compareServerDefault: boolean | CompareColumn;
  readonly compareCheckConstraints: boolean | "byName";
  readonly renderItem: RenderItem | undefined;
  readonly processRevisionDirectives: ProcessRevisionDirectives | undefined;
  readonly onVersionApply: OnVersionApply | undefined;
}

/** A project's configuration, whatever file it came from: all paths absolute, all defaults filled in. */
export interface ProjectConfig {
  readonly configPath: string;
  /** The config file's folder. */
  readonly directory: string;
  readonly scriptLocation: string;
  readonly versionLocations: readonly string[];
  /** False where the version locations are the default one; then a new base needs no `--version-path`. */
  readonly hasExplicitVersionLocations: boolean;
  readonly recursiveVersionLocations: boolean;
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  /** Undefined: the machine's own. */
  readonly timezone: string | undefined;
  readonly revisionEnvironment: boolean;
  readonly versionTable: string;
  readonly versionTableSchema: string | undefined;
  readonly versionTablePk: boolean;
  readonly transactionPerMigration: boolean;
  /** Whether globs of the DataSource may match nothing. */
  readonly allowEmptyGlobs: boolean;
  readonly url: string | undefined;
  /** Whether the key is there without a value: a database is meant that the file does not name. */
  readonly isUrlBlank: boolean;
  readonly environments: ReadonlyMap<string, EnvironmentConfig>;
  readonly dataSource: string | undefined;
  /** The folder of views, functions and triggers that are kept in files; undefined: there is none. */
  readonly objects: string | undefined;
  readonly shadowUrl: string | undefined;
  readonly postWriteHooks: readonly ProjectPostWriteHook[];
  /** In PostgreSQL's form: `"5000"` (milliseconds), `"5s"`. */
  readonly lockTimeout: string | undefined;
  readonly statementTimeout: string | undefined;
  readonly lockRetries: number;
  readonly lockRetryDelayMilliseconds: number;
  readonly backup: boolean;
  readonly backupDirectory: string;
  /** A branch of Git; undefined: what the repository says. */
  readonly mainBranch: string | undefined;
  readonly lint: LintConfig;
  readonly includeSchemas: boolean | readonly string[];
  readonly namingConvention: NamingConvention;
  readonly customOperations: ReadonlyMap<string, CustomImplementation>;
  readonly hooks: ProjectHooks;
  /** Sections of an ini or TOML file beyond Alembic's own, for example `[alembic:exclude]`. */
  readonly extraSections: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Why the values of keys can't be read (`url`, `environments.staging`): see `requireReadable`. */
  readonly failures: ReadonlyMap<string, ConfigError>;
}
