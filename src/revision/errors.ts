/** What went wrong, for programs; the message is for people and keeps Alembic's words. */
export type RevisionErrorCode =
  | "unknown-revision"
  | "ambiguous-revision"
  | "not-on-branch"
  | "unknown-branch"
  | "multiple-heads"
  | "multiple-bases"
  | "invalid-range"
  | "unrelated-range"
  | "relative-too-far"
  | "walked-too-far"
  | "ambiguous-walk"
  | "ambiguous-upgrade"
  | "invalid-target"
  | "overlapping-revisions"
  | "conflicting-stamp"
  | "version-rows"
  | "duplicate-head"
  | "not-a-head"
  | "label-in-use"
  | "illegal-id"
  | "id-in-use"
  | "unknown-template-token"
  | "broken-graph";

interface RevisionErrorDetails {
  /** A sentence about this very case, where one message stands for several. */
  readonly detail?: string | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** The name that was looked for. */
  readonly identifier?: string | undefined;
}

/**
 * A request about the graph that cannot be fulfilled.
 *
 * `message` is Alembic's text. Where Alembic has one text for several causes, `code` tells them apart and `cause` is
 * a sentence about this one; `hint` says what to do.
 */
export class RevisionError extends Error {
  readonly code: RevisionErrorCode;
  override readonly cause: string | undefined;
  readonly hint: string | undefined;
  readonly identifier: string | undefined;

  constructor(code: RevisionErrorCode, message: string, details: RevisionErrorDetails = {}) {
    super(message);
    this.name = "RevisionError";
    this.code = code;
    this.cause = details.detail;
    this.hint = details.hint;
    this.identifier = details.identifier;
  }
}

/** Several heads where one was asked for. Commands word it in their own way, so the parts are kept. */
export class MultipleHeadsError extends RevisionError {
  readonly argument: string;
  readonly heads: readonly string[];

  constructor(argument: string, heads: readonly string[], message = multipleHeadsMessage(argument)) {
    super("multiple-heads", message, {
      detail: `The heads are ${heads.join(", ")}.`,
      hint: "Name one of them, use 'heads' for all, or join them with `alembic-ts merge heads`.",
    });
    this.argument = argument;
    this.heads = heads;
  }
}

/** Two revisions of which neither leads to the other, where one should. */
export class UnrelatedRevisionsError extends RevisionError {
  constructor(lower: string, upper: string, message = unrelatedMessage(lower, upper)) {
    super("unrelated-range", message, {
      hint: "Run `alembic-ts history` to see which revisions lead to which.",
    });
  }
}

function multipleHeadsMessage(argument: string): string {
  return (
    `Multiple head revisions are present for given argument '${argument}'; please specify a specific target ` +
    `revision, '<branchname>@${argument}' to narrow to a specific head, or 'heads' for all heads`
  );
}

function unrelatedMessage(lower: string, upper: string): string {
  return `Requested range ${lower}:${upper} does not refer to ancestor/descendant revisions along the same branch`;
}

/** How one command words the errors that several share. */
export interface RequestWords {
  /** What the user typed, for `Multiple head revisions are present for given argument …`. */
  readonly argument?: string;
  readonly multipleHeads?: string;
  readonly unrelated?: string;
  readonly range?: { readonly start: string; readonly end: string };
}

/** Runs `action`, with the errors that depend on the command put in the words of this one. */
export function inWordsOf<Result>(words: RequestWords, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof MultipleHeadsError) {
      throw new MultipleHeadsError(words.argument ?? error.argument, error.heads, words.multipleHeads);
    }
    if (error instanceof UnrelatedRevisionsError) {
      throw new UnrelatedRevisionsError(words.range?.start ?? "", words.range?.end ?? "", words.unrelated);
    }
    throw error;
  }
}

type LocateErrorCode = "unknown-revision" | "ambiguous-revision" | "not-on-branch" | "unknown-branch";

/** Alembic's one message for four causes, with the cause kept. */
export function cannotLocate(
  code: LocateErrorCode,
  identifier: string,
  detail: string,
  hint: string,
): RevisionError {
  return new RevisionError(code, `Can't locate revision identified by '${identifier}'`, {
    detail,
    hint,
    identifier,
  });
}

/** A relative symbol that leads past the first or the last revision. */
export function walkedTooFar(symbol: string): RevisionError {
  return new RevisionError("walked-too-far", "Walked too far", {
    detail: `'${symbol}' leads past the end of the revisions.`,
    hint: "Use fewer steps; `alembic-ts history` shows how many there are.",
  });
}
