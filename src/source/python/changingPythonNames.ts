import { childrenOf, namesIn, textOf, type PythonNode } from "./pythonNodes";

/**
 * The names of a function, or of a module without its functions, that may have more than one value: parameters, variables of
 * loops, and what is assigned more than once, or together with others.
 */
export function changingPythonNames(scope: PythonNode, text: string): ReadonlySet<string> {
  const once = new Set<string>();
  const changing = new Set<string>();
  const note = (node: PythonNode, isPlain: boolean): void => {
    for (const name of namesIn(node, text)) {
      if (!isPlain || once.has(name)) {
        changing.add(name);
      }
      once.add(name);
    }
  };
  const visit = (node: PythonNode): void => {
    for (const child of childrenOf(node)) {
      noteBindings(child, note);
      if (!["FunctionDefinition", "LambdaExpression", "ClassDefinition"].includes(child.name)) {
        visit(child);
      } else {
        const own = childrenOf(child).find(({ name }) => name === "VariableName");
        once.add(own === undefined ? "" : textOf(own, text));
      }
    }
  };
  visit(scope);
  return changing;
}

type Note = (target: PythonNode, isPlain: boolean) => void;

function noteBindings(node: PythonNode, note: Note): void {
  const parts = childrenOf(node).filter(({ name }) => name !== "Comment" && name !== "TypeDef");
  switch (node.name) {
    case "AssignStatement": {
      const last = parts.findLastIndex(({ name }) => name === "AssignOp");
      const targets = parts.slice(0, Math.max(0, last)).filter(({ name }) => /Name|Expression/.test(name));
      // What is assigned to a part of something changes all of it.
      targets.forEach((target) => note(target, targets.length === 1 && target.name === "VariableName"));
      return;
    }
    case "UpdateStatement":
    case "NamedExpression":
      parts.slice(0, 1).forEach((target) => note(target, false));
      return;
    case "ParamList":
    case "ScopeStatement":
    case "DeleteStatement":
      parts.forEach((part) => note(part, false));
      return;
    default:
      noteLoops(parts, note);
  }
}

/** What stands between `for` and `in`, in a statement or within brackets, and after an `as`. */
function noteLoops(parts: readonly PythonNode[], note: Note): void {
  let isTarget = false;
  for (const part of parts) {
    if (part.name === "for") {
      isTarget = true;
    } else if (part.name === "in") {
      isTarget = false;
    } else if (isTarget) {
      note(part, false);
    }
  }
}
