import { decodePythonEscape } from "../../stringEscapes";
import { childrenOf, textOf, type PythonNode } from "../pythonNodes";

/** A text that an expression writes out, and where the file has each of its characters. */
export interface PlacedText {
  readonly text: string;
  /** The offset in the file of each UTF-16 unit of the text. */
  readonly places: readonly number[];
}

/**
 * The text of a string as it is written: in every kind of quote, with escapes, of several strings after each other or with `+`
 * between them. Undefined where it is not written there as a whole, as with a name or an f-string.
 */
export function placedText(node: PythonNode, file: string): PlacedText | undefined {
  switch (node.name) {
    case "String":
      return placedString(node, file);
    case "ContinuedString":
      return joined(
        childrenOf(node).filter(({ name }) => name !== "Comment"),
        file,
      );
    case "ParenthesizedExpression": {
      const [only, another] = childrenOf(node).filter(({ name }) => !["(", ")", "Comment"].includes(name));
      return only === undefined || another !== undefined ? undefined : placedText(only, file);
    }
    case "BinaryExpression": {
      const [left, sign, right, more] = childrenOf(node).filter(({ name }) => name !== "Comment");
      const isSum = sign !== undefined && textOf(sign, file) === "+" && more === undefined;
      return isSum && left !== undefined && right !== undefined ? joined([left, right], file) : undefined;
    }
    default:
      return undefined;
  }
}

function joined(nodes: readonly PythonNode[], file: string): PlacedText | undefined {
  const parts = nodes.map((node) => placedText(node, file));
  const written = parts.filter((part) => part !== undefined);
  return written.length < parts.length
    ? undefined
    : {
        text: written.map(({ text }) => text).join(""),
        places: written.flatMap(({ places }) => places),
      };
}

const quoted = /^([A-Za-z]*)("""|'''|"|')([^]*)\2$/;

function placedString(node: PythonNode, file: string): PlacedText | undefined {
  const [, prefix = "", quote = "", body] = quoted.exec(textOf(node, file)) ?? [];
  if (body === undefined || /[bft]/i.test(prefix)) {
    return undefined;
  }
  const isRaw = /r/i.test(prefix);
  const start = node.from + prefix.length + quote.length;
  let text = "";
  const places: number[] = [];
  const add = (value: string, at: number): void => {
    text += value;
    for (let unit = 0; unit < value.length; unit += 1) {
      places.push(start + at);
    }
  };
  for (let at = 0; at < body.length;) {
    const character = body.charAt(at);
    if (character === "\\" && !isRaw) {
      const escape = decodePythonEscape(body.slice(at + 1, at + 12));
      if (escape === undefined) {
        return undefined;
      }
      add(escape.value, at);
      at += 1 + escape.length;
    } else if (character === "\r") {
      add("\n", at);
      at += body.charAt(at + 1) === "\n" ? 2 : 1;
    } else {
      add(character, at);
      at += 1;
    }
  }
  return { text, places };
}
