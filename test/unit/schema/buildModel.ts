import type { ColumnModel } from "../../../src/schema/model/columnModel";
import type { ConstraintModel } from "../../../src/schema/model/constraintModel";
import type { IndexModel } from "../../../src/schema/model/indexModel";
import { emptySchemaModel, type EnumModel, type SchemaModel } from "../../../src/schema/model/schemaModel";
import type { TableModel } from "../../../src/schema/model/tableModel";

/** `name type`, with ` not null` and ` default …` behind it. */
export function column(text: string, changes: Partial<ColumnModel> = {}): ColumnModel {
  const [, name = "", type = "", notNull, value] =
    /^(\S+) (.*?)( not null)?(?: default (.*))?$/.exec(text) ?? [];
  return {
    name,
    type,
    isNullable: notNull === undefined,
    default: value,
    generation: undefined,
    collation: undefined,
    comment: undefined,
    isInherited: false,
    ...changes,
  };
}

/** A unique constraint. */
export function unique(name: string, columns: readonly string[]): ConstraintModel {
  return {
    kind: "unique",
    name,
    columns,
    include: [],
    nullsNotDistinct: false,
    comment: undefined,
    definition: `UNIQUE (${columns.join(", ")})`,
    isOpaque: false,
    isDeferrable: false,
    isInitiallyDeferred: false,
  };
}

/** An index. */
export function index(
  name: string,
  columns: readonly string[],
  changes: Partial<IndexModel> = {},
): IndexModel {
  return {
    name,
    method: "btree",
    isUnique: false,
    elements: columns.map((text) => ({
      kind: "column",
      text,
      opclass: undefined,
      opclassOptions: [],
      collation: undefined,
      isDescending: false,
      nullsFirst: false,
    })),
    include: [],
    nullsNotDistinct: false,
    predicate: undefined,
    options: [],
    tablespace: undefined,
    isValid: true,
    comment: undefined,
    ...changes,
  };
}

/** A table. */
export function table(
  name: string,
  columns: readonly (string | ColumnModel)[],
  changes: Partial<TableModel> = {},
): TableModel {
  return {
    schema: "public",
    name,
    columns: columns.map((each) => (typeof each === "string" ? column(each) : each)),
    constraints: [],
    indexes: [],
    comment: undefined,
    isUnlogged: false,
    partitionBy: undefined,
    partitionOf: undefined,
    inherits: [],
    options: [],
    tablespace: undefined,
    rowSecurity: { isEnabled: false, isForced: false },
    replicaIdentity: "default",
    policies: [],
    triggers: [],
    statistics: [],
    ...changes,
  };
}

/** An enum. */
export function enumType(name: string, values: readonly string[]): EnumModel {
  return { schema: "public", name, values, comment: undefined };
}

/** A schema model. */
export function model(parts: Partial<SchemaModel>): SchemaModel {
  return {
    ...emptySchemaModel("public", 150000),
    schemas: [{ name: "public", comment: undefined }],
    ...parts,
  };
}
