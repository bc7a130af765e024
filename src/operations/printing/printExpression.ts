/**
 * TypeScript expressions laid out as prettier lays them out: one line if it fits, otherwise an object or array
 * with a line for each part, and the last argument of a call opened before the others are.
 */
export type Expression = Atom | ObjectExpression | ArrayExpression;

/** Code that is never broken up; it may have lines of its own, as a template literal has. */
export interface Atom {
  readonly kind: "atom";
  readonly text: string;
  readonly type: "string" | "number" | "template" | "other";
}

export interface ObjectExpression {
  readonly kind: "object";
  readonly entries: readonly (readonly [key: string, value: Expression])[];
}

export interface ArrayExpression {
  readonly kind: "array";
  readonly items: readonly Expression[];
}

/** Where an expression stands: `column` is taken already, `trailing` more must fit behind it. */
interface Place {
  readonly indent: number;
  readonly column: number;
  readonly trailing: number;
  readonly width: number;
}

/** Keys shorter than this are never followed by a line break. */
const shortKeyLength = 5;

/** A string literal in the quotes that need fewer escapes, as prettier chooses them. */
export function stringAtom(value: string): Atom {
  const escaped = JSON.stringify(value);
  const doubles = value.split('"').length;
  const singles = value.split("'").length;
  const text =
    doubles > singles ? `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'` : escaped;
  return { kind: "atom", text, type: "string" };
}

/**
 * A call as a statement: `await op.name(…);`, indented; lines end with "\n" but for the last.
 *
 * @param indent columns before the statement
 */
export function printCall(
  callee: string,
  input: readonly Expression[],
  { indent, width }: { readonly indent: number; readonly width: number },
): string {
  const head = `${" ".repeat(indent)}await ${callee}(`;
  const only = input.length === 1 ? input[0] : undefined;
  const flat = input.map(flatText);
  const isFlat = flat.every((text) => text !== undefined) && textWidth(head + flat.join(", ")) + 2 <= width;
  if (isFlat || (only?.kind === "atom" && only.text.includes("\n"))) {
    return `${head}${isFlat ? flat.join(", ") : only?.kind === "atom" ? only.text : ""});`;
  }
  return hugLast(head, input, indent, width) ?? breakAll(head, input, indent, width);
}

function hugLast(
  head: string,
  input: readonly Expression[],
  indent: number,
  width: number,
): string | undefined {
  const last = input.at(-1);
  const others = input.slice(0, -1);
  const flat = others.map(flatText);
  if (
    last === undefined ||
    !isHuggable(last) ||
    others.at(-1)?.kind === last.kind ||
    flat.includes(undefined)
  ) {
    return undefined;
  }
  if (others.length > 0 && last.kind === "array" && last.items.every(isNumber)) {
    return undefined;
  }
  const before = head + flat.map((text) => `${text ?? ""}, `).join("");
  return textWidth(before) + 1 > width ? undefined : `${before}${expanded(last, indent, width)});`;
}

function breakAll(head: string, input: readonly Expression[], indent: number, width: number): string {
  const inner = " ".repeat(indent + 2);
  const lines = input.map((argument) => {
    const text = layOut(argument, { indent: indent + 2, column: indent + 2, trailing: 1, width });
    return `${inner}${text},\n`;
  });
  return `${head}\n${lines.join("")}${" ".repeat(indent)});`;
}

function isHuggable(expression: Expression): expression is ObjectExpression | ArrayExpression {
  return (
    (expression.kind === "object" && expression.entries.length > 0) ||
    (expression.kind === "array" && expression.items.length > 0)
  );
}

function isNumber(expression: Expression): boolean {
  return expression.kind === "atom" && expression.type === "number";
}

/** On one line, or undefined if it never stands on one. */
function flatText(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "atom":
      return expression.text.includes("\n") ? undefined : expression.text;
    case "object": {
      const parts = expression.entries.map(([key, value]) => joined(`${key}: `, flatText(value)));
      return parts.includes(undefined) ? undefined : parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
    }
    case "array": {
      const parts = expression.items.map(flatText);
      return parts.includes(undefined) || isAlwaysBroken(expression) ? undefined : `[${parts.join(", ")}]`;
    }
  }
}

function joined(key: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : key + value;
}

/** Prettier opens arrays of several objects, or of several arrays, that have more than one part each. */
function isAlwaysBroken({ items }: ArrayExpression): boolean {
  const [first] = items;
  return (
    items.length > 1 &&
    first !== undefined &&
    first.kind !== "atom" &&
    items.every((item) => item.kind === first.kind && partCount(item) > 1)
  );
}

function partCount(expression: Expression): number {
  return expression.kind === "object"
    ? expression.entries.length
    : expression.kind === "array"
      ? expression.items.length
      : 0;
}

/** On one line where it fits into its place, else opened. */
export function layOut(expression: Expression, { indent, column, trailing, width }: Place): string {
  const flat = flatText(expression);
  if (flat !== undefined && column + textWidth(flat) + trailing <= width) {
    return flat;
  }
  return expanded(expression, indent, width);
}

function expanded(expression: Expression, indent: number, width: number): string {
  const inner = " ".repeat(indent + 2);
  const close = " ".repeat(indent);
  switch (expression.kind) {
    case "atom":
      return expression.text;
    case "object": {
      if (expression.entries.length === 0) {
        return "{}";
      }
      const lines = expression.entries.map(
        ([key, value]) => `${inner}${property(key, value, indent + 2, width)},\n`,
      );
      return `{\n${lines.join("")}${close}}`;
    }
    case "array": {
      if (expression.items.length === 0) {
        return "[]";
      }
      if (expression.items.every(isNumber)) {
        return `[\n${filled(expression.items, indent + 2, width)}${close}]`;
      }
      const lines = expression.items.map((item) => {
        const text = layOut(item, { indent: indent + 2, column: indent + 2, trailing: 1, width });
        return `${inner}${text},\n`;
      });
      return `[\n${lines.join("")}${close}]`;
    }
  }
}

function property(key: string, value: Expression, indent: number, width: number): string {
  const column = indent + textWidth(key) + 2;
  const flat = flatText(value);
  const isLongText = value.kind === "atom" && value.type === "string" && flat !== undefined;
  if (isLongText && textWidth(key) >= shortKeyLength && column + textWidth(flat) + 1 > width) {
    return `${key}:\n${" ".repeat(indent + 2)}${flat}`;
  }
  return `${key}: ${layOut(value, { indent, column, trailing: 1, width })}`;
}

/** Numbers fill their lines. */
function filled(items: readonly Expression[], indent: number, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const text = flatText(item) ?? "";
    if (line !== "" && indent + line.length + 1 + text.length + 1 > width) {
      lines.push(line);
      line = "";
    }
    line += `${line === "" ? "" : " "}${text},`;
  }
  return [...lines, line].map((filledLine) => `${" ".repeat(indent)}${filledLine}\n`).join("");
}

const wideCharacter =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const characterWithoutWidth = /\p{Mn}|\p{Me}|\p{Cc}|\p{Cf}/u;

/** Columns that the text takes: wide characters take two. */
function textWidth(text: string): number {
  // Nearly all of a revision: to look at each of its characters took longer than all else about printing it.
  if (/^[\x20-\x7e]*$/.test(text)) {
    return text.length;
  }
  let width = 0;
  for (const character of text) {
    width += wideCharacter.test(character) ? 2 : characterWithoutWidth.test(character) ? 0 : 1;
  }
  return width;
}
