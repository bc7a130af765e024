import type { Connection } from "../../database/connection";
import type { VersionTable } from "../../database/versionTable";
import { quoteQualifiedName } from "../../sql/quote";
import type { MigrationSession } from "./session";

export type Direction = "upgrade" | "downgrade";

/**
 * How far a revision has come that ran a statement outside a transaction. `started`: the statement was sent, and
 * nothing is known of its end. `pending`: it was not sent yet, or the server refused it.
 */
export interface LedgerEntry {
  readonly revision: string;
  readonly direction: Direction;
  /** Counts the statements of the revision's function from one; all before it are done. */
  readonly position: number;
  readonly state: "pending" | "started" | "finished";
  /** Digest of the statements before this one, which tells whether the file was edited since. */
  readonly prefixDigest: string;
  readonly statement: string;
}

/**
 * The place, beside the version table, where a revision's way is recorded as soon as part of it is committed
 * before its version row: Alembic leaves such a revision half applied and says nothing. The table exists only
 * while a revision is under way.
 */
export interface StepLedger {
  /** False for a script, which nobody resumes. */
  readonly isKept: boolean;
  /** What an earlier run left behind. */
  readonly entry: LedgerEntry | undefined;
  record(entry: LedgerEntry): Promise<void>;
  /** Takes the table away; part of the transaction that moves the version row. */
  clear(): Promise<void>;
}

const noLedger: StepLedger = {
  isKept: false,
  entry: undefined,
  record: () => Promise.resolve(),
  clear: () => Promise.resolve(),
};

/** Opens the ledger of a version table. */
export async function openStepLedger(
  session: MigrationSession,
  connection: Connection | undefined,
  table: VersionTable,
): Promise<StepLedger> {
  if (connection === undefined || connection.dialect !== "postgresql") {
    return noLedger;
  }
  const name = quoteQualifiedName(table.schema, `${table.name}_steps`);
  let exists = await tableExists(connection, name);
  return {
    isKept: true,
    entry: exists ? await readEntry(connection, name) : undefined,
    async record(entry) {
      if (!exists) {
        await session.run(createTableSql(name));
        exists = true;
      }
      await session.run(
        `INSERT INTO ${name} (version_num, direction, position, state, prefix_digest, statement)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (version_num, direction) DO UPDATE
           SET position = excluded.position, state = excluded.state,
               prefix_digest = excluded.prefix_digest, statement = excluded.statement, recorded_at = now()`,
        [entry.revision, entry.direction, entry.position, entry.state, entry.prefixDigest, entry.statement],
      );
    },
    async clear() {
      if (exists) {
        await session.run(`DROP TABLE ${name}`);
        exists = false;
      }
    },
  };
}

function createTableSql(name: string): string {
  return `CREATE TABLE ${name} (
    version_num varchar(32) NOT NULL,
    direction text NOT NULL,
    position integer NOT NULL,
    state text NOT NULL,
    prefix_digest text NOT NULL,
    statement text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (version_num, direction)
)`;
}

async function tableExists(connection: Connection, name: string): Promise<boolean> {
  const [row] = await connection.query("SELECT to_regclass($1) IS NOT NULL AS found", [name]);
  return row?.["found"] === true;
}

async function readEntry(connection: Connection, name: string): Promise<LedgerEntry | undefined> {
  const [row] = await connection.query(
    `SELECT version_num, direction, position, state, prefix_digest, statement
       FROM ${name} ORDER BY recorded_at DESC LIMIT 1`,
  );
  if (row === undefined) {
    return undefined;
  }
  const state = row["state"];
  return {
    revision: String(row["version_num"]),
    direction: row["direction"] === "downgrade" ? "downgrade" : "upgrade",
    position: Number(row["position"]),
    state: state === "finished" || state === "pending" ? state : "started",
    prefixDigest: String(row["prefix_digest"]),
    statement: String(row["statement"]),
  };
}
