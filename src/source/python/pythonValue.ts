import type { TextRange } from "../header";

/** A value of a Python module, as far as it can be told without running it. */
export type PythonValue =
  | {
      readonly kind: "text";
      readonly value: string;
      /** The text between the quotes of a plain literal, else the whole expression. */
      readonly range: TextRange;
    }
  | {
      readonly kind: "items";
      readonly type: "tuple" | "list" | "set";
      readonly items: readonly PythonValue[];
    }
  | { readonly kind: "none" }
  | { readonly kind: "constant"; readonly value: number | boolean }
  /** A class of the same file, with what its body assigns. */
  | { readonly kind: "namespace"; readonly values: ReadonlyMap<string, PythonValue> }
  | { readonly kind: "unknown"; readonly reason: string };

/** A value that only running the file would tell. */
export function unknownValue(reason: string): PythonValue {
  return { kind: "unknown", reason };
}

export const computedValue = unknownValue("a computed value");

/** What Python's `bool()` gives; undefined where it is not known. */
export function isTruthy(value: PythonValue): boolean | undefined {
  switch (value.kind) {
    case "text":
      return value.value !== "";
    case "items":
      return value.items.length > 0;
    case "none":
      return false;
    case "constant":
      return Boolean(value.value);
    case "namespace":
      return true;
    case "unknown":
      return undefined;
  }
}

/** Python's `left + right`, for texts, tuples and lists. */
export function addValues(left: PythonValue, right: PythonValue, range: TextRange): PythonValue {
  if (left.kind === "text" && right.kind === "text") {
    return { kind: "text", value: left.value + right.value, range };
  }
  if (left.kind === "items" && right.kind === "items" && left.type === right.type && left.type !== "set") {
    return { ...left, items: [...left.items, ...right.items] };
  }
  if (left.kind === "constant" && right.kind === "constant") {
    return { kind: "constant", value: Number(left.value) + Number(right.value) };
  }
  return computedValue;
}

/** Whether two values are equal; undefined where it is not known. */
export function sameValue(left: PythonValue, right: PythonValue): boolean | undefined {
  if (left.kind === "unknown" || right.kind === "unknown") {
    return undefined;
  }
  if (left.kind === "items" && right.kind === "items") {
    return left.type !== right.type || left.items.length !== right.items.length ? false : undefined;
  }
  if (
    (left.kind === "text" && right.kind === "text") ||
    (left.kind === "constant" && right.kind === "constant")
  ) {
    return left.value === right.value;
  }
  return left.kind === "none" && right.kind === "none" ? true : left.kind === right.kind ? undefined : false;
}
