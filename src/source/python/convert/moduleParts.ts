import { childrenOf, namesIn, parsePython, textOf, type PythonNode } from "../pythonNodes";
import { bindImport, isPure, NameScope, readTerm } from "./term";

/** What a module says outside of its functions. */
export interface ModuleParts {
  readonly scope: NameScope;
  readonly definitions: ReadonlyMap<string, PythonNode>;
  readonly functions: ReadonlyMap<string, PythonNode>;
  /** Statements that do something when the file is loaded. */
  readonly effects: readonly PythonNode[];
}

/**
 * Reads the statements of a module. The last assignment to a name counts: functions run after all of the module.
 * @param module `text` as parsed
 */
export function readModule(text: string, module = parsePython(text)): ModuleParts {
  const scope = new NameScope(text, usualNames(text));
  const definitions = new Map<string, PythonNode>();
  const functions = new Map<string, PythonNode>();
  const effects: PythonNode[] = [];
  const statements = childrenOf(module).flatMap((node) =>
    node.name === "StatementGroup" ? childrenOf(node) : [node],
  );
  for (const statement of statements) {
    switch (statement.name) {
      case "ImportStatement":
        bindImport(statement, scope);
        break;
      case "AssignStatement":
        readAssignment(statement, scope, definitions, functions);
        break;
      case "FunctionDefinition":
      case "ClassDefinition":
      case "DecoratedStatement": {
        const name = nameOf(statement, text);
        scope.bind(name, { kind: "unknown" });
        definitions.set(name, statement);
        functions.set(name, statement);
        break;
      }
      default:
        if (!isWithoutEffect(statement)) {
          effects.push(statement);
          scope.forget(namesIn(statement, text), textOf(statement, text));
        }
    }
  }
  return { scope, definitions, functions, effects };
}

/** What a name stands for that the file forgot to import, where Python fails. */
function usualNames(text: string): NameScope {
  const scope = new NameScope(text);
  scope.bind("op", { kind: "name", path: "alembic.op" });
  scope.bind("sa", { kind: "name", path: "sqlalchemy" });
  scope.bind("postgresql", { kind: "name", path: "sqlalchemy.dialects.postgresql" });
  return scope;
}

const headerNames = new Set(["revision", "down_revision", "branch_labels", "depends_on"]);

/** The last assignment counts: the functions run after all of the module. */
function readAssignment(
  statement: PythonNode,
  scope: NameScope,
  definitions: Map<string, PythonNode>,
  functions: Map<string, PythonNode>,
): void {
  const parts = childrenOf(statement).filter(({ name }) => name !== "TypeDef" && name !== "Comment");
  const [target, , value, more] = parts;
  const names = parts.filter(({ name }) => name === "VariableName");
  const term = value === undefined || more !== undefined ? undefined : readTerm(value, scope);
  for (const node of target === value ? [] : names) {
    const name = textOf(node, scope.text);
    const isTarget = node === target;
    if (isTarget || more !== undefined) {
      scope.bind(name, isTarget && term !== undefined && isPure(term) ? term : { kind: "unknown" });
      functions.delete(name);
      if (!headerNames.has(name)) {
        definitions.set(name, statement);
      }
    }
  }
}

function nameOf(definition: PythonNode, text: string): string {
  const inner =
    definition.name === "DecoratedStatement"
      ? childrenOf(definition).find(({ name }) => /Definition$/.test(name))
      : definition;
  const name =
    inner === undefined ? undefined : childrenOf(inner).find((node) => node.name === "VariableName");
  return name === undefined ? "" : textOf(name, text);
}

function isWithoutEffect({ name, firstChild }: PythonNode): boolean {
  return (
    /^(?:Comment|PassStatement|;)$/.test(name) ||
    (name === "ExpressionStatement" && /^(?:String|ContinuedString|Ellipsis)$/.test(firstChild?.name ?? ""))
  );
}
