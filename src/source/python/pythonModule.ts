import type { TextRange } from "../header";
import { evaluate, evaluateGroup, type PythonScope } from "./pythonExpression";
import { childrenOf, hasErrors, namesIn, parsePython, textOf, type PythonNode } from "./pythonNodes";
import { addValues, computedValue, isTruthy, unknownValue, type PythonValue } from "./pythonValue";

/** What a name of the module stands for when all of it has run. */
export interface PythonBinding {
  readonly value: PythonValue;
  /** The expression that was assigned last. */
  readonly range: TextRange;
  /** Whether this expression alone is the whole value, and of this name alone. */
  readonly isWhole: boolean;
}

/** A function of the module's outermost level. */
export interface PythonFunction {
  readonly name: TextRange;
  readonly isEmpty: boolean;
}

/** What is known of a module without running it. */
export interface PythonModule {
  readonly bindings: ReadonlyMap<string, PythonBinding>;
  readonly functions: ReadonlyMap<string, PythonFunction>;
  /** The module's `__doc__`; undefined where it has none. */
  readonly docstring: PythonValue | undefined;
  /** Whether names may come from elsewhere: `import *`, `globals()`, `exec()`. */
  readonly mayHaveOtherNames: boolean;
}

/** Follows the statements of a module in order, as far as that takes no running of it. */
export function readPythonModule(text: string, moduleName: string): PythonModule {
  const top = parsePython(text);
  const reader = new ModuleReader(text);
  reader.bind("__name__", { kind: "text", value: moduleName, range: { start: 0, end: 0 } }, top, false);
  reader.run(childrenOf(top));
  return {
    bindings: reader.bindings,
    functions: reader.functions,
    docstring: docstringOf(top, reader),
    mayHaveOtherNames: reader.mayHaveOtherNames,
  };
}

function docstringOf(top: PythonNode, scope: PythonScope): PythonValue | undefined {
  const first = childrenOf(top).find(({ name }) => name !== "Comment");
  const statement = first?.name === "StatementGroup" ? first.firstChild : first;
  const literal = statement?.name === "ExpressionStatement" ? statement.firstChild : undefined;
  return literal?.name === "String" || literal?.name === "ContinuedString"
    ? evaluate(literal, scope)
    : undefined;
}

/** Functions through which a module may give itself any name. */
const reflective = new Set(["globals", "locals", "vars", "exec", "eval", "setattr"]);

class ModuleReader implements PythonScope {
  readonly bindings = new Map<string, PythonBinding>();
  readonly functions = new Map<string, PythonFunction>();
  mayHaveOtherNames = false;

  constructor(
    readonly text: string,
    private readonly outer?: PythonScope,
  ) {}

  lookUp(name: string): PythonValue | undefined {
    return name === "TYPE_CHECKING"
      ? { kind: "constant", value: false }
      : (this.bindings.get(name)?.value ?? this.outer?.lookUp(name));
  }

  assign(name: string, value: PythonValue): void {
    this.bindings.set(name, { value, range: { start: 0, end: 0 }, isWhole: false });
  }

  bind(name: string, value: PythonValue, { from, to }: { from: number; to: number }, isWhole: boolean): void {
    this.bindings.set(name, { value, range: { start: from, end: to }, isWhole });
  }

  run(statements: readonly PythonNode[]): void {
    for (const statement of statements) {
      this.runStatement(statement);
    }
  }

