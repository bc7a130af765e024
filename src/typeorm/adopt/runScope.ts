import { AsyncLocalStorage } from "node:async_hooks";
import type { TypeormDataSource, TypeormDriver, TypeormQueryRunner } from "../typeormTypes";

/** What TypeORM's driver for PostgreSQL uses of a client of the `pg` package. */
export interface TypeormClient {
  query(statement: unknown, values?: unknown, callback?: unknown): Promise<unknown>;
  on(event: string, listener: unknown): unknown;
  removeListener(event: string, listener: unknown): unknown;
}

/** What TypeORM asks a server for when it connects. */
export interface ServerFacts {
  readonly database: string;
  /** The schema whose names stand unqualified. */
  readonly schema: string;
  /** As `server_version` prints it: `15.18`. */
  readonly version: string;
}

interface RunScope {
  readonly client: TypeormClient;
  readonly facts: ServerFacts;
}

/** Several runs, on several databases, share one DataSource: what belongs to a run is known by where a call comes from. */
const scopes = new AsyncLocalStorage<RunScope>();
const prepared = new WeakSet<TypeormDataSource>();

/**
 * Gives `work` a query runner of the project's own TypeORM whose statements all go to `client`, and so do those of every
 * other runner, manager and repository of the DataSource while `work` runs. Nothing is connected.
 * @param isInTransaction the runner takes a transaction for begun, so that one of its own is a savepoint
 */
export async function withQueryRunner(
  dataSource: TypeormDataSource,
  scope: RunScope,
  isInTransaction: boolean,
  work: (queryRunner: TypeormQueryRunner) => Promise<void>,
): Promise<void> {
  prepare(dataSource);
  await scopes.run(scope, async () => {
    const runner = dataSource.createQueryRunner("master");
    if (isInTransaction) {
      Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
    }
    try {
      await work(runner);
    } finally {
      await runner.release();
    }
  });
}

function prepare(dataSource: TypeormDataSource): void {
  if (prepared.has(dataSource)) {
    return;
  }
  prepared.add(dataSource);
  const { driver } = dataSource;
  const connectMaster = driver.obtainMasterConnection.bind(driver);
  const connectSlave = driver.obtainSlaveConnection.bind(driver);
  driver.obtainMasterConnection = () => scopedConnection() ?? connectMaster();
  driver.obtainSlaveConnection = () => scopedConnection() ?? connectSlave();
  scopeProperty(driver, "database", ({ facts }) => facts.database);
  scopeProperty(driver, "version", ({ facts }) => facts.version);
  scopeProperty(driver, "searchSchema", ({ facts }) => facts.schema);
  scopeProperty(driver, "schema", ({ facts }) => dataSource.options.schema ?? facts.schema);
  scopeProperty(
    driver,
    "isGeneratedColumnsSupported",
    ({ facts }) => Number.parseInt(facts.version, 10) >= 12,
  );
  scopeProperty(dataSource, "isInitialized", () => true);
  // TypeORM's own would print every statement to stdout, which other programs read.
  scopeProperty(dataSource, "logger", () => silentLogger);
}

function scopedConnection(): Promise<readonly [TypeormClient, () => void]> | undefined {
  const client = scopes.getStore()?.client;
  return client === undefined ? undefined : Promise.resolve([client, () => undefined]);
}

/** Makes a property have another value inside of a run; outside it is what it was, and can be set. */
function scopeProperty<Owner extends TypeormDataSource | TypeormDriver>(
  owner: Owner,
  name: keyof Owner & string,
  valueIn: (scope: RunScope) => unknown,
): void {
  let own: unknown = owner[name];
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const scope = scopes.getStore();
      return scope === undefined ? own : valueIn(scope);
    },
    set: (value: unknown) => {
      own = value;
    },
  });
}

const silentLogger = {
  logQuery: ignore,
  logQueryError: ignore,
  logQuerySlow: ignore,
  logSchemaBuild: ignore,
  logMigration: ignore,
  log: ignore,
};

function ignore(): void {
  // A run tells its own progress.
}
