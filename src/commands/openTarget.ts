import { openEmbeddedDatabase } from "../database/embeddedDatabase";
import { openPostgresDatabase } from "../database/postgresDatabase";
import { openSqliteDatabase } from "../database/sqliteDatabase";
import { describeServer, readServerAddress } from "../database/serverAddress";
import type { DatabaseTarget } from "../project/databaseTarget";
import type { Report } from "./commandTable";
import type { OpenedDatabase } from "./commandContext";
import type { DatabaseDescription } from "./events";

/** A server that does not answer within this time is reported as unreachable. */
const connectTimeoutMilliseconds = 8_000;
const embeddedLockTimeoutMilliseconds = 60_000;

/** A target as it may be shown. */
export function describeTarget(target: DatabaseTarget): DatabaseDescription {
  switch (target.kind) {
    case "server":
      return { kind: "server", name: describeServer(readServerAddress(target.url)), source: target.source };
    case "sqlite":
      return { kind: "sqlite", name: target.file, source: target.source };
    case "embedded":
      return { kind: "embedded", name: "embedded PostgreSQL", source: "no database is named" };
  }
}

/**
 * Opens a target and reports which one it is.
 * @param projectDirectory where packages of the project are looked for
 * @throws DatabaseError when it can't be reached; never falls back to another.
 */
export async function openTarget(
  target: DatabaseTarget,
  report: Report,
  signal: AbortSignal,
  projectDirectory: string,
): Promise<OpenedDatabase> {
  const description = describeTarget(target);
  report({ kind: "database", database: description });
  const onNotice = (message: string): void => report({ kind: "log", level: "info", message });
  switch (target.kind) {
    case "server":
      return {
        target,
        description,
        database: await openPostgresDatabase({
          url: target.url,
          connectTimeoutMilliseconds,
          applicationName: "alembic-ts",
          onNotice,
          signal,
        }),
      };
    case "embedded":
      return {
        target,
        description,
        database: await openEmbeddedDatabase({
          directory: target.directory,
          lockTimeoutMilliseconds: embeddedLockTimeoutMilliseconds,
          signal,
          onWaiting: (reason) => report({ kind: "waiting", reason }),
          onNotice,
        }),
      };
    case "sqlite":
      return {
        target,
        description,
        database: await openSqliteDatabase({ file: target.file, projectDirectory }),
      };
  }
}
