import type { EmbeddedDatabases } from "../database/embeddedDatabase";
import { openPostgresDatabase } from "../database/postgresDatabase";
import { openSqliteDatabase } from "../database/sqliteDatabase";
import { describeServer, type ServerAddress } from "../database/serverAddress";
import { placeAddress, type ServerPlace } from "../database/serverAttempts";
import type { DatabaseTarget } from "../project/databaseTarget";
import type { ProjectConfig } from "../project/projectConfig";
import { CommandError } from "./commandError";
import type { Report } from "./commandTable";
import type { OpenedDatabase } from "./commandContext";
import { nothingNamed, type DatabaseDescription } from "./events";

/** A server that does not answer within this time is reported as unreachable. */
const connectTimeoutMilliseconds = 8_000;
const embeddedLockTimeoutMilliseconds = 60_000;

/** A target as it may be shown. */
export function describeTarget(target: DatabaseTarget): DatabaseDescription {
  switch (target.kind) {
    case "server":
    case "client":
      return {
        kind: "server",
        name: describeServer(placeAddress(placeOf(target))),
        source: target.source,
      };
    case "sqlite":
      return { kind: "sqlite", name: target.file, source: target.source };
    case "embedded":
      return {
        kind: "embedded",
        name: "embedded PostgreSQL",
        source: target.source ?? nothingNamed,
      };
  }
}

/** Where the server of a target is; undefined where it has none. */
export function targetAddress(target: DatabaseTarget): ServerAddress | undefined {
  return target.kind === "server" || target.kind === "client" ? placeAddress(placeOf(target)) : undefined;
}

function placeOf(target: DatabaseTarget & { readonly kind: "server" | "client" }): ServerPlace {
  if (target.kind === "server") {
    return { kind: "url", url: target.url, application: target.application };
  }
  const { options, defaults, prefersTls } = target;
  return { kind: "client", options, defaults, prefersTls };
}

/** What opening a database takes beside the target. */
export interface Opening {
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly embedded: EmbeddedDatabases;
  readonly passwords?: ReadonlyMap<string, string> | undefined;
  readonly config: Pick<ProjectConfig, "directory">;
}

/**
 * Opens a target and reports which one it is; packages are looked for in the project's folder.
 * @throws DatabaseError when it can't be reached; never falls back to another.
 */
export async function openTarget(
  target: DatabaseTarget,
  { report, signal, embedded, config, passwords }: Opening,
): Promise<OpenedDatabase> {
  if (target.kind === "embedded" && target.refusal !== undefined) {
    throw new CommandError("database-not-named", target.refusal.message, target.refusal.hint);
  }
  const description = describeTarget(target);
  report({ kind: "database", database: description });
  const onNotice = (message: string): void => report({ kind: "log", level: "info", message });
  switch (target.kind) {
    case "server":
    case "client":
      return {
        target,
        description,
        database: await openPostgresDatabase({
          server: placeOf(target),
          password: passwords?.get(description.name),
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
        database: await embedded.open({
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
        database: await openSqliteDatabase({
          file: target.file,
          isReadOnly: target.isReadOnly === true,
          projectDirectory: config.directory,
        }),
      };
  }
}
