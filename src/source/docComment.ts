import type { DocumentedIds, LocatedList, LocatedText, TextRange } from "./header";

/** What the doc comment of a revision file says. */
export interface DocComment {
  readonly doc: string;
  readonly message: string;
  readonly createDate: string | undefined;
  readonly documentedIds: DocumentedIds;
}

export const NO_DOC_COMMENT: DocComment = {
  doc: "",
  message: "",
  createDate: undefined,
  documentedIds: { revision: undefined, downRevision: undefined },
};

interface DocLine {
  readonly text: string;
  /** Offset of `text` in the file. */
  readonly start: number;
}

/** Reads a block comment; the range includes its marks. */
export function readBlockComment(text: string, range: TextRange): DocComment {
  let start = range.start + 2;
  let end = range.end - 2;
  while (start < end && text[start] === "*") {
    start += 1;
  }
  while (end > start && text[end - 1] === "*") {
    end -= 1;
  }
  const lines = splitLines(text, start, end).map((line, index) => (index === 0 ? line : withoutStar(line)));
  return readLines(lines, unescapeCommentEnd);
}

/** Reads a Python docstring, whose `doc` is the module's `__doc__` stripped; the range is that of the text between the quotes. */
export function readDocstring(
  text: string,
  range: TextRange,
  decode: (body: string) => string | undefined,
): DocComment {
  const comment = readLines(splitLines(text, range.start, range.end), (line) => decode(line) ?? line);
  const body = text.slice(range.start, range.end).replace(/\r\n?/g, "\n");
  return { ...comment, doc: (decode(body) ?? body).trim() };
}

/** Reads the comment that documents a TypeScript file. */
export function readDocComment(text: string): DocComment {
  const comment = findDocComment(text);
  return comment === undefined ? NO_DOC_COMMENT : readBlockComment(text, comment);
}

/** Of those before the first statement, the one with a `Revision ID:`, else the first with two stars, else the first. */
function findDocComment(text: string): TextRange | undefined {
  const comments = leadingBlockComments(text);
  return (
    (comments.length > 1
      ? (comments.find(({ start, end }) => text.slice(start, end).includes("Revision ID:")) ??
        comments.find(({ start }) => text[start + 2] === "*"))
      : undefined) ?? comments[0]
  );
}

/** Makes text fit for a block comment: nothing in it ends the comment. `unescapeCommentEnd` gives the text back. */
export function escapeCommentEnd(text: string): string {
  return text.includes("*") ? text.replace(/\*(\\*)\//g, "*\\$1/") : text;
}

/** Gives back the text that `escapeCommentEnd` was given. */
function unescapeCommentEnd(text: string): string {
  return text.includes("*\\") ? text.replace(/\*\\(\\*)\//g, "*$1/") : text;
}

/** An id as it stands in a comment: on one line. */
export function idInComment(id: string): string {
  return id.replace(/\s+/g, " ").trim();
}

/** Where something begins that is neither space nor a comment of one line, nor the mark of a script or of strictness. */
function skipToCode(text: string, from: number): number {
  const skipped = /^\ufeff?#!.*|\s+|\/\/.*|"use strict"|'use strict'|;/y;
  let position = from;
  do {
    skipped.lastIndex = position;
    position += skipped.exec(text)?.[0].length ?? 0;
  } while (skipped.lastIndex > 0);
  return position;
}

function leadingBlockComments(text: string): TextRange[] {
  const comments: TextRange[] = [];
  let position = 0;
  for (;;) {
    const start = skipToCode(text, position);
    const end = text.startsWith("/*", start) ? text.indexOf("*/", start + 2) : -1;
    if (end < 0) {
      return comments;
    }
    position = end + 2;
    comments.push({ start, end: position });
  }
}

function splitLines(text: string, start: number, end: number): DocLine[] {
  const lines: DocLine[] = [];
  let lineStart = start;
  for (;;) {
    const lineFeed = text.indexOf("\n", lineStart);
    const lineEnd = lineFeed < 0 || lineFeed > end ? end : lineFeed;
    lines.push({ text: text.slice(lineStart, lineEnd).trimEnd(), start: lineStart });
    if (lineEnd === end) {
      return lines;
    }
    lineStart = lineEnd + 1;
  }
}

function withoutStar(line: DocLine): DocLine {
  const star = line.text.length - line.text.trimStart().length;
  const markLength = line.text[star] !== "*" ? 0 : line.text[star + 1] === " " ? 2 : 1;
  const start = star + markLength;
  return { text: line.text.slice(start), start: line.start + start };
}

/** The ids are in the last such lines: a message of several lines may have the same words. */
function readLines(lines: readonly DocLine[], decode: (line: string) => string): DocComment {
  const revision = lastField(lines, "Revision ID:");
  const downRevision = lastField(lines, "Revises:");
  const createDate = lastField(lines, "Create Date:");
  const first = lines.find((line) => line.text.trim() !== "");
  const isField = first !== undefined && [revision, downRevision, createDate].some((f) => f?.line === first);
  return {
    doc: decode(joinLines(lines)),
    message: first === undefined || isField ? "" : decode(first.text.trim()),
    createDate: createDate === undefined || createDate.value === "" ? undefined : decode(createDate.value),
    documentedIds: {
      revision: revision === undefined ? undefined : located(revision.value, revision.start, decode),
      downRevision: downRevision === undefined ? undefined : documentedParents(downRevision, decode),
    },
  };
}

function joinLines(lines: readonly DocLine[]): string {
  const text = lines
    .map((line) => line.text)
    .join("\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
  return text.includes("\n") ? text : text.trimStart();
}

interface Field {
  readonly line: DocLine;
  readonly value: string;
  readonly start: number;
}

function lastField(lines: readonly DocLine[], name: string): Field | undefined {
  const line = lines.findLast(({ text }) => text.includes(name) && text.trimStart().startsWith(name));
  if (line === undefined) {
    return undefined;
  }
  const from = line.text.indexOf(name) + name.length;
  const value = line.text.slice(from).trim();
  const offset = value === "" ? from : line.text.indexOf(value, from);
  return { line, value, start: line.start + offset };
}

function located(written: string, start: number, decode: (line: string) => string): LocatedText {
  return { value: decode(written), range: { start, end: start + written.length } };
}

function documentedParents({ value, start }: Field, decode: (line: string) => string): LocatedList {
  const values: LocatedText[] = [];
  const isBase = value === "" || value === "None" || value === "null" || value === "<base>";
  // Templates of before Alembic 0.7 write the value as Python prints it: `('a', 'b')`.
  const isPrinted = /^(?:\(.*\)|\[.*\]|'.*'|".*")$/s.test(value) && /["']/.test(value);
  const pattern = isPrinted ? /(?<=(["']))[^"']+(?=\1)/g : /[^,\s](?:[^,]*[^,\s])?/g;
  for (const match of isBase ? [] : value.matchAll(pattern)) {
    if (!isPrinted || /[^,\s]/.test(match[0])) {
      values.push(located(match[0], start + match.index, decode));
    }
  }
  return { range: { start, end: start + value.length }, values };
}
