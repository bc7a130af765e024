import type { Connection } from "../database/connection";
import { text } from "../database/introspect/rowValues";

/** Settings by their names. */
type Settings = ReadonlyMap<string, string>;

/** What the session of a scratch database has set. There is only one session, which can be made what a new one would be. */
export interface ScratchSession {
  /** What is set, what is stored for new sessions, and whether there are temporary objects, to be compared as a text. */
  state(): Promise<string>;
  /** Makes it what a new session would be, within the transaction if one is open. Roles stay. */
  renew(): Promise<void>;
  /** Sets what was set at the beginning, and the search path `public`: the catalog is read with names that the path leaves short. */
  settleForReading(): Promise<void>;
  /** @returns sets again what is set now */
  keep(): Promise<() => Promise<void>>;
}

/** What only tells how long something waits, and what is of a transaction. */
const leftAlone = [
  "lock_timeout",
  "statement_timeout",
  "transaction_timeout",
  "transaction_deferrable",
  "transaction_isolation",
  "transaction_read_only",
];

/**
 * @param path the search path that a session of this database begins with; undefined to leave it
 */
export async function beginScratchSession(
  connection: Connection,
  path: string | undefined,
): Promise<ScratchSession> {
  if (connection.dialect !== "postgresql") {
    const nothing = (): Promise<void> => Promise.resolve();
    return {
      state: () => Promise.resolve(""),
      renew: nothing,
      settleForReading: nothing,
      keep: () => Promise.resolve(nothing),
    };
  }
  if (path !== undefined) {
    await set(connection, new Map([["search_path", path]]));
  }
  const setAll = async (wanted: Settings): Promise<void> =>
    set(connection, changed(await readSettings(connection), wanted));
  const beginning = await readSettings(connection);
  return {
    async state() {
      const settings = [await readSettings(connection), await readStoredSettings(connection)];
      return JSON.stringify([...settings.map((each) => [...each]), await hasTemporaryObjects(connection)]);
    },
    async renew() {
      await setAll(new Map([...beginning, ...(await readStoredSettings(connection))]));
      if (await hasTemporaryObjects(connection)) {
        await connection.run("DISCARD TEMP");
      }
    },
    settleForReading: () => setAll(new Map([...beginning, ["search_path", "public"]])),
    async keep() {
      const kept = await readSettings(connection);
      return () => setAll(kept);
    },
  };
}

function changed(present: Settings, wanted: Settings): Settings {
  return new Map([...wanted].filter(([name, value]) => present.get(name) !== value));
}

/** What may be set in a session. */
async function readSettings(connection: Connection): Promise<Settings> {
  return settingsOf(
    await connection.query(
      `SELECT pg_catalog.lower(name) AS name, pg_catalog.current_setting(name) AS value FROM pg_catalog.pg_settings
       WHERE context IN ('user', 'superuser') AND name <> ALL ($1::text[]) ORDER BY 1`,
      [leftAlone],
    ),
  );
}

/** What ALTER DATABASE and ALTER ROLE have stored for new sessions; what is stored for fewer of them counts. */
async function readStoredSettings(connection: Connection): Promise<Settings> {
  return settingsOf(
    await connection.query(
      `SELECT pg_catalog.lower(pg_catalog.split_part(setting, '=', 1)) AS name, pg_catalog.substr(setting, pg_catalog.strpos(setting, '=') + 1) AS value
       FROM pg_catalog.pg_db_role_setting s
       LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
       LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
       CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS setting
       WHERE (s.setdatabase = 0 OR d.datname = pg_catalog.current_database()) AND (s.setrole = 0 OR r.rolname = SESSION_USER)
       ORDER BY s.setrole <> 0, s.setdatabase <> 0`,
    ),
  );
}

function settingsOf(rows: readonly Readonly<Record<string, unknown>>[]): Settings {
  return new Map(rows.map((row) => [text(row, "name"), text(row, "value")]));
}

async function set(connection: Connection, settings: Settings): Promise<void> {
  for (const [name, value] of settings) {
    await connection.query("SELECT pg_catalog.set_config($1, $2, false)", [name, value]);
  }
}

async function hasTemporaryObjects(connection: Connection): Promise<boolean> {
  const rows = await connection.query(
    `SELECT 1 AS found FROM pg_catalog.pg_depend WHERE refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
     AND refobjid = pg_catalog.pg_my_temp_schema() LIMIT 1`,
  );
  return rows.length > 0;
}
