import type { LocatedList, RevisionHeader, TextRange } from "./header";
import { editComment, isBetweenQuotes, quoted, setRevisionId } from "./literalEdits";
import { printFunction } from "./printRevisionFile";
import { renameRevision, type RevisionSource } from "./renameRevision";
import { applyEdits, type TextEdit } from "./textEdit";

export { applyEdits, renameRevision, type RevisionSource, setRevisionId, type TextEdit };

type Language = RevisionHeader["language"];

/** Sets the parents, in the header and in the comment's `Revises:` line. */
export function setDownRevision(
  text: string,
  header: RevisionHeader,
  ids: readonly string[],
): readonly TextEdit[] {
  const documented = header.documentedIds.downRevision;
  const edits = setList(text, header, header.downRevision, ids, true);
  return documented === undefined || edits.length === 0
    ? edits
    : [editComment(text, header.language, documented.range, ids), ...edits];
}

/** Sets `depends_on`, adding it behind `down_revision` where the file has none. */
export function setDependsOn(
  text: string,
  header: RevisionHeader,
  ids: readonly string[],
): readonly TextEdit[] {
  if (header.dependsOn !== undefined) {
    return setList(text, header, header.dependsOn, ids, header.language === "python");
  }
  return ids.length === 0 ? [] : [addDependsOn(text, header, ids)];
}

/** Removes one branch label; the last one leaves `null` (`None`). */
export function removeBranchLabel(text: string, header: RevisionHeader, label: string): readonly TextEdit[] {
  const labels = header.branchLabels?.values.map(({ value }) => value) ?? [];
  const rest = labels.filter((value) => value !== label);
  return header.branchLabels === undefined || rest.length === labels.length
    ? []
    : setList(text, header, header.branchLabels, rest, false);
}

/** Adds a downgrade function to be filled in at the end of the file, where the file has none. */
export function addDowngrade(text: string, header: RevisionHeader): readonly TextEdit[] {
  if (header.downgrade !== undefined) {
    return [];
  }
  const end = text.trimEnd().length;
  const lines = downgradeSkeleton(text, header.language);
  const newText = `\n${header.language === "python" ? "\n" : ""}\n${lines}\n`;
  return [{ range: { start: end, end: text.length }, newText: withLineEndsOf(text, newText) }];
}

function setList(
  text: string,
  header: RevisionHeader,
  list: LocatedList,
  ids: readonly string[],
  mayBeString: boolean,
): readonly TextEdit[] {
  if (
    list.isComputed === true ||
    (ids.length === list.values.length && ids.every((id, index) => id === list.values[index]?.value))
  ) {
    return [];
  }
  const value = printList(ids, header.language, quoteOf(text, header, list), mayBeString);
  const type = header.language === "python" ? [] : widenType(text, list, ids, mayBeString);
  return [
    ...type,
    { range: ids.length === 0 ? withConstAssertion(text, list.range) : list.range, newText: value },
  ];
}

/** `null as const` is not TypeScript. */
function withConstAssertion(text: string, { start, end }: TextRange): TextRange {
  const assertion = /\s*as\s+const\b/y;
  assertion.lastIndex = end;
  return { start, end: end + (assertion.exec(text)?.[0].length ?? 0) };
}

/** The type between the last colon of a declaration and the equals sign at its end. */
function typeBefore(declaration: string): { readonly type: string; readonly start: number } | undefined {
  const ended = declaration.trimEnd();
  const colon = ended.lastIndexOf(":");
  const written = ended.slice(colon + 1, -1);
  const type = written.trim();
  return !ended.endsWith("=") || colon < 0 || type === "" || /[=;{}()]/.test(type)
    ? undefined
    : { type, start: colon + 1 + written.indexOf(type) };
}

/** A type that was written for the value before may not allow the new one. */
function widenType(
  text: string,
  { range }: LocatedList,
  ids: readonly string[],
  mayBeString: boolean,
): readonly TextEdit[] {
  const before = text.slice(Math.max(0, range.start - 200), range.start);
  const { type, start } = typeBefore(before) ?? { type: undefined, start: 0 };
  const end = start + (type?.length ?? 0);
  const needed =
    ids.length === 0
      ? /\bnull\b/
      : ids.length === 1 && mayBeString
        ? /\bstring\b(?!\s*[[>])/
        : /\[\s*\]|Array</;
  if (type === undefined || needed.test(type)) {
    return [];
  }
  const offset = Math.max(0, range.start - 200);
  const newText = mayBeString ? "string | string[] | null" : "string[] | null";
  return [{ range: { start: offset + start, end: offset + end }, newText }];
}

function printList(
  ids: readonly string[],
  language: Language,
  quote: string | undefined,
  mayBeString: boolean,
): string {
  const items = ids.map((id) => quoted(id, quote));
  if (items.length === 0) {
    return language === "python" ? "None" : "null";
  }
  if (items.length === 1 && mayBeString) {
    return items.join("");
  }
  return language === "python"
    ? `(${items.join(", ")}${items.length === 1 ? "," : ""})`
    : `[${items.join(", ")}]`;
}

/** The quotes that the list has, or else the file. */
function quoteOf(text: string, header: RevisionHeader, list: LocatedList): string | undefined {
  const literal = [...list.values, header.revision].find(({ range }) => isBetweenQuotes(text, range));
  return literal === undefined ? undefined : text.charAt(literal.range.start - 1);
}

function addDependsOn(text: string, header: RevisionHeader, ids: readonly string[]): TextEdit {
  const { start, end } = header.downRevision.range;
  const isPython = header.language === "python";
  const value = printList(ids, header.language, quoteOf(text, header, header.downRevision), isPython);
  const before = text.slice(Math.max(0, start - 200), start);
  const isProperty = /down_revision["']?\s*:\s*$/.test(before);
  const lineEnd = /[^\r\n]*/y;
  lineEnd.lastIndex = end;
  const rest = lineEnd.exec(text)?.[0] ?? "";
  if (isProperty || rest.startsWith(",")) {
    return { range: { start: end, end }, newText: `, depends_on${isProperty ? ":" : " ="} ${value}` };
  }
  const insertion = end + rest.length;
  const newText = withLineEndsOf(
    text,
    `\n${declareDependsOn(before, isPython)} = ${value}${isPython ? "" : ";"}`,
  );
  return { range: { start: insertion, end: insertion }, newText };
}

function declareDependsOn(before: string, isPython: boolean): string {
  if (isPython) {
    return "depends_on";
  }
  const member = /((?:module\.)?exports\.)down_revision\s*=\s*$/.exec(before)?.[1];
  const isTyped = /down_revision\s*:/.test(before);
  return member === undefined
    ? `export const depends_on${isTyped ? ": string[] | null" : ""}`
    : `${member}depends_on`;
}

function downgradeSkeleton(text: string, language: Language): string {
  if (language === "python") {
    return "def downgrade() -> None:\n    pass";
  }
  if (text.split(";").some(importsMigration)) {
    return printFunction("downgrade", undefined);
  }
  return /^(?:module\.)?exports\b/m.test(text) && !/^export\b/m.test(text)
    ? "exports.downgrade = async function downgrade() {};"
    : "export async function downgrade() {}";
}

function importsMigration(statement: string): boolean {
  const start = statement.search(/^[ \t]*import\b/m);
  const imported = start < 0 ? "" : statement.slice(start);
  const name = imported.search(/\bMigration\b/);
  return name >= 0 && /\bfrom\b/.test(imported.slice(name));
}

function withLineEndsOf(text: string, inserted: string): string {
  return text.includes("\r\n") ? inserted.replaceAll("\n", "\r\n") : inserted;
}