  private runStatement(statement: PythonNode): void {
    switch (statement.name) {
      case "StatementGroup":
        return this.run(childrenOf(statement));
      case "AssignStatement":
        return this.runAssignment(statement);
      case "UpdateStatement":
        return this.runUpdate(statement);
      case "DeleteStatement":
        namesIn(statement, this.text).forEach((name) => this.bindings.delete(name));
        return;
      case "ImportStatement":
        return this.runImport(statement);
      case "IfStatement":
        return this.runIf(statement);
      case "TryStatement":
        return this.runTry(statement);
      case "WithStatement":
        this.forget(childrenOf(statement).filter(({ name }) => name === "VariableName"));
        return bodiesOf(statement).forEach(({ body }) => this.runBody(body));
      case "DecoratedStatement":
        childrenOf(statement)
          .filter(({ name }) => name !== "Decorator")
          .forEach((definition) => this.runStatement(definition));
        return;
      case "FunctionDefinition":
        return this.runFunction(statement);
      case "ClassDefinition":
        return this.runClass(statement);
      case "ExpressionStatement":
        return this.runExpression(statement);
      case "ForStatement":
      case "WhileStatement":
      case "MatchStatement":
        return this.forgetAssigned(statement);
    }
  }

  private runAssignment(statement: PythonNode): void {
    const groups = assignedGroups(statement);
    const source = groups.pop() ?? [];
    if (groups.length === 0) {
      return;
    }
    const first = source[0] ?? statement;
    const range = { from: first.from, to: source.at(-1)?.to ?? first.to };
    if (this.usesReflection(statement)) {
      this.mayHaveOtherNames = true;
    }
    for (const target of groups) {
      const names = targetNames(target);
      const values = source.filter(({ name }) => name !== ",");
      const isPairwise =
        names.length > 1 && names.length === values.length && !source.some(({ name }) => name === "*");
      if (isPairwise) {
        const found = values.map((value) => evaluate(value, this));
        names.forEach((name, index) => {
          this.assignTo(name, found[index] ?? computedValue, values[index] ?? statement, groups.length === 1);
        });
      } else {
        const value = hasErrors(statement) ? unknownValue("not valid Python") : evaluateGroup(source, this);
        this.assignGroup(names, value, range, groups.length === 1);
      }
    }
  }

  private assignGroup(
    names: readonly PythonNode[],
    value: PythonValue,
    range: { from: number; to: number },
    isOnly: boolean,
  ): void {
    const [only, another] = names;
    if (only !== undefined && another === undefined) {
      return this.assignTo(only, value, range, isOnly);
    }
    const items = value.kind === "items" && value.items.length === names.length ? value.items : [];
    names.forEach((name, index) => {
      this.assignTo(name, items[index] ?? computedValue, range, false);
    });
  }

  private assignTo(
    target: PythonNode,
    value: PythonValue,
    range: { from: number; to: number },
    isWhole: boolean,
  ): void {
    if (target.name === "VariableName") {
      this.bind(textOf(target, this.text), value, range, isWhole);
    } else {
      // An item or an attribute: what holds it is no longer what it was.
      this.forget([...namesIn(target, this.text)].slice(0, 1));
    }
  }

  private runUpdate(statement: PythonNode): void {
    const [target, operator, ...source] = childrenOf(statement).filter(({ name }) => name !== "Comment");
    const first = source[0];
    if (target === undefined || operator === undefined || first === undefined) {
      return;
    }
    if (target.name !== "VariableName") {
      this.forget([...namesIn(target, this.text)].slice(0, 1));
      return;
    }
    const name = textOf(target, this.text);
    const before = this.lookUp(name) ?? computedValue;
    const range = { start: first.from, end: statement.to };
    const added = evaluateGroup(source, this);
    const value =
      textOf(operator, this.text) === "+="
        ? addValues(before, asSameItems(before, added), range)
        : computedValue;
    this.bind(name, value, { from: range.start, to: range.end }, false);
  }

  private runImport(statement: PythonNode): void {
    const children = childrenOf(statement);
    const isFrom = children[0]?.name === "from";
    const start = isFrom ? children.findIndex(({ name }) => name === "import") : 0;
    const imported = children.slice(start + 1);
    if (imported.some(({ name }) => name === "*")) {
      this.mayHaveOtherNames = true;
      this.forget([...this.bindings.keys()]);
      return;
    }
    imported.forEach((part, index) => {
      const before = imported[index - 1]?.name;
      const isBound = part.name === "VariableName" && imported[index + 1]?.name !== "as" && before !== ".";
      if (isBound) {
        this.assign(textOf(part, this.text), unknownValue("imported from another file"));
      }
    });
  }

