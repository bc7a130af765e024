import type { Node } from "libpg-query";
import type { TextRange } from "../source/header";

/** How much a finding weighs; `off` is not looked for. */
export type LintLevel = "error" | "warning" | "info" | "off";

/** A statement that a revision runs. */
export interface LintStatement {
  readonly node: Node;
  readonly text: string;
  /** Where the revision's text has it: the name of the operation, or the statement within a written-out SQL text. */
  readonly range: TextRange;
  /** False where it runs by itself: in an autocommit block, or because PostgreSQL refuses it in a transaction. */
  readonly isInTransaction: boolean;
}

/** What is known about the statements around the one in question. */
export interface LintSurroundings {
  /** Of the revision, in their order, up to the one in question. */
  readonly before: readonly LintStatement[];
  /** Of the revision. */
  readonly all: readonly LintStatement[];
  /** Whether the same run makes this table, view, type or routine: nothing uses it yet. */
  readonly isNew: (name: string) => boolean;
  /** Whether the same run adds this constraint to a table: nothing relies on it yet. */
  readonly isNewConstraint: (table: string, name: string) => boolean;
  /** Whether an earlier statement of the same run changes this object, so that it is locked already. */
  readonly isLockedBefore: (name: string) => boolean;
  /** The type that a column had before, where the revision says so. */
  readonly typeBefore: (table: string, column: string) => string | undefined;
  /** The columns of a table that `CHECK (column IS NOT NULL)` covers, as far as the revision tells. */
  readonly isCheckedNotNull: (table: string, column: string) => boolean;
  /** Whether a validated CHECK constraint of a table is known that may imply the bounds of a partition. */
  readonly isChecked: (table: string) => boolean;
  /** Major version of the server that the revisions are for; undefined where it is not known. */
  readonly targetVersion: number | undefined;
  /** Whether the project's configuration sets these timeouts for each run. */
  readonly timeouts: { readonly lock: boolean; readonly statement: boolean };
}

/** Something of which the revisions do not tell whether it happens: it weighs less than what is certain. */
export interface Possible {
  readonly message: string;
  /** The message where measuring has shown that it happens. */
  readonly certainly: string;
  /** What decides it, which the revisions do not tell. */
  readonly dependsOn: "column type" | "function" | "time zone";
}

/** What happens with a statement, in a sentence, or what may happen. */
export type Flagged = string | Possible;

/** SQL that a rule flags, and the safe form. */
export interface RuleExample {
  readonly flagged: string;
  readonly safe: string;
}

export interface Rule {
  /** Stable: configurations and comments name it. */
  readonly code: string;
  readonly level: LintLevel;
  /** In a few words, what is flagged. */
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly happens: string;
  /** What to write instead, in a sentence or two. */
  readonly safe: string;
  /** The first major version of PostgreSQL that has the safe form. */
  readonly from?: number;
  /** The first major version of PostgreSQL that it no longer concerns. */
  readonly until?: number;
  readonly example: RuleExample;
  /** What happens with this very statement: a sentence for each thing that is flagged. */
  readonly find: (statement: LintStatement, around: LintSurroundings) => readonly Flagged[];
}
