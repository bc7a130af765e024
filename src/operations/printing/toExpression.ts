import { isSqlFragment } from "../sqlFragment";
import type { FragmentValue, SqlFragment } from "../sqlFragment";
import { stringAtom } from "./printExpression";
import type { Atom, Expression } from "./printExpression";

/** A final name in the place of a name: `op.f("name")`. */
export class FinalNameCode {
  constructor(readonly name: string) {}

  get text(): string {
    return `op.f(${stringAtom(this.name).text})`;
  }
}

/**
 * The expression that gives a value: JSON data, fragments as sql`…`, final names as `op.f(…)`. Properties that are `undefined` are
 * left out.
 */
export function toExpression(value: unknown): Expression {
  if (value instanceof FinalNameCode) {
    return { kind: "atom", text: value.text, type: "other" };
  }
  if (isSqlFragment(value)) {
    return fragmentAtom(value);
  }
  if (typeof value === "string") {
    return stringAtom(value);
  }
  if (typeof value === "object" && value !== null) {
    return isList(value)
      ? { kind: "array", items: value.map(toExpression) }
      : {
          kind: "object",
          entries: Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
            part === undefined ? [] : [[keyText(key), toExpression(part)] as const],
          ),
        };
  }
  return { kind: "atom", text: scalarText(value), type: typeof value === "number" ? "number" : "other" };
}

function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value);
}

function keyText(key: string): string {
  if (key === "__proto__") {
    return '["__proto__"]';
  }
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : stringAtom(key).text;
}

/** A fragment as sql`…`. */
function fragmentAtom(fragment: SqlFragment): Atom {
  const pieces = fragment.text.map((piece, index) => {
    const value = fragment.values[index];
    return templateText(piece) + (value === undefined ? "" : `\${${valueText(value)}}`);
  });
  return { kind: "atom", text: `sql\`${pieces.join("")}\``, type: "template" };
}

function templateText(text: string): string {
  return text
    .replace(/[\\`]|\$(?=\{)/g, "\\$&")
    .replace(/\r/g, "\\r")
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])/g, unicodeEscape)
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function valueText(value: FragmentValue): string {
  if (typeof value === "object" && value !== null && "kind" in value) {
    return value.kind === "identifier"
      ? `sql.identifier(${value.names.map((name) => stringAtom(name).text).join(", ")})`
      : `op.inlineLiteral(${plainText(value.value)})`;
  }
  return plainText(value);
}

function plainText(value: Exclude<FragmentValue, { readonly kind: string }>): string {
  if (typeof value === "string") {
    return stringAtom(value).text;
  }
  return value !== null && typeof value === "object"
    ? `[${value.map(plainText).join(", ")}]`
    : scalarText(value);
}

/** Prettier writes `1e21`, not `1e+21`. */
function scalarText(value: unknown): string {
  return String(value).replace("e+", "e");
}