  private runIf(statement: PythonNode): void {
    const uncertain: PythonNode[] = [];
    for (const { condition, body } of bodiesOf(statement)) {
      const isTrue = condition === undefined ? true : isTruthy(evaluate(condition, this));
      if (isTrue === true && uncertain.length === 0) {
        return this.runBody(body);
      }
      if (isTrue !== false) {
        uncertain.push(body);
      }
    }
    uncertain.forEach((body) => this.forgetAssigned(body));
  }

  /** The body is taken to succeed; what a handler assigns as well is then not known. */
  private runTry(statement: PythonNode): void {
    for (const { keyword, body } of bodiesOf(statement)) {
      if (keyword !== "except") {
        this.runBody(body);
      } else if (!childrenOf(body).some(({ name }) => name === "RaiseStatement")) {
        this.forgetAssigned(body);
      }
    }
  }

  private runBody(body: PythonNode): void {
    this.run(childrenOf(body));
  }

  private runFunction(definition: PythonNode): void {
    const children = childrenOf(definition);
    const name = children.find((child) => child.name === "VariableName");
    const body = children.find((child) => child.name === "Body");
    if (name === undefined) {
      return;
    }
    const id = textOf(name, this.text);
    this.assign(id, unknownValue("a function"));
    const statements = body === undefined ? [] : childrenOf(body).filter(({ name: kind }) => kind !== ":");
    this.functions.set(id, {
      name: { start: name.from, end: name.to },
      isEmpty: statements.every((statement) => isEmptyStatement(statement, this.text)),
    });
    body?.cursor().iterate((inner) => {
      if (inner.name === "ScopeStatement" && this.text.startsWith("global", inner.from)) {
        this.mayHaveOtherNames = true;
      }
    });
  }

  private runClass(definition: PythonNode): void {
    const children = childrenOf(definition);
    const name = children.find((child) => child.name === "VariableName");
    const body = children.find((child) => child.name === "Body");
    const bases = children.find((child) => child.name === "ArgList");
    if (name === undefined) {
      return;
    }
    const isPlain = bases === undefined || childrenOf(bases).length <= 2;
    const inner = new ModuleReader(this.text, this);
    if (isPlain && body !== undefined) {
      inner.runBody(body);
    }
    const values = new Map([...inner.bindings].map(([key, { value }]) => [key, value]));
    this.assign(
      textOf(name, this.text),
      isPlain ? { kind: "namespace", values } : unknownValue("a class that has a base"),
    );
  }

  /** A statement of an expression: `labels.append("a")` changes what the name stands for. */
  private runExpression(statement: PythonNode): void {
    if (this.usesReflection(statement)) {
      this.mayHaveOtherNames = true;
    }
    const expression = statement.firstChild;
    if (expression === null) {
      return;
    }
    evaluate(expression, this);
    const callee = expression.name === "CallExpression" ? expression.firstChild : null;
    const [object, , method] = callee?.name === "MemberExpression" ? childrenOf(callee) : [];
    if (callee === null || object?.name !== "VariableName" || method === undefined) {
      return;
    }
    const name = textOf(object, this.text);
    const known = this.bindings.get(name)?.value;
    if (known?.kind === "items") {
      const list = expression.lastChild;
      const given = list === null ? [] : childrenOf(list).filter(({ name: kind }) => !/^[(),]$/.test(kind));
      const [only, another] = given;
      const added = only === undefined || another !== undefined ? computedValue : evaluate(only, this);
      this.assign(name, changedItems(known, textOf(method, this.text), added));
    }
  }

  private usesReflection(node: PythonNode): boolean {
    return [...namesIn(node, this.text)].some((name) => reflective.has(name));
  }

