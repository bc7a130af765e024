import type { Rename, SchemaDifference } from "../autogenerate/compare/difference";
import { functionSignature } from "../autogenerate/compare/schemaObject";
import type { DriftDifference } from "../context/driftCommand";
import type { QualifiedName } from "../schema/model/tableModel";
import { definitionsOf } from "./definition";

/** What a difference is about. */
export interface DifferingObject {
  readonly kind: string;
  readonly schema: string;
  readonly table: string | undefined;
  readonly name: string;
}

const kinds: ReadonlyMap<SchemaDifference["kind"], string> = new Map([
  ["compositeType", "composite type"],
  ["statistics", "statistics object"],
]);

/** What a difference is about, in words of people. */
export function objectOf(difference: SchemaDifference): DifferingObject {
  const { kind } = difference;
  switch (kind) {
    case "schema":
    case "extension":
      return {
        kind,
        schema: "",
        table: undefined,
        name: eitherSide<{ readonly name: string }>(difference).name,
      };
    case "enum":
    case "domain":
    case "compositeType":
    case "sequence":
    case "table":
    case "view": {
      const { schema, name } = eitherSide<QualifiedName>(difference);
      return { kind: kinds.get(kind) ?? kind, schema, table: undefined, name };
    }
    case "function": {
      const model = eitherSide(difference);
      return { kind: model.kind, schema: model.schema, table: undefined, name: functionSignature(model) };
    }
    case "column":
    case "constraint":
    case "index":
    case "trigger":
    case "policy":
    case "statistics": {
      const { schema, name: table } = difference.table;
      return {
        kind: kinds.get(kind) ?? kind,
        schema,
        table,
        name: eitherSide<{ readonly name: string }>(difference).name,
      };
    }
    case "tableOption":
      return {
        kind: difference.option,
        schema: difference.after.schema,
        table: undefined,
        name: difference.after.name,
      };
    case "comment": {
      const { schema, table, name, of } = difference;
      return { kind: `comment of ${of === "compositeType" ? "composite type" : of}`, schema, table, name };
    }
    case "renamed":
      return objectOfRename(difference.rename);
    case "renamedPart": {
      const { part, table, to } = difference;
      return { kind: `${part} name`, schema: table.schema, table: table.name, name: to };
    }
  }
}

function objectOfRename(rename: Rename): DifferingObject {
  switch (rename.object) {
    case "table":
    case "enum": {
      const { schema, name } = rename.to;
      return { kind: `${rename.object} name`, schema, table: undefined, name };
    }
    case "column":
      return { kind: "column name", schema: rename.table.schema, table: rename.table.name, name: rename.to };
    case "enumValue":
      return { kind: "enum value", schema: rename.type.schema, table: rename.type.name, name: rename.to };
  }
}

/** One text for each object. */
export function keyOf({ kind, schema, table, name }: DifferingObject): string {
  return JSON.stringify([kind, schema, table ?? null, name]);
}

/** An object's name as people write it: `users.email`, `audit.events`. */
export function nameOf({ schema, table, name }: DifferingObject, defaultSchema: string): string {
  return [schema === defaultSchema ? "" : schema, table ?? "", name].filter((part) => part !== "").join(".");
}

/** A difference as it is reported; `before` is what the database has. */
export function reported(
  object: DifferingObject,
  [actual, expected]: readonly [string | undefined, string | undefined],
  options: { readonly defaultSchema: string; readonly isFixed: boolean },
): DriftDifference {
  return {
    kind: object.kind,
    name: nameOf(object, options.defaultSchema),
    change: actual === undefined ? "missing" : expected === undefined ? "unexpected" : "changed",
    expected,
    actual,
    isFixed: options.isFixed,
  };
}

/** A comparison's difference as it is reported. */
export function reportedDifference(
  difference: SchemaDifference,
  options: { readonly defaultSchema: string; readonly isFixed: boolean },
): DriftDifference {
  return reported(objectOf(difference), definitionsOf(difference), options);
}

function eitherSide<Model>({
  before,
  after,
}: {
  readonly before: Model | undefined;
  readonly after: Model | undefined;
}): Model {
  const model = after ?? before;
  if (model === undefined) {
    throw new Error("A difference has neither side.");
  }
  return model;
}
