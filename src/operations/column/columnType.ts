type Sized = "varchar" | "char" | "bit" | "varbit";

type Timed = "timestamp" | "timestamptz" | "time" | "timetz" | "interval";

type Plain =
  | "smallint"
  | "integer"
  | "bigint"
  | "smallserial"
  | "serial"
  | "bigserial"
  | "numeric"
  | "real"
  | "double precision"
  | "money"
  | "text"
  | "varchar"
  | "char"
  | "citext"
  | "bytea"
  | "boolean"
  | "date"
  | "time"
  | "timetz"
  | "timestamp"
  | "timestamptz"
  | "timestamp with time zone"
  | "timestamp without time zone"
  | "interval"
  | "uuid"
  | "json"
  | "jsonb"
  | "jsonpath"
  | "xml"
  | "bit"
  | "varbit"
  | "inet"
  | "cidr"
  | "macaddr"
  | "macaddr8"
  | "tsvector"
  | "tsquery"
  | "point"
  | "line"
  | "lseg"
  | "box"
  | "path"
  | "polygon"
  | "circle"
  | "int4range"
  | "int8range"
  | "numrange"
  | "tsrange"
  | "tstzrange"
  | "daterange"
  | "int4multirange"
  | "int8multirange"
  | "nummultirange"
  | "tsmultirange"
  | "tstzmultirange"
  | "datemultirange"
  | "hstore"
  | "ltree"
  | "geometry"
  | "geography"
  | "vector"
  | "oid"
  | "regclass"
  | "integer[]"
  | "bigint[]"
  | "text[]"
  | "uuid[]"
  | "jsonb[]";

/**
 * A column's type as PostgreSQL spells it. The well-known ones are offered by the editor; every other one
 * (`"user_role"`, `"varchar(50)[]"`, `'"MyType"'`) is as good.
 */
export type ColumnType =
  | Plain
  | `${Sized}(${number})`
  | `${Timed}(${number})`
  | `numeric(${number})`
  | `numeric(${number},${number})`
  | `vector(${number})`
  | (string & {});