  private forget(names: readonly (string | PythonNode)[]): void {
    for (const name of names) {
      this.assign(typeof name === "string" ? name : textOf(name, this.text), computedValue);
    }
  }

  /** What a part assigns that may run, or not, or several times. */
  private forgetAssigned(part: PythonNode): void {
    const inner = new ModuleReader(this.text, this);
    for (const statement of part.name === "Body"
      ? childrenOf(part)
      : bodiesOf(part).map(({ body }) => body)) {
      if (statement.name === "Body") {
        this.forgetAssigned(statement);
      } else {
        inner.runStatement(statement);
      }
    }
    this.forget([...inner.bindings.keys()]);
    if (part.name === "ForStatement") {
      const names = childrenOf(part);
      this.forget(
        names
          .slice(
            0,
            names.findIndex(({ name }) => name === "in"),
          )
          .filter(({ name }) => name === "VariableName"),
      );
    }
    inner.functions.forEach((found, name) => this.functions.set(name, found));
    this.mayHaveOtherNames ||= inner.mayHaveOtherNames;
  }
}

/** A list takes on the items of a tuple by `+=`. */
function asSameItems(before: PythonValue, added: PythonValue): PythonValue {
  return before.kind === "items" && before.type === "list" && added.kind === "items" && added.type === "tuple"
    ? { ...added, type: "list" }
    : added;
}

function changedItems(
  known: PythonValue & { readonly kind: "items" },
  method: string,
  added: PythonValue,
): PythonValue {
  if (method === "append" || method === "add") {
    return { ...known, items: [...known.items, added] };
  }
  return method === "extend" && added.kind === "items"
    ? { ...known, items: [...known.items, ...added.items] }
    : computedValue;
}

/** The targets of an assignment, each with its commas, and last the value. No value: an annotation alone. */
function assignedGroups(statement: PythonNode): PythonNode[][] {
  const groups: PythonNode[][] = [[]];
  for (const child of childrenOf(statement)) {
    if (child.name === "AssignOp") {
      groups.push([]);
    } else if (child.name !== "TypeDef" && child.name !== "Comment") {
      groups.at(-1)?.push(child);
    }
  }
  return groups;
}

function targetNames(target: readonly PythonNode[]): readonly PythonNode[] {
  return target.flatMap((part): readonly PythonNode[] => {
    switch (part.name) {
      case "ParenthesizedExpression":
      case "TupleExpression":
      case "ArrayExpression":
        return targetNames(childrenOf(part).filter(({ name }) => !/^[()[\]]$/.test(name)));
      case ",":
        return [];
      default:
        return [part];
    }
  });
}

interface PythonBody {
  /** The word before: `if`, `except`, … */
  readonly keyword: string;
  readonly condition: PythonNode | undefined;
  readonly body: PythonNode;
}

/** The bodies of a statement that has several. */
function bodiesOf(statement: PythonNode): readonly PythonBody[] {
  const bodies: PythonBody[] = [];
  let keyword = "";
  let condition: PythonNode | undefined;
  for (const child of childrenOf(statement)) {
    if (child.name === "Body" || child.name === "MatchClause" || child.name === "MatchBody") {
      bodies.push({ keyword, condition, body: child });
      condition = undefined;
    } else if (/^(?:if|elif|else|try|except|finally|with|for|while|match|case)$/.test(child.name)) {
      keyword = child.name;
      condition = undefined;
    } else if (child.name !== "Comment") {
      condition ??= child;
    }
  }
  return bodies;
}

function isEmptyStatement(statement: PythonNode, text: string): boolean {
  switch (statement.name) {
    case "Comment":
    case "PassStatement":
      return true;
    case "ReturnStatement":
      return /^return(?:\s+None)?\s*$/.test(textOf(statement, text));
    case "ExpressionStatement":
      return ["String", "ContinuedString", "Ellipsis"].includes(statement.firstChild?.name ?? "");
    default:
      return false;
  }
}
