import type { DatabaseDescription } from "./events";

export interface DriftOptions {
  /** Two environments, or tenants of one: the second is compared with the first, and no revision is run. */
  readonly between?: readonly [expected: string, actual: string];
  /** Where the database should be; what its version table says when left out. */
  readonly to?: string;
  /** Whether the fix drops what only the database has. */
  readonly drop?: boolean;
  /** Answers: `users.name:users.full_name`. */
  readonly renames?: readonly string[];
}

/** One of the two schemas that were compared. */
export type DriftSideDescription =
  /** What these revisions make, on an embedded PostgreSQL. */
  | { readonly kind: "revisions"; readonly revisions: readonly string[] }
  | {
      readonly kind: "database";
      /** The environment, and after a slash the tenant; undefined where none was chosen. */
      readonly name: string | undefined;
      readonly database: DatabaseDescription;
      /** Of the version table, sorted; undefined where the role may not read it. */
      readonly rows: readonly string[] | undefined;
    };

/** Something in which a database is not what it should be. */
export interface DriftDifference {
  /** `table`, `column`, `index`, `privileges`, `version row`, … */
  readonly kind: string;
  /** With the schema where it is not the default one, and the table where it is in one: `app.users.email`. */
  readonly name: string;
  readonly change: "missing" | "unexpected" | "changed";
  /** As it should be; undefined for what is unexpected. */
  readonly expected: string | undefined;
  /** As it is; undefined for what is missing. */
  readonly actual: string | undefined;
  /** Whether the operations of the fix take care of it. */
  readonly isFixed: boolean;
}

export interface DriftResult {
  readonly expected: DriftSideDescription;
  readonly actual: Extract<DriftSideDescription, { readonly kind: "database" }>;
  readonly differences: readonly DriftDifference[];
  /** What was compared with less than wanted, or not at all, and why. */
  readonly unseen: readonly string[];
  /** What may be renames; without an answer, one is missing and the other unexpected. */
  readonly questions: readonly { readonly from: string; readonly to: string; readonly answer: string }[];
  /** What would fix the drift. */
  readonly fix: {
    /** Statements, with comments for what may lose data, fail or take long. */
    readonly sql: string;
    /** The body of a revision's `upgrade`. */
    readonly operations: string;
  };
  /** Both schemas as texts, in one order. */
  readonly schemas: { readonly expected: string; readonly actual: string };
}
