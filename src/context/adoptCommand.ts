import type { DatabaseDescription } from "./events";

export interface AdoptOptions {
  /** Give what would be written and stamped, and do neither. */
  readonly dryRun?: boolean;
  /** Write no files; bring the version table up to what TypeORM's table says. */
  readonly stampOnly?: boolean;
  /** Write the files and ask no database. */
  readonly noStamp?: boolean;
  /** The revision that the first new one follows; needed only among revisions that are no TypeORM migrations. */
  readonly head?: string;
  /** One of the configured version locations. */
  readonly versionPath?: string;
  /** What a dry run found and somebody confirmed: stamp that, or do nothing. */
  readonly confirmed?: ConfirmedAdoption;
}

/** What identifies an adoption: the database that was asked, and what is stamped there. */
export interface ConfirmedAdoption {
  readonly database: DatabaseDescription | undefined;
  readonly stamped: readonly string[];
}

/** A TypeORM migration and its revision. */
export interface AdoptedMigration {
  /** The name of the class. */
  readonly migration: string;
  readonly revision: string;
  readonly message: string;
  /** The file of the class; undefined where the DataSource lists the class itself and its file is not known. */
  readonly source: string | undefined;
  /** The revision's file. */
  readonly path: string;
  /** False where it was adopted before. */
  readonly isNew: boolean;
  /** What TypeORM's table says; undefined where no database was asked. */
  readonly hasRun: boolean | undefined;
}

/** What became of the version table. */
export type AdoptionStamp =
  /** `isDone` is false for a dry run. */
  | { readonly kind: "stamped"; readonly revisions: readonly string[]; readonly isDone: boolean }
  /** It says already what TypeORM's table says. */
  | { readonly kind: "up-to-date" }
  /** No migration has run on that database, so the revisions are all pending. */
  | { readonly kind: "nothing-ran" }
  | { readonly kind: "not-asked"; readonly reason: string };

export interface AdoptResult {
  /** In TypeORM's order. */
  readonly migrations: readonly AdoptedMigration[];
  /** False for a dry run. */
  readonly isWritten: boolean;
  /** The one that was asked. */
  readonly database: DatabaseDescription | undefined;
  /** Of its version table, after all that was done. */
  readonly rows: readonly string[];
  readonly stamp: AdoptionStamp;
}
