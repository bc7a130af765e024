import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import type { AskDrop, AskRename, CommandContext } from "../../../src/context/commandContext";
import { runCommand } from "../../../src/commands/commands";
import type {
  AutogenerateReport,
  NewRevisionOptions,
  NewRevisionResult,
} from "../../../src/context/commandTable";
import { openTarget } from "../../../src/context/openTarget";
import { readTarget, type DatabaseTarget } from "../../../src/project/databaseTarget";
import { loadRevisionModule, mapRevisionToSource } from "../../../src/project/loadModule";
import { embeddedDatabases } from "../../../src/database/embeddedDatabase";
import { normaliseConfig } from "../../../src/project/normaliseConfig";
import type { ProjectConfig } from "../../../src/project/projectConfig";
import { readScriptDirectory } from "../../../src/project/scriptDirectory";

/** A project with revisions of its own and a DataSource that the test gives. */
export interface TestProject {
  readonly directory: string;
  readonly events: readonly string[];
  autogenerate(dataSource: DataSource, options?: Partial<NewRevisionOptions>): Promise<NewRevisionResult>;
  check(dataSource: DataSource, options?: Partial<NewRevisionOptions>): Promise<AutogenerateReport>;
  upgrade(target?: string): Promise<void>;
  downgrade(target: string): Promise<void>;
  /** The text of the newest revision file. */
  lastRevision(): string;
  /** Changes the project between two commands. */
  configure(options: Pick<TestProjectOptions, "config" | "isProduction">): void;
  remove(): void;
}

export interface TestProjectOptions {
  readonly url: string;
  /** Opens another database than that of the URL. */
  readonly openDatabase?: CommandContext["openDatabase"];
  readonly askRename?: AskRename;
  readonly askDrop?: AskDrop;
  readonly config?: Partial<ProjectConfig>;
  readonly isProduction?: boolean;
  /** Whether what a DataSource gave once is taken from its record the next time. */
  readonly isRemembering?: boolean;
}

/** Makes a project in a temporary folder, on a server's database. */
export function createTestProject(options: TestProjectOptions): TestProject {
  const { url, config: changed, askRename, askDrop } = options;
  const directory = mkdtempSync(join(tmpdir(), "alembic-ts-autogenerate-"));
  const versions = join(directory, "migrations", "versions");
  mkdirSync(versions, { recursive: true });
  const raw = {
    values: new Map<string, unknown>([["scriptLocation", "migrations"]]),
    extraSections: new Map(),
  } as unknown as Parameters<typeof normaliseConfig>[0];
  const given = normaliseConfig(raw, join(directory, "alembic.config.json"), directory);
  let config: ProjectConfig = { ...given, ...changed };
  let isProduction = options.isProduction ?? false;
  const events: string[] = [];
  const target: DatabaseTarget = { kind: "server", url, source: "the test" };
  let made = 0;
  // Entities are read once, and are then as another process would remember them.
  const remembered = new WeakMap<DataSource, Map<string, string>>();
  const memoryOf = (dataSource: DataSource): CommandContext["loadingMemory"] => ({
    recall: (subject) => {
      const text = remembered.get(dataSource)?.get(JSON.stringify(subject));
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    remember(subject, value) {
      const records = remembered.get(dataSource) ?? new Map<string, string>();
      remembered.set(dataSource, records.set(JSON.stringify(subject), JSON.stringify(value)));
    },
  });
  const contextFor = (dataSource: DataSource | undefined): CommandContext => ({
    config: { ...config, dataSource: config.dataSource ?? "data-source.ts" },
    loadingMemory: dataSource && options.isRemembering === true ? memoryOf(dataSource) : undefined,
    readScripts: () => readScriptDirectory(config),
    resolveTarget: () => Promise.resolve(target),
    readUrl: (given, source) => Promise.resolve(readTarget(given, source, { config, variables: {} })),
    chosenTarget: () => Promise.resolve(target),
    knownTargets: () => Promise.resolve([target]),
    openDatabase:
      options.openDatabase ??
      (() =>
        openTarget(target, {
          report: () => undefined,
          signal: new AbortController().signal,
          embedded: embeddedDatabases,
          config,
        })),
    embedded: embeddedDatabases,
    askRename,
    askDrop,
    productionEnvironment: isProduction ? "live" : undefined,
    loadDataSource: () =>
      dataSource === undefined
        ? Promise.reject(new Error("This command has no use for entities."))
        : Promise.resolve({ dataSource: dataSource as never, file: __filename, quickly: (load) => load() }),
    loadRevisionModule,
    mapRevisionToSource,
    report: (event) => {
      if (event.kind === "log") {
        events.push(`${event.level}: ${event.message}`);
      }
    },
    signal: new AbortController().signal,
    now: () => new Date(Date.UTC(2024, 0, 1, 0, 0, made)),
    newRevisionId: () => `rev${String((made += 1)).padStart(3, "0")}`,
    xArguments: new Map(),
    databaseLabel: undefined,
    scriptDialect: () => Promise.resolve("postgresql"),
  });
  return {
    directory,
    events,
    autogenerate: (dataSource, options = {}) =>
      runCommand("revision", contextFor(dataSource), { message: "change", autogenerate: true, ...options }),
    check: (dataSource, options = {}) => runCommand("check", contextFor(dataSource), options),
    async upgrade(to = "head") {
      await runCommand("upgrade", contextFor(undefined), { target: to });
    },
    async downgrade(to) {
      await runCommand("downgrade", contextFor(undefined), { target: to });
    },
    lastRevision() {
      const last = readdirSync(versions)
        .filter((name) => name.endsWith(".ts"))
        .sort()
        .at(-1);
      return last === undefined ? "" : readFileSync(join(versions, last), "utf8");
    },
    configure(more) {
      config = { ...config, ...more.config };
      isProduction = more.isProduction ?? isProduction;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export type Hooks = NonNullable<NonNullable<TestProjectOptions["config"]>["hooks"]>;

/** Hooks of a project that has none but these. */
export function createHooks(changed: Partial<Hooks>): Hooks {
  return {
    includeName: undefined,
    includeObject: undefined,
    compareType: true,
    compareServerDefault: true,
    compareCheckConstraints: true,
    renderItem: undefined,
    processRevisionDirectives: undefined,
    ...changed,
  } as Hooks;
}
