import { evaluate, withoutTypes, type ConstantScope, type LiteralValue } from "../source/constantValues";
import type { Node } from "@babel/types";

/** A value that the text alone tells, or that it does not. Functions count as known and have no value. */
export type StaticValue = { readonly isKnown: true; readonly value: unknown } | { readonly isKnown: false };

/** An expression without the type annotations, parentheses and constant names around it. */
export function unwrapExpression(expression: Node, scope: ConstantScope, depth = 0): Node {
  const node = withoutTypes(expression);
  const constant = node.type === "Identifier" ? scope.constants.get(node.name) : undefined;
  return constant === undefined || depth > 20 ? node : unwrapExpression(constant, scope, depth + 1);
}

/** What an expression's text says. */
export function staticValue(expression: Node, scope: ConstantScope): StaticValue {
  return plainValue(evaluate(expression, scope));
}

function plainValue(literal: LiteralValue): StaticValue {
  switch (literal.kind) {
    case "text":
      return { isKnown: true, value: literal.text.value };
    case "flag":
      return { isKnown: true, value: literal.flag };
    case "number":
    case "none":
      return { isKnown: true, value: literal.value };
    case "function":
      return { isKnown: true, value: undefined };
    case "list": {
      const items = literal.items.map(plainValue);
      return items.every((item) => item.isKnown)
        ? { isKnown: true, value: items.map((item) => item.value) }
        : { isKnown: false };
    }
    case "object":
      // Properties that are not known have no value: an environment's name is worth having without its URL.
      return {
        isKnown: true,
        value: new Map(
          [...literal.entries].map(([name, entry]) => {
            const value = plainValue(entry);
            return [name, value.isKnown ? value.value : undefined];
          }),
        ),
      };
    case "unknown":
      return { isKnown: false };
  }
}
