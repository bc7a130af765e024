import type { Connection } from "../database/connection";
import { versionTableExists, versionTableName, type VersionTable } from "../database/versionTable";
import { suffixedName } from "../sqlText/suffixedName";
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
  /** What the database refused before it in blocks of `op.try`, which were taken back. */
  readonly refusals: readonly RefusedStatement[];
}

/** A statement that was refused, and whose `op.try` was taken back: the revision went on without it. */
export interface RefusedStatement {
  readonly position: number;
  readonly message: string;
  readonly sqlState: string | undefined;
}

/** The state of a row of the table that stands for a `RefusedStatement`; what was said of it is in place of the statement. */
const refusedState = "refused";

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
  /** Records an entry; its `rowCounts` and `refusals` are those since the entry before. */
  record(entry: LedgerEntry): Promise<void>;
  /**
   * Forgets a revision, or with undefined all of them, and takes the table away once it is empty; part of the
   * transaction that moves the version row.
   */
  clear(revision: string | undefined): Promise<void>;
}

type LedgerRow = Omit<LedgerEntry, "state" | "refusals"> & {
  readonly state: LedgerEntry["state"] | typeof refusedState;
};

const noLedger: StepLedger = {
  isKept: false,
  entries: [],
  record: () => Promise.resolve(),
  clear: () => Promise.resolve(),
};

/** Row counts in a column: an array of PostgreSQL, or text in which a comma follows each. Both are joined with `||`. */
interface LedgerFormat {
  readonly tableSql: (name: string) => string;
  readonly rowCounts: (counts: readonly number[]) => unknown;
  /** An expression that gives text of numbers and commas. */
  readonly countsSql: string;
}

const formats: Readonly<Record<Connection["dialect"], LedgerFormat>> = {
  postgresql: {
    tableSql: (name) => createTableSql(name, "bigint[]", "timestamptz NOT NULL DEFAULT now()"),
    rowCounts: (counts) => counts,
    countsSql: "array_to_string(row_counts, ',')",
  },
  sqlite: {
    tableSql: (name) => createTableSql(name, "text", "text NOT NULL DEFAULT CURRENT_TIMESTAMP"),
    rowCounts: (counts) => counts.map((count) => `${String(count)},`).join(""),
    countsSql: "row_counts",
  },
};

/** Opens the ledger of a version table. */
export async function openStepLedger(
  session: MigrationSession,
  connection: Connection | undefined,
  table: VersionTable,
): Promise<StepLedger> {
  if (connection === undefined) {
    return noLedger;
  }
  const format = formats[connection.dialect];
  const ledgerTable = { ...table, name: suffixedName(table.name, "_steps") };
  const name = versionTableName(ledgerTable);
  let exists = await versionTableExists(connection, ledgerTable);
  const entries = exists ? await readEntries(connection, name, format) : [];
  const kept = new Set(entries.map((entry) => entry.revision));
  async function write(row: LedgerRow): Promise<void> {
    await session.run(
      `INSERT INTO ${name} AS steps (version_num, direction, position, state, prefix_digest, statement, row_counts)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (version_num, direction, position) DO UPDATE
         SET state = excluded.state, prefix_digest = excluded.prefix_digest, statement = excluded.statement,
             row_counts = steps.row_counts || excluded.row_counts, recorded_at = CURRENT_TIMESTAMP`,
      [
        row.revision,
        row.direction,
        row.position,
        row.state,
        row.prefixDigest,
        row.statement,
        format.rowCounts(row.rowCounts),
      ],
    );
  }
  return {
    isKept: true,
    entries,
    async record(entry) {
      if (!exists) {
        await session.run(format.tableSql(name));
        exists = true;
      }
      kept.add(entry.revision);
      for (const { position, message, sqlState } of entry.refusals) {
        const statement = JSON.stringify({ message, sqlState });
        await write({ ...entry, position, statement, state: refusedState, rowCounts: [] });
      }
      await write(entry);
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

function createTableSql(name: string, rowCounts: string, recordedAt: string): string {
  return `CREATE TABLE ${name} (
    version_num varchar(32) NOT NULL,
    direction text NOT NULL,
    position integer NOT NULL,
    state text NOT NULL,
    prefix_digest text NOT NULL,
    statement text NOT NULL,
    row_counts ${rowCounts} NOT NULL,
    recorded_at ${recordedAt},
    PRIMARY KEY (version_num, direction, position)
)`;
}

/** One entry for each revision and direction: the last statement's, with the row counts of all. */
async function readEntries(
  connection: Connection,
  name: string,
  { countsSql }: LedgerFormat,
): Promise<readonly LedgerEntry[]> {
  const rows = await connection.query(
    `SELECT version_num, direction, position, state, prefix_digest, statement, ${countsSql} AS counts
       FROM ${name} ORDER BY version_num, direction, position`,
  );
  const last = new Map<string, LedgerEntry>();
  const refusals = new Map<string, readonly RefusedStatement[]>();
  for (const row of rows) {
    const key = `${String(row["direction"])} ${String(row["version_num"])}`;
    if (row["state"] === refusedState) {
      refusals.set(key, [...(refusals.get(key) ?? []), readRefusal(row)]);
      continue;
    }
    const entry = readEntry(row);
    const rowCounts = [...(last.get(key)?.rowCounts ?? []), ...entry.rowCounts];
    last.set(key, { ...entry, rowCounts, refusals: refusals.get(key) ?? [] });
  }
  return [...last.values()];
}

function readRefusal(row: Readonly<Record<string, unknown>>): RefusedStatement {
  const said: unknown = JSON.parse(String(row["statement"]));
  const { message, sqlState } = Object(said) as Readonly<Record<string, unknown>>;
  return {
    position: Number(row["position"]),
    message: String(message),
    sqlState: typeof sqlState === "string" ? sqlState : undefined,
  };
}

function readEntry(row: Readonly<Record<string, unknown>>): LedgerEntry {
  const state = row["state"];
  const counts = String(row["counts"])
    .split(",")
    .filter((text) => text !== "");
  return {
    revision: String(row["version_num"]),
    direction: row["direction"] === "downgrade" ? "downgrade" : "upgrade",
    position: Number(row["position"]),
    state: state === "finished" || state === "pending" ? state : "started",
    prefixDigest: String(row["prefix_digest"]),
    statement: String(row["statement"]),
    rowCounts: counts.map(Number),
    refusals: [],
  };
}
