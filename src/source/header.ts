import type { Revision } from "../revision/revision";

/** A stretch of a text, in UTF-16 offsets; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A string literal: its value, and where the text between its quotes stands. */
export interface LocatedText {
  readonly value: string;
  readonly range: TextRange;
  /** Put together from what stands elsewhere too, so that no edit of the range alone would change it. */
  readonly isComputed?: true;
}

/** A list of ids or labels: `null`, one string, or several. */
export interface LocatedList {
  /** The whole value expression, quotes and brackets included, without a following `as const`. */
  readonly range: TextRange;
  readonly values: readonly LocatedText[];
  /** As of a text. */
  readonly isComputed?: true;
}

/** A value of a header that only running the file would tell, where the graph can do without it. */
export interface UndecidedValue {
  readonly name: "branch_labels" | "depends_on";
  readonly reason: string;
  readonly range: TextRange;
}

/** The `Revision ID:` and `Revises:` lines of the doc comment; each only where the comment has it. */
export interface DocumentedIds {
  readonly revision: LocatedText | undefined;
  /** `range` is the text after `Revises:`; no values for a base. */
  readonly downRevision: LocatedList | undefined;
}

/** What a revision file says of itself, and where it says it. */
export interface RevisionHeader {
  readonly language: "typescript" | "python";
  readonly revision: LocatedText;
  readonly downRevision: LocatedList;
  readonly branchLabels: LocatedList | undefined;
  readonly dependsOn: LocatedList | undefined;
  /** Left out where the file has none. */
  readonly replaces?: LocatedList;
  /** The leading block comment or docstring without its marks, "" if there is none. */
  readonly doc: string;
  /** First line of `doc`, unless that is already one of the id lines. */
  readonly message: string;
  /** The text after `Create Date:`. */
  readonly createDate: string | undefined;
  readonly documentedIds: DocumentedIds;
  /** The function's name. */
  readonly upgrade: TextRange | undefined;
  /** The function's name. */
  readonly downgrade: TextRange | undefined;
  /** There is an upgrade, and it does nothing. */
  readonly upgradeIsEmpty: boolean;
  /** There is a downgrade, and it does nothing. One that throws is not empty. */
  readonly downgradeIsEmpty: boolean;
  /** Left out where there are none. Their lists are empty. */
  readonly undecided?: readonly UndecidedValue[];
  /** False where the file has `export const transaction = false`. */
  readonly isTransactional: boolean;
}

/** `ambiguous`: the text alone does not decide it, `range` is where. */
export type HeaderScan =
  | { readonly kind: "revision"; readonly header: RevisionHeader }
  | { readonly kind: "not-a-revision" }
  | { readonly kind: "ambiguous"; readonly reason: string; readonly range: TextRange };

/** Turns a header into the record that the graph is built from. */
export function toRevision(header: RevisionHeader, path: string): Revision {
  const replaces = valuesOf(header.replaces);
  return {
    revision: header.revision.value,
    downRevisions: valuesOf(header.downRevision),
    branchLabels: valuesOf(header.branchLabels),
    dependsOn: valuesOf(header.dependsOn),
    ...(replaces.length === 0 ? {} : { replaces }),
    message: header.message,
    doc: header.doc,
    path,
  };
}

function valuesOf(list: LocatedList | undefined): readonly string[] {
  return list === undefined ? [] : list.values.map((text) => text.value);
}
