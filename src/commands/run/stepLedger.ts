import type { Connection } from "../../database/connection";
import type { VersionTable } from "../../database/versionTable";
import { quoteQualifiedName } from "../../sql/quote";
import { suffixedName } from "../../sql/suffixedName";
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
  /**
   * Rows that the statements touched which are done, in their order: what a resumed revision is told when it
   * passes over them, so that a loop that works in batches until nothing is left goes the same way again.
   */
  readonly rowCounts: readonly number[];
}

/**
 * The place, beside the version table, where a revision's way is recorded as soon as part of it is committed
 * before its version row: Alembic leaves such a revision half applied and says nothing. The table exists only
 * while a revision is under way.
 */
export interface StepLedger {
  /** False for a script, which nobody resumes. */
  readonly isKept: boolean;
  /** What earlier runs left behind: the last entry of each revision and direction. */
  readonly entries: readonly LedgerEntry[];
  /** Records an entry; its `rowCounts` are those since the entry before. */
  record(entry: LedgerEntry): Promise<void>;
  /**
   * Forgets a revision, or with undefined all of them, and takes the table away once it is empty; part of the
   * transaction that moves the version row.
   */
  clear(revision: string | undefined): Promise<void>;
}

const noLedger: StepLedger = {
  isKept: false,
  entries: [],
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
  const name = quoteQualifiedName(table.schema, suffixedName(table.name, "_steps"));
  let exists = await tableExists(connection, name);
  const entries = exists ? await readEntries(connection, name) : [];
  const kept = new Set(entries.map((entry) => entry.revision));
  return {
    isKept: true,
    entries,
    async record(entry) {
      if (!exists) {
        await session.run(createTableSql(name));
        exists = true;
      }
      kept.add(entry.revision);
      await session.run(
        `INSERT INTO ${name} AS steps (version_num, direction, position, state, prefix_digest, statement, row_counts)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (version_num, direction, position) DO UPDATE
           SET state = excluded.state, prefix_digest = excluded.prefix_digest, statement = excluded.statement,
               row_counts = steps.row_counts || excluded.row_counts, recorded_at = now()`,
        [
          entry.revision,
          entry.direction,
          entry.position,
          entry.state,
          entry.prefixDigest,
          entry.statement,
          entry.rowCounts,
        ],
      );
    },
    async clear(revision) {
      if (revision !== undefined && !kept.delete(revision)) {
        return;
      }
      if (revision === undefined) {
        kept.clear();
      }
      if (kept.size > 0) {
        await session.run(`DELETE FROM ${name} WHERE version_num = $1`, [revision]);
      } else if (exists) {
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
    row_counts bigint[] NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (version_num, direction, position)
)`;
}

async function tableExists(connection: Connection, name: string): Promise<boolean> {
  const [row] = await connection.query("SELECT to_regclass($1) IS NOT NULL AS found", [name]);
  return row?.["found"] === true;
}

/** One entry for each revision and direction: the last statement's, with the row counts of all. */
async function readEntries(connection: Connection, name: string): Promise<readonly LedgerEntry[]> {
  const rows = await connection.query(
    `SELECT version_num, direction, position, state, prefix_digest, statement, array_to_json(row_counts)::text AS counts
       FROM ${name} ORDER BY version_num, direction, position`,
  );
  const last = new Map<string, LedgerEntry>();
  for (const row of rows) {
    const entry = readEntry(row);
    const key = `${entry.direction} ${entry.revision}`;
    const rowCounts = [...(last.get(key)?.rowCounts ?? []), ...entry.rowCounts];
    last.set(key, { ...entry, rowCounts });
  }
  return [...last.values()];
}

function readEntry(row: Readonly<Record<string, unknown>>): LedgerEntry {
  const state = row["state"];
  const counts: unknown = JSON.parse(String(row["counts"]));
  return {
    revision: String(row["version_num"]),
    direction: row["direction"] === "downgrade" ? "downgrade" : "upgrade",
    position: Number(row["position"]),
    state: state === "finished" || state === "pending" ? state : "started",
    prefixDigest: String(row["prefix_digest"]),
    statement: String(row["statement"]),
    rowCounts: Array.isArray(counts) ? counts.map(Number) : [],
  };
}
