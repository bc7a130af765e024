import type { Revision } from "../revision/revision";
import { readBlockComment } from "./docComment";
import type { LocatedText } from "./header";
import type { HeaderName, HeaderValue } from "./headerDraft";

const lineEnd = "\\r?\\n";
const plainText = `"[\\w.-]+"`;
const plainList = `null|${plainText}|\\[${plainText}(?:, ${plainText})*\\]`;
const annotation = `(?::[\\w |[\\]]*)?`;

/** The head of a file as `revision` writes it: comment, import of types, and four exports with plain values. */
const writtenHead = new RegExp(
  [
    `(\\/\\*\\*${lineEnd}(?: \\*(?: [^\\n]*)?${lineEnd})+ \\*\\/)${lineEnd}`,
    `(?:import type \\{[\\w ,]*\\} from ["'][\\w@/.-]+["'];${lineEnd})?`,
    `(?:${lineEnd})*`,
    `export const revision${annotation} = (${plainText});${lineEnd}`,
    `export const down_revision${annotation} = (${plainList});${lineEnd}`,
    `export const branch_labels${annotation} = (${plainList});${lineEnd}`,
    `export const depends_on${annotation} = (${plainList});${lineEnd}`,
  ].join(""),
  "y",
);

/** What makes a comment more than lines of text: another end of line, an escaped end, blanks at a line's end. */
const needsReading = /\r|\*\\|[^\S\n]\n/;
const startsWithField = /^(?:\s|Revision ID:|Revises:|Create Date:)/;
const none: readonly string[] = [];

/** The head of a file as `revision` writes it, by the groups of `writtenHead`; `end` is where the code below it starts. */
function matchHead(text: string): { readonly groups: RegExpExecArray; readonly end: number } | undefined {
  writtenHead.lastIndex = 0;
  const groups = writtenHead.exec(text);
  if (groups === null) {
    return undefined;
  }
  const comment = groups[1] ?? "";
  return comment.indexOf("*/") === comment.length - 2 ? { groups, end: writtenHead.lastIndex } : undefined;
}

/**
 * The record of a revision file whose head is still as `revision` wrote it, which nearly all are: several times
 * faster than `scanHeader`, whose result it gives, without the places. Undefined for any other file, and for one
 * that uses the names of its head again.
 */
export function scanWrittenRevision(text: string, path: string): Revision | undefined {
  const head = matchHead(text);
  if (
    head === undefined ||
    text.includes("revision", head.end) ||
    text.includes("branch_labels", head.end) ||
    text.includes("depends_on", head.end) ||
    text.includes("replaces", head.end)
  ) {
    return undefined;
  }
  // Each by its place: taken apart by pattern, the match of each of thousands of files would cost as much again.
  const { groups } = head;
  return {
    revision: (groups[2] ?? "").slice(1, -1),
    downRevisions: valuesOf(groups[3] ?? ""),
    branchLabels: valuesOf(groups[4] ?? ""),
    dependsOn: valuesOf(groups[5] ?? ""),
    ...readComment(text, groups[1] ?? ""),
    path,
  };
}

/** What such a head says, with the places, and where the code below it starts; undefined for any other file. */
export function readWrittenHead(
  text: string,
): { readonly values: ReadonlyMap<HeaderName, HeaderValue>; readonly end: number } | undefined {
  const head = matchHead(text);
  if (head === undefined) {
    return undefined;
  }
  const [, comment = "", ...literals] = head.groups;
  const values = new Map<HeaderName, HeaderValue>();
  let position = comment.length;
  for (const [index, name] of (
    ["revision", "down_revision", "branch_labels", "depends_on"] as const
  ).entries()) {
    const literal = literals[index] ?? "";
    const start = text.indexOf(" = ", text.indexOf(`export const ${name}`, position)) + " = ".length;
    position = start + literal.length;
    values.set(name, locatedValue(literal, start));
  }
  return { values, end: head.end };
}

function locatedValue(literal: string, start: number): HeaderValue {
  const range = { start, end: start + literal.length };
  if (literal === "null") {
    return { kind: "none", range };
  }
  const values: LocatedText[] = [];
  let place = start + (literal.startsWith("[") ? 1 : 0);
  for (const value of valuesOf(literal)) {
    values.push({ value, range: { start: place + 1, end: place + 1 + value.length } });
    place += `"${value}", `.length;
  }
  const [text] = values;
  return literal.startsWith("[") || text === undefined
    ? { kind: "list", range, values }
    : { kind: "text", range, text };
}

function valuesOf(literal: string): readonly string[] {
  if (literal === "null") {
    return none;
  }
  return literal.startsWith("[")
    ? literal
        .slice(1, -1)
        .split(", ")
        .map((value) => value.slice(1, -1))
    : [literal.slice(1, -1)];
}

function readComment(text: string, comment: string): { readonly message: string; readonly doc: string } {
  const body = comment.slice("/**\n * ".length, -"\n */".length);
  if (needsReading.test(comment) || startsWithField.test(body)) {
    const { message, doc } = readBlockComment(text, { start: 0, end: comment.length });
    return { message, doc };
  }
  const doc = body.includes("\n *") ? body.replace(/\n \* ?/g, "\n").trimEnd() : body;
  const firstEnd = doc.indexOf("\n");
  return { message: firstEnd < 0 ? doc : doc.slice(0, firstEnd), doc };
}
