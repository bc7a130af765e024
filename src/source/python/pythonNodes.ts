import { parser } from "@lezer/python";

/** A node of Python's syntax, as the parser names it. */
export type PythonNode = ReturnType<typeof parser.parse>["topNode"];

/** The statements of a module. The parser goes on after what it does not understand. */
export function parsePython(text: string): PythonNode {
  // A mark of the encoding is no part of the first line.
  return parser.parse(text.replace(/^\ufeff/, "\n")).topNode;
}

export function childrenOf(node: PythonNode): readonly PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}

export function textOf({ from, to }: PythonNode, text: string): string {
  return text.slice(from, to);
}

/** Whether the parser found something in it that is not Python. */
export function hasErrors(node: PythonNode): boolean {
  let isWrong = false;
  node.cursor().iterate((inner) => {
    isWrong ||= inner.type.isError;
    return !isWrong;
  });
  return isWrong;
}

/** Every name within a node that stands for itself: no attribute, no keyword of a call. */
export function namesIn(node: PythonNode, text: string): ReadonlySet<string> {
  const names = new Set<string>();
  node.cursor().iterate((inner) => {
    if (inner.name === "VariableName") {
      names.add(text.slice(inner.from, inner.to));
    }
  });
  return names;
}
