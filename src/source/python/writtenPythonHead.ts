import type { Revision } from "../../revision/revision";
import { NO_DOC_COMMENT, readDocstring, type DocComment } from "../docComment";
import type { HeaderScan, LocatedText } from "../header";
import {
  finishHeader,
  type FoundFunction,
  type FunctionName,
  type HeaderName,
  type HeaderValue,
} from "../headerDraft";
import { decodePythonString } from "../stringEscapes";

const lineEnd = "[ \\t]*(?:#[^\\r\\n]*)?\\r?\\n";
const plainText = `'[\\w.-]+'|"[\\w.-]+"`;
const plainValue = `None|${plainText}|\\((?:${plainText})(?:, (?:${plainText}))*,?\\)`;
const names = "revision|down_revision|branch_labels|depends_on";

/** The docstring, then lines that are blank, comments, or plain imports of other names. */
const beginning = new RegExp(
  `\\ufeff?(?:${lineEnd})*(?:([rRuU]?)"""((?:[^"\\\\]|\\\\[^]|"(?!""))*)"""${lineEnd})?` +
    `(?:${lineEnd}|(?:from|import) (?![^\\r\\n]*\\b(?:${names})\\b)[\\w., ]*[\\w.,]${lineEnd})*`,
  "y",
);
const assignment = new RegExp(
  `(?:${lineEnd})*(${names})(?:: ?[\\w[\\], |.]+?)? ?= ?(${plainValue})${lineEnd}`,
  "y",
);
/** What may change a name of the head after it. */
const laterUse = new RegExp(`\\b(?:${names}|globals|locals|vars|exec|setattr)\\b|import[ \\t]*\\*|\\f`);
const laterWords = [
  ...["revision", "branch_labels", "depends_on", "globals", "locals", "vars", "exec", "setattr"],
  ...["import", "\f"],
];
/** Those that are made of parts, for the test that holds them against attacks. */
export const headPatterns: readonly RegExp[] = [beginning, assignment, laterUse];
/** What makes a docstring more than its text. */
const needsReading = /[\\\r]/;
const startsWithField = /^(?:Revision ID:|Revises:|Create Date:)/;
const functionPattern = /^(?:async )?def (upgrade|downgrade)\(/gm;
const emptyBody = /^(?:[ \t]*|[ \t]+(?:pass|\.\.\.|return(?: None)?)[ \t]*)(?:#[^\r\n]*)?$/;

interface WrittenLiteral {
  readonly text: string;
  readonly start: number;
}

interface WrittenHead {
  /** The prefix of the docstring, and what stands within its quotes; undefined where there is none. */
  readonly prefix: string;
  readonly docstring: string | undefined;
  readonly docstringStart: number;
  readonly literals: Readonly<Partial<Record<HeaderName, WrittenLiteral>>>;
  /** Where the code below it starts. */
  readonly end: number;
}

function matchHead(text: string): WrittenHead | undefined {
  beginning.lastIndex = 0;
  const begun = beginning.exec(text);
  if (begun === null) {
    return undefined;
  }
  const literals: Partial<Record<HeaderName, WrittenLiteral>> = {};
  let end = beginning.lastIndex;
  for (;;) {
    assignment.lastIndex = end;
    const found = assignment.exec(text);
    if (found === null) {
      break;
    }
    const name = found[1] as HeaderName;
    const literal = found[2] ?? "";
    if (literals[name] !== undefined) {
      return undefined;
    }
    const start = found.index + found[0].lastIndexOf(literal, found[0].length - 1);
    literals[name] = { text: literal, start };
    end = assignment.lastIndex;
  }
  if (
    literals.revision === undefined ||
    literals.down_revision === undefined ||
    isUsedLater(text.slice(end))
  ) {
    return undefined;
  }
  const docstringStart = begun[2] === undefined ? 0 : begun[0].indexOf('"""') + 3;
  return { prefix: begun[1] ?? "", docstring: begun[2], docstringStart, literals, end };
}

/**
 * The header of a Python revision whose head is as Alembic's templates write it, several times faster than by its
 * statements. Undefined for any other file, and for one that uses the names of its head again.
 */
export function readWrittenPythonHead(text: string): HeaderScan | undefined {
  const head = matchHead(text);
  if (head === undefined) {
    return undefined;
  }
  const values = new Map<HeaderName, HeaderValue>();
  for (const [name, literal] of Object.entries(head.literals)) {
    values.set(name as HeaderName, literalValue(literal));
  }
  const functions = functionsBelow(text.slice(head.end), head.end);
  return finishHeader("python", { values, functions }, commentOf(text, head));
}

/** The same without the places, once more several times faster. */
export function scanWrittenPythonRevision(text: string, path: string): Revision | undefined {
  const head = matchHead(text);
  const [revision, another] = valuesOf(head?.literals.revision);
  if (head === undefined || revision === undefined || another !== undefined) {
    return undefined;
  }
  const { literals, docstring = "" } = head;
  if (literals.revision?.text.includes(",") === true) {
    return undefined;
  }
  const doc = needsReading.test(docstring) ? undefined : docstring.trim();
  return {
    revision,
    downRevisions: valuesOf(literals.down_revision),
    branchLabels: valuesOf(literals.branch_labels),
    dependsOn: valuesOf(literals.depends_on),
    ...(doc === undefined || startsWithField.test(doc) ? written(commentOf(text, head)) : summarised(doc)),
    path,
  };
}

type Texts = Pick<Revision, "message" | "doc">;

function written({ message, doc }: Texts): Texts {
  return { message, doc };
}

function summarised(doc: string): Texts {
  const end = doc.indexOf("\n");
  return { message: (end < 0 ? doc : doc.slice(0, end)).trim(), doc };
}

function commentOf(text: string, { prefix, docstring, docstringStart }: WrittenHead): DocComment {
  if (docstring === undefined) {
    return NO_DOC_COMMENT;
  }
  const decode = /r/i.test(prefix) ? (line: string) => line : decodePythonString;
  return readDocstring(text, { start: docstringStart, end: docstringStart + docstring.length }, decode);
}

/** Looking for words first takes a fraction of the time that the pattern does. */
function isUsedLater(rest: string): boolean {
  return laterWords.some((word) => rest.includes(word)) && laterUse.test(rest);
}

const noValues: readonly string[] = [];

function valuesOf(literal: WrittenLiteral | undefined): readonly string[] {
  if (literal === undefined || literal.text === "None") {
    return noValues;
  }
  const { text } = literal;
  return text.startsWith("(")
    ? Array.from(text.matchAll(/[\w.-]+/g), ([value]) => value)
    : [text.slice(1, -1)];
}

function literalValue(literal: WrittenLiteral): HeaderValue {
  const { text: written, start } = literal;
  const range = { start, end: start + written.length };
  if (written === "None") {
    return { kind: "none", range };
  }
  let place = start;
  const values = valuesOf(literal).map((value): LocatedText => {
    place = start + written.indexOf(value, place - start);
    const located = { value, range: { start: place, end: place + value.length } };
    place += value.length;
    return located;
  });
  const [text] = values;
  // One in brackets without a comma is the text itself.
  const isList = written.startsWith("(") && written.includes(",");
  return isList || text === undefined ? { kind: "list", range, values } : { kind: "text", range, text };
}

function functionsBelow(rest: string, offset: number): ReadonlyMap<FunctionName, FoundFunction> {
  const functions = new Map<FunctionName, FoundFunction>();
  for (const match of rest.matchAll(functionPattern)) {
    const name = match[1] as FunctionName;
    const start = offset + match.index + match[0].length - name.length - 1;
    functions.set(name, {
      name: { start, end: start + name.length },
      isEmpty: isEmptyBelow(rest, match.index),
    });
  }
  return functions;
}

/** Whether nothing but `pass` follows, up to the next line that is not indented. */
function isEmptyBelow(rest: string, from: number): boolean {
  const signature = /[^)]*\)[^:]*:[ \t]*/y;
  signature.lastIndex = from;
  if (!signature.test(rest)) {
    return false;
  }
  const lines = rest.slice(signature.lastIndex).split(/\r?\n/);
  const [inline = "", ...below] = lines;
  if (!/^(?:pass|\.\.\.|return(?: None)?)?[ \t]*(?:#.*)?$/.test(inline)) {
    return false;
  }
  for (const line of below) {
    if (line !== "" && !/^[ \t#]/.test(line)) {
      break;
    }
    if (!emptyBody.test(line)) {
      return false;
    }
  }
  return true;
}
