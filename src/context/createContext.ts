import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { basename } from "node:path";
import { embeddedDatabases, type EmbeddedDatabases } from "../database/embeddedDatabase";
import {
  productionEnvironment,
  resolveDatabaseTarget,
  resolveNamedUrl,
  type DatabaseTarget,
  type DatabaseTargetRequest,
} from "../project/databaseTarget";
import type { LoadApplication } from "../project/applicationConnection";
import { openLoadingMemory } from "../project/memory/loadingMemory";
import { requireConfig } from "../project/findConfig";
import { loadConfig, type ModuleLoader } from "../project/loadConfig";
import { loadModule, loadRevisionModule, mapRevisionToSource } from "../project/loadModule";
import { readScriptDirectory, type ScriptDirectory } from "../project/scriptDirectory";
import { ScriptDirectoryError } from "../project/errors";
import { readVariables } from "../project/variables";
import type { AlembicAccess } from "./alembicAccess";
import type { AskDataSteps, AskDrop, AskRename, CommandContext } from "./commandContext";
import type { Report } from "./commandTable";
import { environmentOfTenants } from "./namedDatabases";
import { openTarget } from "./openTarget";
import {
  applicationConnectionOptions,
  loadProjectDataSource,
  projectConnectionOptions,
} from "./projectDataSource";

/** Which project and database a command is for. */
export interface ContextOptions {
  readonly workingDirectory: string;
  /** `-c`; otherwise looked for from the working directory upward. */
  readonly configPath: string | undefined;
  /** `-n`: the ini file's section. */
  readonly section: string | undefined;
  readonly url: string | undefined;
  readonly environment: string | undefined;
  /** How the Alembic of a Python project is run. */
  readonly alembic?: AlembicAccess | undefined;
  /** The coding agent that gave the command, where what is dangerous needs a person's approval. */
  readonly agent?: string | undefined;
  readonly xArguments: ReadonlyMap<string, string>;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly report: Report;
  /** Told of a failure that comes when the command has ended. */
  readonly onLateFailure?: (error: Error) => void;
  readonly signal: AbortSignal;
  readonly askRename?: AskRename | undefined;
  readonly askDrop?: AskDrop | undefined;
  readonly askDataSteps?: AskDataSteps | undefined;
  /** Passwords that count instead of those of the databases' own places, by the names that `describeTarget` gives. */
  readonly passwords?: ReadonlyMap<string, string>;
  /** Where embedded databases come from; opened for this command alone when left out. */
  readonly embedded?: EmbeddedDatabases;
  /** Whether what the project's files gave is remembered: only in a process that loads them once, and ends. */
  readonly isRemembering?: boolean;
  /** Gives the namespace of a configuration that is a module, where it is not to be run. */
  readonly loadConfigModule?: ModuleLoader;
  /** Texts of revision files, by absolute path, that count instead of what is on disk. */
  readonly unsaved?: ReadonlyMap<string, string>;
}

/**
 * Finds and loads a project's configuration, and makes what its commands need. Files and database are opened
 * only when a command asks.
 * @throws ConfigError, LoadError
 */
