import type { Connection, Row } from "./connection";
import { describeDuration } from "./duration";

/** Who holds a lock that a run waits for. */
export interface LockHolder {
  readonly processId: number;
  readonly applicationName: string;
  /** For how long, where that is known. */
  readonly seconds: number | undefined;
}

/** A lock that a session of ours waits for, inside a statement. */
export interface LockWait {
  /** `table users`, `transaction`; undefined where the server does not say. */
  readonly locked: string | undefined;
  /** Those that have it, or that wait for it before us. */
  readonly holders: readonly BlockingSession[];
}

export interface BlockingSession extends LockHolder {
  readonly user: string;
  /** PostgreSQL's own word: `active`, `idle in transaction`, …; empty where this user may not see it. */
  readonly state: string;
}

/**
 * Asks what a session waits for (PostgreSQL, `pg_blocking_pids`); undefined: for no lock.
 * @param processId the session's server process
 */
export async function findLockWait(connection: Connection, processId: number): Promise<LockWait | undefined> {
  const rows = await connection.query(
    `SELECT a.pid, a.application_name, a.usename, a.state, l.locktype,
            extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.backend_start)) AS seconds,
            c.relkind, CASE WHEN n.nspname = ANY (current_schemas(false)) THEN c.relname
                            ELSE n.nspname || '.' || c.relname END AS relation
       FROM unnest(pg_blocking_pids($1)) AS blocking (pid)
       LEFT JOIN pg_stat_activity a ON a.pid = blocking.pid
       LEFT JOIN pg_locks l ON l.pid = $1 AND NOT l.granted
       LEFT JOIN pg_class c ON c.oid = l.relation
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
      ORDER BY seconds DESC NULLS LAST, a.pid`,
    [processId],
  );
  const [first] = rows;
  if (first === undefined) {
    return undefined;
  }
  return { locked: lockedObject(first), holders: rows.map(blockingSession) };
}

/** `table users, which psql holds (process 812, user app, idle in transaction, for 3 min)`. */
export function describeLockWait({ locked, holders }: LockWait): string {
  const object = locked === undefined ? "a lock" : `a lock on ${locked}`;
  const [holder] = holders;
  if (holder === undefined) {
    return object;
  }
  const { processId, applicationName, user, state, seconds } = holder;
  const details = [
    processId === 0 ? "a prepared transaction" : `process ${String(processId)}`,
    ...(user === "" ? [] : [`user ${user}`]),
    ...(state === "" ? [] : [state]),
    ...(seconds === undefined ? [] : [`for ${describeDuration(seconds)}`]),
  ];
  const more = holders.length === 1 ? "" : ` and ${String(holders.length - 1)} more`;
  const name = applicationName === "" ? "another session" : applicationName;
  return `${object} that ${name} holds (${details.join(", ")})${more}`;
}

function lockedObject(row: Row): string | undefined {
  const { locktype, relation, relkind } = row;
  if (typeof relation === "string") {
    return `${relationKinds[String(relkind)] ?? "table"} ${relation}`;
  }
  switch (locktype) {
    case "transactionid":
    case "virtualxid":
      return "a transaction";
    case undefined:
    case null:
      return undefined;
    default:
      return String(locktype);
  }
}

/** Of `pg_class.relkind`; what is not here is a table. */
const relationKinds: Readonly<Record<string, string>> = {
  i: "index",
  I: "index",
  S: "sequence",
  v: "view",
  m: "materialized view",
};

function blockingSession(row: Row): BlockingSession {
  const text = (name: string): string => {
    const value = row[name];
    return typeof value === "string" ? value : "";
  };
  const seconds = Number(row["seconds"] ?? undefined);
  return {
    processId: Number(row["pid"] ?? 0),
    applicationName: text("application_name"),
    user: text("usename"),
    state: text("state"),
    seconds: Number.isNaN(seconds) ? undefined : seconds,
  };
}
