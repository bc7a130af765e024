import { parseTypeName } from "../../schema/typeName";
import type { ColumnDefault } from "../definitions";
import { sqlText } from "../sqlFragment";

const numericTypes = new Set(["smallint", "integer", "bigint", "numeric", "real", "double precision"]);
const textTypes = new Set(["text", "character varying", "character"]);

/**
 * A default as people write it: a plain value where the server's text is one (`0`, `false`, `'new'::text`), SQL
 * otherwise. Either way PostgreSQL keeps the same expression.
 *
 * @param text as `pg_get_expr` prints it
 * @param type of the column, as `format_type` prints it
 * @param enums printed names of enums
 */
export function defaultFromText(text: string, type: string, enums: ReadonlySet<string>): ColumnDefault {
  const { base, isArray } = parseTypeName(type);
  if (!isArray) {
    if (base === "boolean" && (text === "true" || text === "false")) {
      return { kind: "literal", value: text === "true" };
    }
    if (numericTypes.has(base) && /^(0|[1-9]\d{0,14})(\.\d*[1-9])?$/.test(text)) {
      return { kind: "literal", value: Number(text) };
    }
    const quoted = /^'((?:[^'\\]|'')*)'::([^']+)$/.exec(text);
    if (quoted !== null && quoted[2] === base && (textTypes.has(base) || enums.has(base))) {
      return { kind: "literal", value: (quoted[1] ?? "").replaceAll("''", "'") };
    }
  }
  return sqlText(text);
}
