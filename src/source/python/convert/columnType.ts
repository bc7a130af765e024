import { reservedWords } from "../../../sqlText/reservedWords";
import { CallArguments, Inconvertible, isAbsent, textOfTerm } from "./callArguments";
import type { CallTerm, Term } from "./term";

/** An enum, and what SQLAlchemy does with its type by itself. */
export interface EnumTerm {
  readonly name: string;
  readonly schema: string | undefined;
  readonly values: readonly string[];
  /** `postgresql.ENUM` looks whether the type exists unless told otherwise; `sa.Enum` does not. */
  readonly checksFirst: boolean;
  /** Whether `create_table` makes the type; undefined where that depends on the version of SQLAlchemy. */
  readonly isCreatedWithTable: boolean | undefined;
}

export interface TypeTerm {
  /** As PostgreSQL spells it. */
  readonly type: string;
  readonly enumTerm?: EnumTerm;
}

/** Types whose name says all; their options are about Python. */
const plainTypes: Readonly<Record<string, string>> = {
  Integer: "integer",
  INTEGER: "integer",
  INT: "integer",
  BigInteger: "bigint",
  BIGINT: "bigint",
  SmallInteger: "smallint",
  SMALLINT: "smallint",
  Text: "text",
  TEXT: "text",
  UnicodeText: "text",
  Boolean: "boolean",
  BOOLEAN: "boolean",
  Date: "date",
  DATE: "date",
  Interval: "interval",
  INTERVAL: "interval",
  REAL: "real",
  Double: "double precision",
  DOUBLE_PRECISION: "double precision",
  LargeBinary: "bytea",
  BYTEA: "bytea",
  JSON: "json",
  JSONB: "jsonb",
  UUID: "uuid",
  Uuid: "uuid",
  INET: "inet",
  CIDR: "cidr",
  MACADDR: "macaddr",
  MACADDR8: "macaddr8",
  MONEY: "money",
  OID: "oid",
  REGCLASS: "regclass",
  TSVECTOR: "tsvector",
  TSQUERY: "tsquery",
  HSTORE: "hstore",
  CITEXT: "citext",
  INT4RANGE: "int4range",
  INT8RANGE: "int8range",
  NUMRANGE: "numrange",
  DATERANGE: "daterange",
  TSRANGE: "tsrange",
  TSTZRANGE: "tstzrange",
};

/** Options that change nothing in the database. */
const pythonOptions = [
  "as_uuid",
  "astext_type",
  "none_as_null",
  "asdecimal",
  "decimal_return_scale",
  "text_type",
];

const textTypes: Readonly<Record<string, string>> = {
  String: "varchar",
  VARCHAR: "varchar",
  Unicode: "varchar",
  AutoString: "varchar",
  CHAR: "char",
};

/**
 * The type of a column.
 * @throws Inconvertible for a type that is none of SQLAlchemy's, or that has options which are not known
 */
export function readType(term: Term | undefined): TypeTerm {
  if (term?.kind === "name") {
    return readType({ kind: "call", path: term.path, positional: [], keywords: new Map() });
  }
  if (term?.kind !== "call") {
    throw new Inconvertible("the type of a column is not written out");
  }
  if (term.receiver !== undefined) {
    return readVariant(term);
  }
  const [, home, name = ""] =
    /^(sqlalchemy|postgresql|sqlmodel)\.(?:sql\.sqltypes\.)?(\w+)$/.exec(term.path) ?? [];
  if (home === undefined || (home === "sqlmodel") !== (name === "AutoString")) {
    throw new Inconvertible(`the type ${term.path} is not converted`);
  }
  if (name === "Enum" || name === "ENUM") {
    const enumTerm = readEnum(term);
    return { type: qualified(enumTerm), enumTerm };
  }
  return name === "ARRAY" ? readArray(term) : { type: builtInType(name, term) };
}

