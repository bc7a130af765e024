/**
 * A table of SQLite as its CREATE TABLE says it, with nothing left out: what is kept as text (defaults, expressions,
 * clauses) is SQL, as SQLite has it.
 */
export interface SqliteTable {
  /** An attached database. */
  readonly schema?: string;
  readonly name: string;
  readonly columns: readonly SqliteColumn[];
  readonly constraints: readonly SqliteConstraint[];
  /** `WITHOUT ROWID`, `STRICT` */
  readonly options: readonly string[];
}

export interface SqliteColumn {
  readonly name: string;
  /** "" for a column without a type. */
  readonly type: string;
  /** The clause: `NOT NULL`, `NOT NULL ON CONFLICT IGNORE`; absent: nullable. */
  readonly notNull?: string;
  /** What stands after DEFAULT, in parentheses where it needs them. */
  readonly default?: string;
  readonly collation?: string;
  readonly generated?: { readonly expression: string; readonly stored: boolean };
}

export interface SqliteKeyColumn {
  readonly name: string;
  /** What stands after the name: `COLLATE nocase DESC`, or "". */
  readonly options: string;
}

export interface SqlitePrimaryKey {
  readonly kind: "primaryKey";
  readonly name?: string;
  readonly columns: readonly SqliteKeyColumn[];
  /** `ON CONFLICT REPLACE`, or "". */
  readonly conflict: string;
  /** Written at its column: AUTOINCREMENT is possible only there, and DESC means something else there. */
  readonly isInline: boolean;
  readonly autoincrement: boolean;
}
export interface SqliteUnique {
  readonly kind: "unique";
  readonly name?: string;
  readonly columns: readonly SqliteKeyColumn[];
  readonly conflict: string;
}
export interface SqliteCheck {
  readonly kind: "check";
  readonly name?: string;
  /** Without the parentheses. */
  readonly expression: string;
}
export interface SqliteForeignKey {
  readonly kind: "foreignKey";
  readonly name?: string;
  readonly columns: readonly string[];
  readonly referredTable: string;
  /** Absent: the primary key. */
  readonly referredColumns?: readonly string[];
  /** `ON DELETE CASCADE DEFERRABLE …`, or "". */
  readonly clauses: string;
}
export type SqliteConstraint = SqlitePrimaryKey | SqliteUnique | SqliteCheck | SqliteForeignKey;

export interface SqliteIndex {
  readonly name: string;
  /** The whole CREATE INDEX. */
  readonly sql: string;
}

/** A table with all that goes when it is dropped. */
export interface SqliteTableSnapshot {
  readonly table: SqliteTable;
  readonly indexes: readonly SqliteIndex[];
  /** Each a whole CREATE TRIGGER. */
  readonly triggers: readonly string[];
}
