import { sqlText } from "../../operations/sqlFragment";
import type {
  PartitionBoundValue,
  PartitionBounds,
  PartitionByDefinition,
} from "../../operations/table/tableDefinition";
import { stripParentheses } from "../../sqlText/parentheses";

/** The parts of a list at its outermost commas. */
function splitList(text: string): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const [token] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^'"]/gs)) {
    depth += /[([]/.test(token[0] ?? "") ? 1 : /[)\]]/.test(token[0] ?? "") ? -1 : 0;
    if (token === "," && depth === 0) {
      parts.push("");
    } else {
      parts[parts.length - 1] = (parts[parts.length - 1] ?? "") + token;
    }
  }
  return parts.map((part) => part.trim());
}

/** `RANGE (created_at)` as a record. */
export function partitionByFromText(text: string): PartitionByDefinition {
  const match = /^(RANGE|LIST|HASH) \((.*)\)$/s.exec(text);
  const strategy = (match?.[1] ?? "RANGE").toLowerCase();
  return {
    strategy: strategy === "list" || strategy === "hash" ? strategy : "range",
    columns: splitList(match?.[2] ?? "").map((column) => {
      const quoted = /^"((?:[^"]|"")*)"$/.exec(column)?.[1];
      return quoted !== undefined
        ? quoted.replaceAll('""', '"')
        : /^\w+$/.test(column)
          ? column
          : sqlText(stripParentheses(column));
    }),
  };
}

/** `FOR VALUES FROM (1) TO (10)` as a record. */
export function boundsFromText(text: string): PartitionBounds {
  const values = (list: string | undefined): readonly PartitionBoundValue[] =>
    splitList(list ?? "").map(sqlText);
  const [opening, between] = ["FOR VALUES FROM (", ") TO ("] as const;
  const middle = text.lastIndexOf(between);
  if (text.startsWith(opening) && middle >= 0 && text.endsWith(")")) {
    return {
      kind: "range",
      from: values(text.slice(opening.length, middle)),
      to: values(text.slice(middle + between.length, -1)),
    };
  }
  const list = /^FOR VALUES IN \((.*)\)$/s.exec(text);
  if (list !== null) {
    return { kind: "list", values: values(list[1]) };
  }
  const hash = /^FOR VALUES WITH \(modulus (\d+), remainder (\d+)\)$/i.exec(text);
  return hash === null
    ? { kind: "default" }
    : { kind: "hash", modulus: Number(hash[1]), remainder: Number(hash[2]) };
}
