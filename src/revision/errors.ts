/** What went wrong, for programs; the message is for people and keeps Alembic's words. */
export type RevisionErrorCode =
  | "unknown-revision"
  | "ambiguous-revision"
  | "not-on-branch"
  | "unknown-branch"
  | "multiple-heads"
  | "multiple-revisions"
  | "multiple-bases"
  | "invalid-symbol"
  | "range-not-allowed"
  | "invalid-range"
  | "unrelated-range"
  | "relative-too-far"
  | "ambiguous-walk"
  | "walked-too-far"
  | "invalid-target"
  | "overlapping-revisions"
  | "conflicting-stamp"
  | "duplicate-head"
  | "not-a-head"
  | "label-in-use"
  | "illegal-id"
  | "id-in-use"
  | "unknown-template-token"
  | "version-rows"
  | "broken-graph";

/**
 * A request about the graph that cannot be fulfilled.
 *
 * `message` is Alembic's text. Where Alembic has one text for several causes, `code` tells them apart, `detail`
 * is a sentence about this one, and `hint` says what to do.
 */
export class RevisionError extends Error {
  readonly code: RevisionErrorCode;
  readonly detail: string | undefined;
  readonly hint: string | undefined;

  constructor(
    code: RevisionErrorCode,
    message: string,
    more: { readonly detail?: string | undefined; readonly hint?: string | undefined } = {},
  ) {
    super(message);
    this.name = "RevisionError";
    this.code = code;
    this.detail = more.detail;
    this.hint = more.hint;
  }
}
