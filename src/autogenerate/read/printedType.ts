import type { TypeormColumn } from "../../typeorm/typeormTypes";

/** Types that take no argument, and that the server prints as they are written. */
const plainTypes: ReadonlySet<string> = new Set([
  "text",
  "uuid",
  "json",
  "jsonb",
  "boolean",
  "smallint",
  "integer",
  "bigint",
  "real",
  "double precision",
  "date",
  "bytea",
  "inet",
  "cidr",
  "macaddr",
  "macaddr8",
  "tsvector",
  "tsquery",
  "money",
  "point",
  "line",
  "lseg",
  "box",
  "path",
  "polygon",
  "circle",
  "xml",
  "jsonpath",
  "int4range",
  "int8range",
  "numrange",
  "tsrange",
  "tstzrange",
  "daterange",
]);

const timeTypes = /^(timestamp|time) (with|without) time zone$/;

/**
 * The type of a column as `format_type` prints it, or undefined where only a server knows. TypeORM has normalised
 * aliases by then (`varchar` is `character varying`).
 */
export function printedType(column: TypeormColumn): string | undefined {
  const element = elementType(column);
  return element === undefined ? undefined : `${element}${column.isArray ? "[]" : ""}`;
}

function elementType({ type, length, precision, scale }: TypeormColumn): string | undefined {
  const hasLength = length !== "";
  const hasPrecision = precision !== undefined && precision !== null;
  if (plainTypes.has(type)) {
    return hasLength || hasPrecision ? undefined : type;
  }
  if (type === "character varying" || type === "bit varying") {
    return hasPrecision ? undefined : hasLength ? `${type}(${length})` : type;
  }
  if (type === "character" || type === "bit") {
    return hasPrecision ? undefined : `${type}(${hasLength ? length : "1"})`;
  }
  if (type === "numeric") {
    return hasLength
      ? undefined
      : hasPrecision
        ? `numeric(${String(precision)},${String(scale ?? 0)})`
        : scale === undefined
          ? "numeric"
          : undefined;
  }
  const time = timeTypes.exec(type);
  if (time !== null && !hasLength) {
    return hasPrecision ? `${time[1] ?? ""}(${String(precision)}) ${time[2] ?? ""} time zone` : type;
  }
  return undefined;
}
