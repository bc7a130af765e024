import type { CompareOptions } from "../compare/compareOptions";
import type { SchemaObject } from "../compare/schemaObject";
import { isPlainIndex } from "../../schema/model/indexModel";
import type { ProjectConfig } from "../../project/projectConfig";
import type { SchemaObjectType } from "../../project/alembicConfig";

const typeOfKind: Readonly<Partial<Record<SchemaObject["kind"], SchemaObjectType>>> = {
  schema: "schema",
  table: "table",
  column: "column",
  index: "index",
  view: "view",
  enum: "enum",
  sequence: "sequence",
  extension: "extension",
};

/** The project's `includeName` and `includeObject` as the comparison asks for them. */
export function includeObject(
  config: ProjectConfig,
  defaultSchema: string,
): NonNullable<CompareOptions["includeObject"]> {
  const { includeName, includeObject: include } = config.hooks;
  return (object, side, counterpart) => {
    const type = typeOf(object);
    if (type === undefined) {
      return true;
    }
    const isFromDatabase = side === "database";
    return (
      (!isFromDatabase ||
        includeName === undefined ||
        isNameIncluded(includeName, object, type, defaultSchema)) &&
      (include === undefined ||
        include(object.model, object.name, type, isFromDatabase, counterpart?.model ?? null))
    );
  };
}

/**
 * Whether the project wants this object compared where it is a CHECK constraint: with `"byName"`, one that both sides
 * have is equal.
 */
export function isCheckCompared(
  { hooks }: Pick<ProjectConfig, "hooks">,
  object: SchemaObject,
  counterpart: SchemaObject | undefined,
): boolean {
  const isCheck = object.kind === "constraint" && object.model.kind === "check";
  const wanted = hooks.compareCheckConstraints;
  return !isCheck || (wanted === "byName" ? counterpart === undefined : wanted);
}

function isNameIncluded(
  includeName: NonNullable<ProjectConfig["hooks"]["includeName"]>,
  { schema, table, name }: SchemaObject,
  type: SchemaObjectType,
  defaultSchema: string,
): boolean {
  const schemaName = schema === defaultSchema || schema === "" ? null : schema;
  const tableName = table ?? (type === "table" || type === "view" ? name : undefined);
  const qualified =
    tableName === undefined ? undefined : schemaName === null ? tableName : `${schemaName}.${tableName}`;
  const given = type === "schema" && name === defaultSchema ? null : name;
  return includeName(given, type, { schemaName, tableName, schemaQualifiedTableName: qualified });
}

function typeOf(object: SchemaObject): SchemaObjectType | undefined {
  if (object.kind !== "constraint") {
    return typeOfKind[object.kind];
  }
  switch (object.model.kind) {
    case "unique":
      return "unique_constraint";
    case "foreignKey":
      return "foreign_key_constraint";
    case "check":
      return "check_constraint";
    default:
      return undefined;
  }
}

/**
 * Whether TypeORM's entities have words for an object; what they can't say is not missing from them.
 * @param hasIndexTypes whether `@Index` takes a method, as it does from TypeORM 1 on
 */
export function isExpressibleInEntities(object: SchemaObject, hasIndexTypes: boolean): boolean {
  switch (object.kind) {
    case "table":
      return object.model.partitionOf === undefined && object.model.partitionBy === undefined;
    case "column":
    case "enum":
    case "view":
      return true;
    case "constraint":
      return true;
    case "index":
      return isPlainIndex(object.model) && (hasIndexTypes || ["btree", "gist"].includes(object.model.method));
    case "aspect":
      return (
        (object.model.aspect === "comment" &&
          (object.model.of === "table" || object.model.of === "column")) ||
        (object.model.aspect === "index method" && hasIndexTypes)
      );
    default:
      return false;
  }
}

/** Whether TypeORM made up the name of a constraint or an index: a prefix and a hash. */
export function isGeneratedName({ kind, name }: SchemaObject): boolean {
  return (
    (kind === "constraint" || kind === "index") && /^(?:PK|UQ|FK|CHK|XCL|IDX|REL)_[0-9a-f]{20,32}$/.test(name)
  );
}
