import type { Dialect } from "../database/connection";
import type { Database } from "../database/database";
import type { EmbeddedDatabases } from "../database/embeddedDatabase";
import type { DatabaseTarget } from "../project/databaseTarget";
import type { ProjectConfig } from "../project/projectConfig";
import type { ScriptDirectory } from "../project/scriptDirectory";
import type { LoadingMemory } from "../project/memory/loadingMemory";
import type { LoadedDataSource } from "../typeorm/loadDataSource";
import type { AlembicRunning } from "./alembicAccess";
import type { CommandName, CommandTable, Report } from "./commandTable";
import type { DatabaseDescription } from "./events";
import type { DataStep } from "./squashCommand";

/** Something that vanished from the entities and something like it that appeared. */
export interface RenameChoice {
  readonly kind: "table" | "column" | "enum" | "enumValue";
  /** `users.name` */
  readonly from: string;
  readonly to: string;
  /** How alike they are, from 0 to 1. */
  readonly score: number;
}

/** True: renamed. False: one goes and another comes. */
export type AskRename = (choice: RenameChoice) => Promise<boolean>;

/** Something that a revision made and no entity describes any more. */
export interface DropChoice {
  readonly kind: "table" | "column";
  /** `users`, `media.duration` */
  readonly name: string;
  /** The revision that made the table, where it is known. */
  readonly revision: string | undefined;
}

/** True: it is dropped. False: it stays, and is not asked about again. */
export type AskDrop = (choice: DropChoice) => Promise<boolean>;

/** True: revisions that change rows are squashed, though only the schema is compared. */
export type AskDataSteps = (steps: readonly DataStep[]) => Promise<boolean>;

/** A database that a command opened, and what it may be called in public. */
export interface OpenedDatabase {
  readonly database: Database;
  /** With its password: never to be shown. */
  readonly target: DatabaseTarget;
  readonly description: DatabaseDescription;
}

/** All that a command needs from outside; made by the command line or by the editor's engine. */
export interface CommandContext {
  readonly config: ProjectConfig;
  readonly readScripts: () => Promise<ScriptDirectory>;
  /** Finds the database of an environment, or where none is chosen the project's own. */
  readonly resolveTarget: (environment: string | undefined) => Promise<DatabaseTarget>;
  /**
   * The database that a URL names, which `source` says where it comes from: read as any URL is.
   * @throws ConfigError `invalid-url`, `tls-unknown`
   */
  readonly readUrl: (url: string, source: string) => Promise<DatabaseTarget>;
  /** The database that `openDatabase` would open. */
  readonly chosenTarget: () => Promise<DatabaseTarget>;
  /** Opens the project's database; whoever opens it closes it. */
  readonly openDatabase: () => Promise<OpenedDatabase>;
  /** Passwords that count instead of those of the databases' own places, by the databases' names. */
  readonly passwords?: ReadonlyMap<string, string> | undefined;
  /** Where scratch databases come from, and the project's own where none is named. */
  readonly embedded: EmbeddedDatabases;
  /**
   * The chosen database and those of all environments, of which the configuration tells enough, for what connects to none of them:
   * the application is not asked how it connects.
   */
  readonly knownTargets: () => Promise<readonly DatabaseTarget[]>;
  /** The dialect of the database that `openDatabase` would open; for a script, which opens none. */
  readonly scriptDialect: () => Promise<Dialect>;
  /** The chosen environment, where it is marked as production: nothing is tried out there. */
  readonly productionEnvironment: string | undefined;
  /** The coding agent that gave the command, where what is dangerous needs a person's approval. */
  readonly agent?: string | undefined;
  /** What the chosen database is called among several: its environment, and after a slash its tenant. */
  readonly databaseLabel: string | undefined;
  /** The chosen environment, where it stands for its tenants: then its own database is not to be changed. */
  readonly tenantsOf?: string | undefined;
  /** Where the chosen database is a tenant's schema among others of one database. */
  readonly tenantSchema?: string | undefined;
  /** Loads the project's TypeORM DataSource; nothing is connected. */
  readonly loadDataSource: () => Promise<LoadedDataSource>;
  /** What an earlier process found of the project's files; absent where nothing is kept. */
  readonly loadingMemory?: LoadingMemory | undefined;
  /** Asks the user whether something was renamed; absent where nobody can be asked. */
  readonly askRename?: AskRename | undefined;
  /** Asks the user whether something is to be dropped; absent where nobody can be asked. */
  readonly askDrop?: AskDrop | undefined;
  /** Asks the user whether revisions with these statements are to be squashed; absent where nobody can be asked. */
  readonly askDataSteps?: AskDataSteps | undefined;
  /** Set where a run is on a database of our own, and its revisions must reach no other. */
  readonly isScratch?: boolean | undefined;
  /** Loads a revision file and gives its exports. */
  readonly loadRevisionModule: (path: string) => Promise<unknown>;
  /** To be called before the stack of a revision's failure is read, so that it names places of the TypeScript. */
  readonly mapRevisionToSource: (path: string) => void;
  readonly report: Report;
  /** Told of a failure that comes when the command has ended, as of an operation that a revision called too late. */
  readonly onLateFailure?: ((error: Error) => void) | undefined;
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly newRevisionId: () => string;
  /** How the Alembic of a Python project is run; absent where only its files are read. */
  readonly alembic?: AlembicRunning | undefined;
  /** `-x key=value` arguments. */
  readonly xArguments: ReadonlyMap<string, string>;
}

/** A command as a function: data in, data out, progress through `context.report`; it prints nothing. */
export type Command<Name extends CommandName> = (
  context: CommandContext,
  options: CommandTable[Name]["options"],
) => Promise<CommandTable[Name]["result"]>;

/** Opens the database for the length of `use`. */
export async function withDatabase<Result>(
  context: CommandContext,
  use: (opened: OpenedDatabase) => Promise<Result>,
): Promise<Result> {
  const opened = await context.openDatabase();
  try {
    return await use(opened);
  } finally {
    await opened.database.close();
  }
}
