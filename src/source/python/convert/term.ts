import { evaluate, type PythonScope } from "../pythonExpression";
import { childrenOf, hasErrors, textOf, type PythonNode } from "../pythonNodes";
import { computedValue, type PythonValue } from "../pythonValue";

/** What an expression of a revision stands for, as far as that takes no running of it. */
export type Term =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Term[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [key: string, value: Term])[] }
  /** What is imported, by its whole path: `sqlalchemy.Text`. */
  | { readonly kind: "name"; readonly path: string }
  | CallTerm
  | { readonly kind: "unknown" };

export interface CallTerm {
  readonly kind: "call";
  /** The whole path of what is called; of a method, its name alone. */
  readonly path: string;
  /** What the method is called on. */
  readonly receiver?: Term;
  readonly positional: readonly Term[];
  readonly keywords: ReadonlyMap<string, Term>;
}

const unknownTerm: Term = { kind: "unknown" };

/** The names that have a value at a place, those of the module below those of a function. */
export class NameScope implements PythonScope {
  private readonly names = new Map<string, Term>();

  constructor(
    readonly text: string,
    private readonly outer?: NameScope,
  ) {}

  bind(name: string, term: Term): void {
    this.names.set(name, term);
  }

  term(name: string): Term | undefined {
    return this.names.get(name) ?? this.outer?.term(name);
  }

  /**
   * For what a statement may have changed that was not followed; an import only where the statement gives its name away.
   * A list that it names may have other names too.
   */
  forget(names: Iterable<string>, statement: string): void {
    for (const name of names) {
      const term = this.term(name);
      const binding = `\\b(?:for|as|import|def|class|global|del)\\s+${name}\\b|\\b${name}\\s*:?=(?!=)`;
      if (term?.kind !== "name" || new RegExp(binding).test(statement)) {
        this.bind(name, unknownTerm);
      }
      if (term?.kind === "list" || term?.kind === "dict") {
        this.namesOf(term).forEach((other) => this.bind(other, unknownTerm));
      }
    }
  }

  /** The names by which a list can be reached, from here or from outside. */
  private namesOf(value: Term): readonly string[] {
    const own = [...this.names].filter(([, term]) => holds(term, value)).map(([name]) => name);
    return [...own, ...(this.outer?.namesOf(value) ?? [])];
  }

  lookUp(name: string): PythonValue | undefined {
    const term = this.term(name);
    return term === undefined ? undefined : valueOf(term);
  }

  assign(name: string): void {
    this.bind(name, unknownTerm);
  }
}

/** Whether a term is a list, or has it in it: not one that is merely equal. */
function holds(term: Term, value: Term): boolean {
  switch (term.kind) {
    case "list":
      return term === value || term.items.some((item) => holds(item, value));
    case "dict":
      return term === value || term.entries.some(([, item]) => holds(item, value));
    default:
      return false;
  }
}

/** The term of an expression. */
export function readTerm(node: PythonNode, scope: NameScope): Term {
  switch (node.name) {
    case "VariableName":
      return scope.term(textOf(node, scope.text)) ?? unknownTerm;
    case "ParenthesizedExpression": {
      const [only, another] = partsOf(node);
      return only === undefined || another !== undefined ? unknownTerm : readTerm(only, scope);
    }
    case "ArrayExpression":
    case "TupleExpression":
      return readList(node, scope);
    case "DictionaryExpression":
      return readDictionary(node, scope);
    case "MemberExpression":
      return readMember(node, scope);
    case "CallExpression":
      return readCall(node, scope);
    case "Number": {
      const written = textOf(node, scope.text);
      return /^\d+\.\d+$/.test(written)
        ? { kind: "literal", value: Number(written) }
        : termOf(evaluate(node, scope));
    }
    default:
      return termOf(evaluate(node, scope));
  }
}

const marks = new Set(["(", ")", "[", "]", "{", "}", "Comment"]);

function partsOf(node: PythonNode): readonly PythonNode[] {
  return childrenOf(node).filter(({ name }) => !marks.has(name));
}

function readList(node: PythonNode, scope: NameScope): Term {
  const parts = partsOf(node);
  return parts.some(({ name }) => name === "*")
    ? unknownTerm
    : { kind: "list", items: parts.filter(({ name }) => name !== ",").map((part) => readTerm(part, scope)) };
}

function readDictionary(node: PythonNode, scope: NameScope): Term {
  const parts = partsOf(node).filter(({ name }) => name !== ",");
  const entries: (readonly [string, Term])[] = [];
  for (let at = 0; at < parts.length; at += 3) {
    const [key, colon, value] = parts.slice(at, at + 3);
    const name = key === undefined ? unknownTerm : readTerm(key, scope);
    if (
      colon?.name !== ":" ||
      value === undefined ||
      name.kind !== "literal" ||
      typeof name.value !== "string"
    ) {
      return unknownTerm;
    }
    entries.push([name.value, readTerm(value, scope)]);
  }
  return new Set(entries.map(([key]) => key)).size === entries.length
    ? { kind: "dict", entries }
    : unknownTerm;
}

function readMember(node: PythonNode, scope: NameScope): Term {
  const [object, mark, key] = childrenOf(node).filter(({ name }) => name !== "Comment");
  const owner = object === undefined ? unknownTerm : readTerm(object, scope);
  return owner.kind === "name" && mark?.name === "." && key !== undefined
    ? { kind: "name", path: canonicalPath(`${owner.path}.${textOf(key, scope.text)}`) }
    : termOf(evaluate(node, scope));
}

