import type { Connection } from "../database/connection";
import { isAtLeast, lockModes, type LockMode, type RelationKind } from "../lint/effects";

/** A relation of the scratch database at some moment. */
export interface RelationState {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly label: string;
  readonly kind: RelationKind;
  /** The table of an index. */
  readonly table: string | undefined;
  /** Changes when it is written anew. */
  readonly file: string | undefined;
  /** How often it was read in full; it counts on empty tables too. */
  readonly scans: string;
  /** The strongest that this session holds. */
  readonly lock: LockMode | undefined;
}

/** Relations that the user can have made, and what this session has locked of them. */
const relations = `
  WITH held AS (
    SELECT relation, array_agg(mode) AS modes FROM pg_catalog.pg_locks
    WHERE locktype = 'relation' AND pid = pg_catalog.pg_backend_pid() AND granted GROUP BY relation
  )
  SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind, i.indrelid::text AS "table",
    CASE WHEN n.nspname = pg_catalog.current_schema() THEN c.relname ELSE n.nspname || '.' || c.relname END AS label,
    pg_catalog.pg_relation_filenode(c.oid)::text AS file,
    pg_catalog.pg_stat_get_xact_numscans(c.oid)::text AS scans, held.modes
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
  LEFT JOIN held ON held.relation = c.oid
  WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  UNION ALL
  SELECT relation::text, '', '', '', NULL, '', NULL, '0', modes FROM held
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = relation)`;

const kinds: Readonly<Record<string, RelationKind>> = {
  r: "table",
  p: "table",
  f: "table",
  i: "index",
  I: "index",
  v: "view",
  m: "materialized view",
  S: "sequence",
};

/** All relations by their oid; of one that is locked and dropped, only the oid and the lock. */
export async function readRelations(connection: Connection): Promise<ReadonlyMap<string, RelationState>> {
  const states = new Map<string, RelationState>();
  for (const row of await connection.query(relations)) {
    const text = (name: string): string => textOf(row[name]);
    const oid = text("oid");
    states.set(oid, {
      oid,
      schema: text("schema"),
      name: text("name"),
      label: text("label"),
      kind: kinds[text("kind")] ?? "other",
      table: typeof row["table"] === "string" ? row["table"] : undefined,
      file: typeof row["file"] === "string" ? row["file"] : undefined,
      scans: text("scans"),
      lock: strongest(row["modes"]),
    });
  }
  return states;
}

/** `AccessExclusiveLock` is ACCESS EXCLUSIVE. */
const modesByName: ReadonlyMap<string, LockMode> = new Map(
  lockModes.map((mode) => [
    `${mode.replace(/\w+/g, (word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`).replaceAll(" ", "")}Lock`,
    mode,
  ]),
);

function strongest(modes: unknown): LockMode | undefined {
  const held: readonly unknown[] = Array.isArray(modes) ? modes : (textOf(modes).match(/\w+/g) ?? []);
  return held
    .flatMap((name) => modesByName.get(textOf(name)) ?? [])
    .reduce<LockMode | undefined>(
      (best, mode) => (best === undefined || isAtLeast(mode, best) ? mode : best),
      undefined,
    );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
