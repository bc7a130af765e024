import { NO_DOC_COMMENT, readDocstring, type DocComment } from "../docComment";
import type { HeaderScan, LocatedText, TextRange } from "../header";
import {
  ambiguous,
  finishHeader,
  FUNCTION_NAMES,
  isRevisionDraft,
  type FoundFunction,
  type FunctionName,
  type HeaderName,
  type HeaderValue,
} from "../headerDraft";
import { decodePythonString } from "../stringEscapes";
import { readPythonModule, type PythonBinding, type PythonModule } from "./pythonModule";
import type { PythonValue } from "./pythonValue";

const names = ["revision", "down_revision", "branch_labels", "depends_on"] as const;

/**
 * Reads one of Alembic's own revision files by following its statements: literals, what joins them, and names of the
 * same file. Nothing is run; a value that only running would tell is said to be one.
 */
export function parsePythonRevision(text: string, path: string): HeaderScan {
  try {
    return readRevision(text, path);
  } catch (error) {
    if (error instanceof RangeError) {
      return ambiguous("expressions within each other, too deep to follow", { start: 0, end: 1 });
    }
    throw error;
  }
}

function readRevision(text: string, path: string): HeaderScan {
  const fileName = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const module = readPythonModule(text, fileName.replace(/\W/g, "_"));
  const values = new Map<HeaderName, HeaderValue>();
  for (const name of names) {
    const binding = module.bindings.get(name);
    if (binding !== undefined) {
      values.set(name, headerValue(name, binding));
    } else if (module.mayHaveOtherNames && name !== "branch_labels" && name !== "depends_on") {
      values.set(name, { kind: "unknown", reason: "not assigned here", range: { start: 0, end: 0 } });
    }
  }
  if (!values.has("revision") && values.has("down_revision")) {
    const id = /^([a-f0-9]+)\.py$/.exec(fileName)?.[1];
    if (id !== undefined) {
      // As in Alembic before 0.2: the file's name is the id.
      const range = { start: 0, end: 0 };
      values.set("revision", { kind: "text", range, text: { value: id, range, isComputed: true } });
    }
  }
  const draft = { values, functions: functionsOf(module) };
  if (module.mayHaveOtherNames && [...values.values()].every(({ kind }) => kind === "unknown")) {
    return names.some((name) => new RegExp(`\\b${name}\\b`).test(text))
      ? ambiguous("its names come from another file or from running it", { start: 0, end: 1 })
      : { kind: "not-a-revision" };
  }
  return isRevisionDraft(draft)
    ? finishHeader("python", draft, docOf(text, module))
    : { kind: "not-a-revision" };
}

function functionsOf({ functions }: PythonModule): ReadonlyMap<FunctionName, FoundFunction> {
  return new Map(
    FUNCTION_NAMES.flatMap((name) => {
      const found = functions.get(name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

function headerValue(name: HeaderName, binding: PythonBinding): HeaderValue {
  const { range, value } = binding;
  switch (value.kind) {
    case "text":
      return textValue(name, value, binding);
    case "none":
      return { kind: "none", range };
    case "items":
      return itemsValue(name, value.items, binding);
    case "constant":
      return name === "down_revision" && value.value === false
        ? { kind: "none", range }
        : unknown(range, "not a string");
    case "namespace":
      return unknown(range, "a class");
    case "unknown":
      return unknown(range, value.reason);
  }
}

function unknown(range: TextRange, reason: string): HeaderValue {
  return { kind: "unknown", range, reason };
}

function textValue(
  name: HeaderName,
  value: PythonValue & { readonly kind: "text" },
  binding: PythonBinding,
): HeaderValue {
  const { range } = binding;
  return value.value === "" && (name === "down_revision" || name === "depends_on")
    ? { kind: "none", range }
    : { kind: "text", range, text: locatedText(value, binding) };
}

/** A place of its own: one that names elsewhere, or that is part of a value, can't be changed by itself. */
function locatedText(
  value: PythonValue & { readonly kind: "text" },
  { range, isWhole }: PythonBinding,
): LocatedText {
  const isInside = value.range.start >= range.start && value.range.end <= range.end;
  return {
    value: value.value,
    range: isInside ? value.range : range,
    ...(isWhole && isInside ? {} : { isComputed: true as const }),
  };
}

function itemsValue(name: HeaderName, items: readonly PythonValue[], binding: PythonBinding): HeaderValue {
  const { range } = binding;
  const [only] = items;
  if (items.length === 1 && only?.kind === "none" && name !== "branch_labels") {
    return { kind: "none", range };
  }
  const values: LocatedText[] = [];
  for (const item of items) {
    if (item.kind !== "text") {
      return unknown(
        range,
        item.kind === "unknown" ? item.reason : "a list with something other than strings",
      );
    }
    values.push(locatedText(item, binding));
  }
  return { kind: "list", range, values, ...(binding.isWhole ? {} : { isComputed: true as const }) };
}

function docOf(text: string, { docstring }: PythonModule): DocComment {
  if (docstring?.kind !== "text") {
    return NO_DOC_COMMENT;
  }
  const { start, end } = docstring.range;
  const doc = docstring.value.trim();
  if (!/["']/.test(text.charAt(start - 1))) {
    // Joined of several literals: its lines have no place of their own.
    return { ...NO_DOC_COMMENT, doc, message: doc.split("\n", 1)[0]?.trim() ?? "" };
  }
  const isRaw = /r[bu]?["']{1,3}$/i.test(text.slice(Math.max(0, start - 5), start));
  const comment = readDocstring(text, { start, end }, isRaw ? (line) => line : decodePythonString);
  return { ...comment, doc };
}
