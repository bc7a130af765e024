import type { Revision } from "../revision/revision";
import { readBlockComment } from "./docComment";

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

/**
 * The record of a revision file whose head is still as `revision` wrote it, which nearly all are: several times
 * faster than `scanHeader`, whose result it gives, without the places. Undefined for any other file, and for one
 * that uses the names of its head again.
 */
export function scanWrittenRevision(text: string, path: string): Revision | undefined {
  writtenHead.lastIndex = 0;
  const match = writtenHead.exec(text);
  if (match === null) {
    return undefined;
  }
  const end = writtenHead.lastIndex;
  if (
    text.includes("revision", end) ||
    text.includes("branch_labels", end) ||
    text.includes("depends_on", end)
  ) {
    return undefined;
  }
  // Each by its place: taken apart by pattern, the match of each of thousands of files would cost as much again.
  const comment = match[1] ?? "";
  if (comment.indexOf("*/") !== comment.length - 2) {
    return undefined;
  }
  return {
    revision: (match[2] ?? "").slice(1, -1),
    downRevisions: valuesOf(match[3] ?? ""),
    branchLabels: valuesOf(match[4] ?? ""),
    dependsOn: valuesOf(match[5] ?? ""),
    ...readComment(text, comment),
    path,
  };
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
