import type { Client } from "pg";
import { quoteIdentifier, quoteLiteral } from "../sql/quote";
import { isServerError } from "./serverError";

/** Who serves a client. */
export interface Backend {
  /** Behind a pooler another one than the connection says. */
  readonly pid: number;
  readonly version: number;
}

/** How soon a busy backend notices that its client is gone. */
const checkInterval = "2s";

/**
 * What a role or a database may limit for its applications, and would end a migration; the limit of an option that the
 * connection itself names stays. `lock_timeout` stays too: it keeps a migration from holding everybody up.
 */
const lifted = [
  "statement_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "transaction_timeout",
];

/**
 * Readies a session, where it is ours alone: behind a pooler, settings would stay for whoever comes next. The server is to
 * watch whether we are still there while it is busy for us (PostgreSQL 14 and later, `client_connection_check_interval`),
 * so that the statement of a killed run does not go on for hours, and the limits of the role are lifted.
 * @returns who serves us
 */
export async function prepareSession(client: Client): Promise<Backend> {
  const own = `pg_backend_pid() = ${String(Number(Reflect.get(client, "processID")))}`;
  const backend = "SELECT pg_backend_pid() AS pid, current_setting('server_version_num')::integer AS version";
  const unlimited = `(SELECT count(set_config(name, '0', false)) FROM pg_settings
    WHERE name IN (${lifted.map(quoteLiteral).join(", ")}) AND setting <> '0' AND source <> 'client' AND ${own})`;
  const setting = "'client_connection_check_interval'";
  const watched = `CASE WHEN ${own} AND current_setting(${setting}, true) = '0'
    THEN set_config(${setting}, '${checkInterval}', false) END`;
  // Servers on some systems have the first setting and refuse to change it; those that only speak the protocol may have neither.
  for (const statement of [`${backend}, ${unlimited}, ${watched}`, `${backend}, ${unlimited}`]) {
    try {
      const { rows } = await client.query<Backend>(statement);
      return rows[0] ?? { pid: 0, version: 0 };
    } catch (error) {
      // Class 57 ends the session, and says why.
      if (!isServerError(error) || error.code.startsWith("57")) {
        throw error;
      }
    }
  }
  const { rows } = await client.query<Backend>(backend);
  return rows[0] ?? { pid: 0, version: 0 };
}

/** Settings of a session that leave no trace in that of a pool. */
export interface SessionSettings {
  /** For the whole session where it is ours, and for each of its transactions where a pool has it. */
  set(name: string, value: string): Promise<void>;
  /** A statement with what has to follow it. */
  within(text: string): string;
}

/** Made of a session's client. Behind a pooler each transaction begins with its settings. */
export function sessionSettings(client: Client, isPooled: boolean): SessionSettings {
  const local = new Map(isPooled ? lifted.slice(0, 2).map((name) => [name, "0"]) : []);
  return {
    async set(name, value) {
      if (isPooled) {
        local.set(name, value);
      } else {
        await client.query("SELECT set_config($1, $2, false)", [name, value]);
      }
    },
    within(text) {
      const begins = /^BEGIN$|^COMMIT AND CHAIN$/.test(text);
      return begins && local.size > 0
        ? [
            text,
            ...[...local].map(
              ([name, value]) => `SET LOCAL ${quoteIdentifier(name)} = ${quoteLiteral(value)}`,
            ),
          ].join("; ")
        : text;
    },
  };
}
