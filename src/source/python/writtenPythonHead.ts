import { NO_DOC_COMMENT, readDocstring } from "../docComment";
import type { HeaderScan, LocatedText } from "../header";
import {
  finishHeader,
  type FoundFunction,
  type FunctionName,
  type HeaderName,
  type HeaderValue,
} from "../headerDraft";
import type { WantedParts } from "../scanScript";
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
const functionPattern = /^(?:async )?def (upgrade|downgrade)\(/gm;
const emptyBody = /^(?:[ \t]*|[ \t]+(?:pass|\.\.\.|return(?: None)?)[ \t]*)(?:#[^\r\n]*)?$/;

/**
 * The header of a Python revision whose head is as Alembic's templates write it, several times faster than by its
 * statements. Undefined for any other file, and for one that uses the names of its head again.
 */
export function readWrittenPythonHead(text: string, wanted: WantedParts = "all"): HeaderScan | undefined {
  beginning.lastIndex = 0;
  const begun = beginning.exec(text);
  if (begun === null) {
    return undefined;
  }
  const values = new Map<HeaderName, HeaderValue>();
  let position = beginning.lastIndex;
  for (;;) {
    assignment.lastIndex = position;
    const found = assignment.exec(text);
    const name = found?.[1] as HeaderName | undefined;
    if (found === null || name === undefined) {
      break;
    }
    const literal = found[2] ?? "";
    const start = found.index + found[0].lastIndexOf(literal, found[0].length - 1);
    if (values.has(name)) {
      return undefined;
    }
    values.set(name, literalValue(literal, start));
    position = assignment.lastIndex;
  }
  const rest = text.slice(position);
  if (!values.has("revision") || !values.has("down_revision") || isUsedLater(rest)) {
    return undefined;
  }
  const body = begun[2] ?? "";
  const start = begun.index + begun[0].indexOf('"""') + 3;
  const isRaw = /r/i.test(begun[1] ?? "");
  if (wanted === "ids") {
    const doc = body.includes("\\") || body.includes("\r") ? undefined : body.trim();
    const [message = ""] = doc?.split("\n", 1) ?? [];
    if (doc !== undefined && !/^(?:Revision ID:|Revises:|Create Date:)/.test(message)) {
      const comment = { ...NO_DOC_COMMENT, doc, message: message.trim() };
      return finishHeader("python", { values, functions: new Map() }, comment);
    }
  }
  const decode = isRaw ? (line: string) => line : decodePythonString;
  const comment =
    begun[2] === undefined
      ? NO_DOC_COMMENT
      : readDocstring(text, { start, end: start + body.length }, decode);
  return finishHeader("python", { values, functions: functionsBelow(rest, position) }, comment);
}

/** Looking for words first takes a fraction of the time that the pattern does. */
function isUsedLater(rest: string): boolean {
  return laterWords.some((word) => rest.includes(word)) && laterUse.test(rest);
}

function literalValue(literal: string, start: number): HeaderValue {
  const range = { start, end: start + literal.length };
  if (literal === "None") {
    return { kind: "none", range };
  }
  const values: LocatedText[] = [];
  for (const match of literal.matchAll(/(["'])([\w.-]+)\1/g)) {
    const from = start + match.index + 1;
    const value = match[2] ?? "";
    values.push({ value, range: { start: from, end: from + value.length } });
  }
  const [text] = values;
  // One in brackets without a comma is the text itself.
  const isList = literal.startsWith("(") && literal.includes(",");
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