function builtInType(name: string, call: CallTerm): string {
  const plain = Object.hasOwn(plainTypes, name) ? plainTypes[name] : undefined;
  if (plain !== undefined) {
    const options = new CallArguments(call, []);
    options.ignore(...pythonOptions);
    if (plain === "boolean") {
      // Its check is for databases that have no such type.
      options.ignore("create_constraint", "name");
    }
    options.finish();
    return plain;
  }
  const text = Object.hasOwn(textTypes, name) ? textTypes[name] : undefined;
  if (text !== undefined) {
    const options = new CallArguments(call, ["length"]);
    const length = options.optionalNumber("length");
    options.finish();
    return length === undefined ? text : `${text}(${String(length)})`;
  }
  switch (name) {
    case "DateTime":
    case "TIMESTAMP":
      return timeType("timestamp", call);
    case "Time":
    case "TIME":
      return timeType("time", call);
    case "Numeric":
    case "NUMERIC":
    case "DECIMAL":
      return numericType(call);
    case "Float":
    case "FLOAT":
      return floatType(call);
    case "BIT":
      return bitType(call);
    default:
      throw new Inconvertible(`the type ${call.path} is not converted`);
  }
}

function timeType(type: "timestamp" | "time", call: CallTerm): string {
  const options = new CallArguments(call, ["timezone"]);
  const zone = options.optionalFlag("timezone") === true ? `${type}tz` : type;
  const precision = options.optionalNumber("precision");
  options.finish();
  return precision === undefined ? zone : `${zone}(${String(precision)})`;
}

function numericType(call: CallTerm): string {
  const options = new CallArguments(call, ["precision", "scale"]);
  const precision = options.optionalNumber("precision");
  const scale = options.optionalNumber("scale");
  options.ignore(...pythonOptions);
  options.finish();
  return precision === undefined
    ? "numeric"
    : `numeric(${[precision, ...(scale === undefined ? [] : [scale])].join(",")})`;
}

function floatType(call: CallTerm): string {
  const options = new CallArguments(call, ["precision"]);
  const precision = options.optionalNumber("precision");
  options.ignore(...pythonOptions);
  options.finish();
  return precision === undefined ? "double precision" : `float(${String(precision)})`;
}

function bitType(call: CallTerm): string {
  const options = new CallArguments(call, ["length", "varying"]);
  const length = options.optionalNumber("length");
  const isVarying = options.optionalFlag("varying") === true;
  options.finish();
  const size = length === undefined ? "" : `(${String(length)})`;
  return `${isVarying ? "varbit" : "bit"}${size}`;
}

function readArray(call: CallTerm): TypeTerm {
  const options = new CallArguments(call, ["item_type"]);
  const item = readType(options.take("item_type"));
  const dimensions = options.optionalNumber("dimensions") ?? 1;
  options.ignore("as_tuple", "zero_indexes");
  options.finish();
  return { ...item, type: `${item.type}${"[]".repeat(dimensions)}` };
}

/** `sa.JSON().with_variant(postgresql.JSONB(), "postgresql")`. */
function readVariant({ path, receiver, positional, keywords }: CallTerm): TypeTerm {
  const [variant, ...dialects] = positional;
  if (path !== "with_variant" || dialects.length === 0 || keywords.size > 0) {
    throw new Inconvertible(`${path} of a type is not converted`);
  }
  const isOurs = dialects.some((dialect) => textOfTerm(dialect, "a dialect") === "postgresql");
  return readType(isOurs ? variant : receiver);
}

/** `sa.Enum("a", "b", name="letters")`. */
export function readEnum(call: CallTerm): EnumTerm {
  const options = new CallArguments(call, []);
  const name = options.text("name");
  const schema = options.optionalText("schema");
  const createsType = options.optionalFlag("create_type");
  if (options.optionalFlag("native_enum") === false) {
    throw new Inconvertible("native_enum=False is not converted");
  }
  if (!isAbsent(options.take("metadata")) || options.optionalFlag("inherit_schema") === true) {
    throw new Inconvertible("an enum of metadata is not converted");
  }
  options.ignore("create_constraint", "validate_strings", "values_callable", "length");
  const values = options.takeRest().map((value) => textOfTerm(value, `a value of the enum ${name}`));
  options.finish();
  const isOwn = call.path === "postgresql.ENUM";
  const isCreatedWithTable = isOwn ? createsType !== false : createsType === false ? undefined : true;
  return { name, schema, values, checksFirst: isOwn, isCreatedWithTable };
}

function qualified({ name, schema }: EnumTerm): string {
  return [...(schema === undefined ? [] : [schema]), name].map(quotedIfNeeded).join(".");
}

function quotedIfNeeded(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name)
    ? name
    : `"${name.replaceAll('"', '""')}"`;
}