export async function createContext(options: ContextOptions): Promise<CommandContext> {
  const configPath = await requireConfig({
    workingDirectory: options.workingDirectory,
    configOption: options.configPath,
    variables: options.variables,
  });
  // Beside the config first; where that is in a folder of its own, people keep their .env in the project's root.
  const variables = readVariables(
    options.workingDirectory,
    readVariables(dirname(configPath), options.variables),
  );
  const loadingMemory =
    options.isRemembering === true
      ? openLoadingMemory(dirname(configPath), [configPath, options.section ?? ""], variables)
      : undefined;
  const config = await loadConfig(configPath, options.loadConfigModule ?? loadModule, {
    section: options.section,
    workingDirectory: options.workingDirectory,
    variables,
  });
  const { report, signal, embedded = embeddedDatabases, passwords } = options;
  let scripts: Promise<ScriptDirectory> | undefined;
  const targetRequest = (environment: string | undefined): DatabaseTargetRequest => ({
    urlOption: options.url,
    environment,
    config,
    variables,
    dataSourceOptions: () => projectConnectionOptions(config, variables, options.report),
  });
  let application: ReturnType<LoadApplication> | undefined;
  // Many databases of one command have one application.
  const loadApplication: LoadApplication = () =>
    (application ??= applicationConnectionOptions(config, variables));
  const chosenTarget = (): Promise<DatabaseTarget> =>
    resolveDatabaseTarget({ ...targetRequest(options.environment), loadApplication });
  // `--url` is another word for the chosen database, and for no other that is named.
  const requestOf = (environment: string | undefined): DatabaseTargetRequest => ({
    ...targetRequest(environment),
    ...(environment === undefined ? {} : { urlOption: undefined }),
  });
  const resolveTarget = (environment: string | undefined): Promise<DatabaseTarget> =>
    resolveDatabaseTarget({ ...requestOf(environment), loadApplication });
  return {
    config,
    resolveTarget,
    readUrl: (url, source) => resolveNamedUrl(url, source, { config, variables, loadApplication }),
    chosenTarget,
    readScripts: () => (scripts ??= checkScripts(readScriptDirectory(config, options.unsaved), report)),
    openDatabase: async () =>
      openTarget(await chosenTarget(), { report, signal, embedded, config, passwords }),
    embedded,
    passwords,
    knownTargets: () =>
      resolveKnown([
        targetRequest(options.environment),
        ...[...config.environments.keys()].map((environment) => requestOf(environment)),
      ]),
    scriptDialect: async () =>
      // A script needs no database, and where none can be named it is for PostgreSQL.
      resolveDatabaseTarget(targetRequest(options.environment)).then(
        (target) => (target.kind === "sqlite" ? "sqlite" : "postgresql"),
        () => "postgresql",
      ),
    productionEnvironment: productionEnvironment(config, options),
    databaseLabel: options.environment,
    tenantsOf: environmentOfTenants({ config }, options),
    agent: options.agent,
    alembic: alembicRunning(options),
    loadingMemory,
    loadDataSource: () => loadProjectDataSource(config, variables),
    askRename: options.askRename,
    askDrop: options.askDrop,
    askDataSteps: options.askDataSteps,
    mapRevisionToSource,
    loadRevisionModule: (path) => loadRevisionModule(path, options.unsaved?.get(path)),
    report: options.report,
    onLateFailure: options.onLateFailure,
    signal: options.signal,
    now: () => new Date(),
    newRevisionId,
    xArguments: options.xArguments,
  };
}

function alembicRunning({ alembic, variables, url, environment }: ContextOptions): CommandContext["alembic"] {
  return (
    alembic && { ...alembic, variables, isDatabaseNamed: url !== undefined || environment !== undefined }
  );
}

/** Twelve hexadecimal digits, as Alembic's ids are. */
function newRevisionId(): string {
  return randomBytes(6).toString("hex");
}

/**
 * A file that may have lost its header must not be passed over in a run: with it a migration would be left out.
 * The editor, which only looks, makes do with a warning.
 * A folder without files is not in a clone; one that is misspelled looks the same, so it is named.
 * A file that two version locations lead to counts once, with Alembic's warning.
 * @throws ScriptDirectoryError `not-a-revision`, in Alembic's words
 */
async function checkScripts(
  reading: Promise<ScriptDirectory>,
  report: CommandContext["report"],
): Promise<ScriptDirectory> {
  const scripts = await reading;
  for (const path of scripts.missingLocations) {
    const message = `The version location ${path} does not exist, so no revisions are read from it.`;
    report({ kind: "log", level: "warning", message });
  }
  for (const path of scripts.repeatedFiles) {
    const message = `File ${path} loaded twice! ignoring. Please ensure version_locations is unique.`;
    report({ kind: "log", level: "warning", message });
  }
  const [stranger] = scripts.warnings;
  if (stranger !== undefined) {
    throw new ScriptDirectoryError(
      "not-a-revision",
      `Could not determine revision id from filename ${basename(stranger.path)}. Be sure the 'revision' variable is declared inside the script: ${stranger.path}`,
      {
        file: stranger.path,
        hint: "Only revisions may be in a version location. Move other files out of it.",
      },
    );
  }
  return scripts;
}

/** The databases that can be named. */
async function resolveKnown(requests: readonly DatabaseTargetRequest[]): Promise<readonly DatabaseTarget[]> {
  const targets = await Promise.allSettled(requests.map(resolveDatabaseTarget));
  return targets.flatMap((target) => (target.status === "fulfilled" ? [target.value] : []));
}
