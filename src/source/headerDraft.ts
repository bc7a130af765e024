import type { DocComment } from "./docComment";
import type {
  HeaderScan,
  LocatedList,
  LocatedText,
  RevisionHeader,
  TextRange,
  UndecidedValue,
} from "./header";

export const HEADER_NAMES = [
  "revision",
  "down_revision",
  "branch_labels",
  "depends_on",
  "replaces",
  "transaction",
] as const;
export const FUNCTION_NAMES = ["upgrade", "downgrade"] as const;
export type HeaderName = (typeof HEADER_NAMES)[number];
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** The value of a header, as far as it can be told. */
export type HeaderValue =
  | { readonly kind: "text"; readonly range: TextRange; readonly text: LocatedText }
  | {
      readonly kind: "list";
      readonly range: TextRange;
      readonly values: readonly LocatedText[];
      readonly isComputed?: true;
    }
  | { readonly kind: "none"; readonly range: TextRange }
  | { readonly kind: "flag"; readonly range: TextRange; readonly flag: boolean }
  | { readonly kind: "unknown"; readonly range: TextRange; readonly reason: string };

export interface FoundFunction {
  readonly name: TextRange;
  readonly isEmpty: boolean;
}

/** What a reader found in a file, before it is known whether that makes a header. */
export interface HeaderDraft {
  readonly values: ReadonlyMap<HeaderName, HeaderValue>;
  readonly functions: ReadonlyMap<FunctionName, FoundFunction>;
}

/** Whether this is one of a header's values. */
export function isHeaderName(name: string): name is HeaderName {
  return HEADER_NAMES.some((known) => known === name);
}

/** Whether this is one of a revision's functions. */
export function isFunctionName(name: string): name is FunctionName {
  return FUNCTION_NAMES.some((known) => known === name);
}

/** Whether these values make the file a revision at all; without them its doc comment need not be read. */
export function isRevisionDraft({ values }: HeaderDraft): boolean {
  return values.has("revision") || values.has("down_revision");
}

/** Makes the header, or says why there is none. */
export function finishHeader(
  language: RevisionHeader["language"],
  { values, functions }: HeaderDraft,
  doc: DocComment,
): HeaderScan {
  const revision = values.get("revision");
  const downRevision = values.get("down_revision");
  if (revision === undefined) {
    return downRevision === undefined
      ? { kind: "not-a-revision" }
      : ambiguous("the file has a down_revision but no revision", downRevision.range);
  }
  if (downRevision === undefined) {
    return ambiguous("the file has a revision but no down_revision", revision.range);
  }
  const undecided = language === "python" ? undecidedValues(values) : [];
  const wrong = wrongValue(values, undecided);
  if (wrong !== undefined || revision.kind !== "text") {
    return wrong ?? ambiguous("revision must be a string", revision.range);
  }
  const transaction = values.get("transaction");
  const replaces = values.get("replaces");
  const upgrade = functions.get("upgrade");
  const downgrade = functions.get("downgrade");
  return {
    kind: "revision",
    header: {
      language,
      revision: revision.text,
      downRevision: toList(downRevision),
      branchLabels: optionalList(values.get("branch_labels")),
      dependsOn: optionalList(values.get("depends_on")),
      ...(replaces === undefined ? {} : { replaces: toList(replaces) }),
      doc: doc.doc,
      message: doc.message,
      createDate: doc.createDate,
      documentedIds: doc.documentedIds,
      upgrade: upgrade?.name,
      downgrade: downgrade?.name,
      upgradeIsEmpty: upgrade?.isEmpty ?? false,
      downgradeIsEmpty: downgrade?.isEmpty ?? false,
      isTransactional: transaction?.kind !== "flag" || transaction.flag,
      ...(undecided.length === 0 ? {} : { undecided }),
    },
  };
}

/** The answer for a file that cannot be read with certainty. */
export function ambiguous(reason: string, range: TextRange): HeaderScan {
  return { kind: "ambiguous", reason, range };
}

/** Labels and dependencies often come from elsewhere in Python; the chain is known without them. */
function undecidedValues(values: HeaderDraft["values"]): readonly UndecidedValue[] {
  return (["branch_labels", "depends_on"] as const).flatMap((name) => {
    const value = values.get(name);
    return value?.kind === "unknown" ? [{ name, reason: value.reason, range: value.range }] : [];
  });
}

function wrongValue(
  values: HeaderDraft["values"],
  undecided: readonly UndecidedValue[],
): HeaderScan | undefined {
  for (const [name, value] of values) {
    if (undecided.some((other) => other.name === name)) {
      continue;
    }
    if (value.kind === "unknown") {
      return ambiguous(`${name} is ${value.reason}`, value.range);
    }
    if (name === "transaction" ? value.kind !== "flag" && value.kind !== "none" : value.kind === "flag") {
      return ambiguous(
        name === "transaction"
          ? "transaction must be true or false"
          : `${name} must be a string, a list or null`,
        value.range,
      );
    }
  }
  return undefined;
}

function optionalList(value: HeaderValue | undefined): LocatedList | undefined {
  return value === undefined ? undefined : toList(value);
}

function toList(value: HeaderValue): LocatedList {
  switch (value.kind) {
    case "text":
      return {
        range: value.range,
        values: [value.text],
        ...(value.text.isComputed === undefined ? {} : { isComputed: true }),
      };
    case "list":
      return {
        range: value.range,
        values: value.values,
        ...(value.isComputed === undefined ? {} : { isComputed: true }),
      };
    case "none":
    case "flag":
    case "unknown":
      return { range: value.range, values: [] };
  }
}