function readCall(node: PythonNode, scope: NameScope): Term {
  const [callee, list] = childrenOf(node).filter(({ name }) => name !== "Comment");
  const called = callee === undefined ? undefined : readCallee(callee, scope);
  const given = list?.name === "ArgList" && !hasErrors(list) ? readArguments(list, scope) : undefined;
  return called === undefined || given === undefined
    ? termOf(evaluate(node, scope))
    : { kind: "call", ...called, ...given };
}

function readCallee(node: PythonNode, scope: NameScope): Pick<CallTerm, "path" | "receiver"> | undefined {
  const term = node.name === "CallExpression" ? unknownTerm : readTerm(node, scope);
  if (term.kind === "name") {
    return { path: term.path };
  }
  const [object, mark, method] = childrenOf(node).filter(({ name }) => name !== "Comment");
  if (
    node.name !== "MemberExpression" ||
    mark?.name !== "." ||
    object === undefined ||
    method === undefined
  ) {
    return undefined;
  }
  const receiver = readTerm(object, scope);
  return receiver.kind === "call" ? { path: textOf(method, scope.text), receiver } : undefined;
}

function readArguments(
  list: PythonNode,
  scope: NameScope,
): Pick<CallTerm, "positional" | "keywords"> | undefined {
  const positional: Term[] = [];
  const keywords = new Map<string, Term>();
  let group: PythonNode[] = [];
  for (const part of [...partsOf(list), undefined]) {
    if (part !== undefined && part.name !== ",") {
      group.push(part);
      continue;
    }
    const [first, equals, value, more] = group;
    group = [];
    if (first === undefined) {
      continue;
    }
    if (equals === undefined) {
      positional.push(readTerm(first, scope));
    } else if (equals.name === "AssignOp" && value !== undefined && more === undefined) {
      keywords.set(textOf(first, scope.text), readTerm(value, scope));
    } else {
      // `*columns`, `**options`, or a comprehension.
      return undefined;
    }
  }
  return { positional, keywords };
}

/** SQLAlchemy has the same things in several modules. */
function canonicalPath(path: string): string {
  return path
    .replace(
      /^sqlalchemy\.dialects\.postgresql\.(?:base|json|array|ranges|named_types|types)\./,
      "postgresql.",
    )
    .replace(/^sqlalchemy\.dialects\.postgresql\./, "postgresql.")
    .replace(
      /^sqlalchemy\.(?:types|schema|sql\.(?:expression|sqltypes|schema)|sql|expression|sqltypes)\.(?=\w)/,
      "sqlalchemy.",
    );
}

/** Binds the names that an import makes. */
export function bindImport(statement: PythonNode, scope: NameScope): void {
  const words = childrenOf(statement)
    .filter(({ name }) => name !== "Comment" && name !== "(" && name !== ")")
    .map((word) => textOf(word, scope.text));
  const isFrom = words[0] === "from";
  const start = isFrom ? words.indexOf("import") + 1 : 1;
  const base = isFrom ? `${words.slice(1, start - 1).join("")}.` : "";
  let group: string[] = [];
  for (const word of [...words.slice(start), ","]) {
    if (word !== ",") {
      group.push(word);
      continue;
    }
    const alias = group.indexOf("as");
    const path = base + group.slice(0, alias < 0 ? group.length : alias).join("");
    const first = group[0] ?? "";
    scope.bind(alias < 0 ? first : (group[alias + 1] ?? ""), {
      kind: "name",
      path: alias < 0 && !isFrom ? first : canonicalPath(path),
    });
    group = [];
  }
}

function termOf(value: PythonValue): Term {
  switch (value.kind) {
    case "text":
    case "constant":
      return { kind: "literal", value: value.value };
    case "none":
      return { kind: "literal", value: null };
    case "items":
      return value.type === "set" ? unknownTerm : { kind: "list", items: value.items.map(termOf) };
    case "namespace":
    case "unknown":
      return unknownTerm;
  }
}

function valueOf(term: Term): PythonValue {
  switch (term.kind) {
    case "literal":
      return typeof term.value === "string"
        ? { kind: "text", value: term.value, range: { start: 0, end: 0 } }
        : term.value === null
          ? { kind: "none" }
          : { kind: "constant", value: term.value };
    case "list":
      return { kind: "items", type: "list", items: term.items.map(valueOf) };
    default:
      return computedValue;
  }
}

const pureCalls = /^(?:sqlalchemy|postgresql)\.|^alembic\.op\.(?:get_bind|get_context|f)$/;

/** Whether making a value does nothing else. */
export function isPure(term: Term): boolean {
  switch (term.kind) {
    case "literal":
    case "name":
      return true;
    case "list":
      return term.items.every(isPure);
    case "dict":
      return term.entries.every(([, value]) => isPure(value));
    case "unknown":
      return false;
    case "call": {
      const isKnown =
        term.receiver === undefined
          ? pureCalls.test(term.path)
          : term.path === "with_variant" && isPure(term.receiver);
      return isKnown && term.positional.every(isPure) && [...term.keywords.values()].every(isPure);
    }
  }
}
