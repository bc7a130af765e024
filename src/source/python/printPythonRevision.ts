import { childrenOf, parsePython } from "./pythonNodes";
import { evaluate, type PythonScope } from "./pythonExpression";
import type { PythonValue } from "./pythonValue";

/** What a new Python revision is to say. */
export interface PythonRevisionContent {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly message: string;
  readonly createDate: string;
}

/** A template that is not only text and values; `line` counts from one. */
export class UnreadableTemplate extends Error {
  override readonly name = "UnreadableTemplate";

  constructor(
    readonly line: number,
    readonly what: string,
  ) {
    super(`Line ${String(line)} of the template has ${what}.`);
  }
}

/**
 * Fills in a project's `script.py.mako` as Alembic does: text, and `${…}` whose values are known without running Python.
 * @throws {UnreadableTemplate} it has more of Mako than that
 */
export function printPythonRevision(template: string, content: PythonRevisionContent): string {
  const values = templateValues(content);
  let line = 1;
  const places = /\$\{([^{}]*)\}|\\\r?\n|^[ \t]*##[^\n]*\n?|^[ \t]*%(?!%)[^\n]*|<%|<\/%|\n/gm;
  return template.replace(places, (found, expression: string | undefined) => {
    const lines = found.split("\n").length - 1;
    line += lines;
    if (expression !== undefined) {
      return filledIn(expression, values, line - lines);
    }
    if (found === "\n") {
      return found;
    }
    if (found.startsWith("\\") || found.trimStart().startsWith("##")) {
      return "";
    }
    throw new UnreadableTemplate(
      line,
      found.trim().startsWith("%") ? "a statement of Mako" : "a block of Mako",
    );
  });
}

function templateValues(content: PythonRevisionContent): ReadonlyMap<string, PythonValue> {
  const { revision, downRevisions, branchLabels, dependsOn, message, createDate } = content;
  return new Map<string, PythonValue>([
    ["message", text(inDocstring(message))],
    ["up_revision", text(revision)],
    ["down_revision", oneOrTuple(downRevisions)],
    ["branch_labels", branchLabels.length === 0 ? { kind: "none" } : tuple(branchLabels)],
    ["depends_on", oneOrTuple(dependsOn)],
    ["create_date", text(createDate)],
    ["imports", text("")],
    ["upgrades", text("pass")],
    ["downgrades", text("pass")],
  ]);
}

function text(value: string): PythonValue {
  return { kind: "text", value, range: { start: 0, end: 0 } };
}

function tuple(values: readonly string[]): PythonValue {
  return { kind: "items", type: "tuple", items: values.map(text) };
}

function oneOrTuple(values: readonly string[]): PythonValue {
  const [only, another] = values;
  return only === undefined ? { kind: "none" } : another === undefined ? text(only) : tuple(values);
}

/** A message must neither end the docstring nor be read as an escape. */
function inDocstring(message: string): string {
  return message.replace(/\\/g, "\\\\").replace(/"""/g, '\\"\\"\\"').replace(/"$/, '\\"');
}

/** `expression | filter, filter`. */
function filledIn(written: string, values: ReadonlyMap<string, PythonValue>, line: number): string {
  const bar = written.lastIndexOf("|");
  const filters =
    bar < 0
      ? []
      : written
          .slice(bar + 1)
          .split(",")
          .map((name) => name.trim());
  const value = valueOf((bar < 0 ? written : written.slice(0, bar)).trim(), values);
  const isKnown = filters.every((name) => ["comma", "n", "trim", "str"].includes(name));
  const shown = filters.includes("comma") ? joined(value) : printed(value);
  if (!isKnown || shown === undefined) {
    throw new UnreadableTemplate(line, `the expression ${written.trim()}`);
  }
  return filters.includes("trim") ? shown.trim() : shown;
}

function valueOf(expression: string, values: ReadonlyMap<string, PythonValue>): PythonValue {
  const represented = /^repr\(([^()]*)\)$/.exec(expression)?.[1];
  if (represented !== undefined) {
    const shown = representation(valueOf(represented, values));
    return shown === undefined ? { kind: "unknown", reason: "" } : text(shown);
  }
  const scope: PythonScope = {
    text: expression,
    lookUp: (name) => values.get(name),
    assign: () => undefined,
  };
  const [statement, another] = childrenOf(parsePython(expression));
  const node = statement?.name === "ExpressionStatement" ? childrenOf(statement) : [];
  const [only] = node;
  return another !== undefined || node.length !== 1 || only === undefined
    ? { kind: "unknown", reason: "" }
    : evaluate(only, scope);
}

/** Alembic's `comma`: one value as it is, several with commas between, nothing for None. */
function joined(value: PythonValue): string | undefined {
  if (value.kind === "none") {
    return "";
  }
  if (value.kind !== "items") {
    return printed(value);
  }
  const parts = value.items.map(printed);
  return parts.includes(undefined) ? undefined : parts.join(", ");
}

/** Python's `str()`. */
function printed(value: PythonValue): string | undefined {
  return value.kind === "text" ? value.value : representation(value);
}

/** Python's `repr()`. */
function representation(value: PythonValue): string | undefined {
  switch (value.kind) {
    case "none":
      return "None";
    case "text":
      return quotedText(value.value);
    case "items": {
      const parts = value.items.map(representation);
      const end = value.type === "tuple" && parts.length === 1 ? "," : "";
      return value.type === "set" || parts.includes(undefined)
        ? undefined
        : value.type === "tuple"
          ? `(${parts.join(", ")}${end})`
          : `[${parts.join(", ")}]`;
    }
    case "constant":
    case "namespace":
    case "unknown":
      return undefined;
  }
}

function quotedText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value
    .replace(/\\/g, "\\\\")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t");
  return quote + (quote === "'" ? escaped.replace(/'/g, "\\'") : escaped) + quote;
}
