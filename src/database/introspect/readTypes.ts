import type { ConstraintModel } from "../../schema/model/constraintModel";
import type {
  CastModel,
  CompositeTypeModel,
  DomainModel,
  EnumModel,
  FunctionModel,
} from "../../schema/model/schemaModel";
import type { Row } from "../connection";
import { flag, letter, optionalText, rowList, text, textList } from "./rowValues";

export interface ReadTypes {
  readonly enums: readonly EnumModel[];
  readonly domains: readonly DomainModel[];
  readonly compositeTypes: readonly CompositeTypeModel[];
}

/** Enums, domains and composite types; `checks` are the constraints of the domains by their oid. */
export function readTypes(
  rows: readonly Row[],
  checks: ReadonlyMap<string, readonly ConstraintModel[]>,
  schemaName: (name: string) => string,
): ReadTypes {
  const ofKind = (kind: string): readonly Row[] => rows.filter((row) => text(row, "kind") === kind);
  const named = (row: Row): { schema: string; name: string; comment: string | undefined } => ({
    schema: schemaName(text(row, "schema")),
    name: text(row, "name"),
    comment: optionalText(row, "comment"),
  });
  return {
    enums: ofKind("e").map((row) => ({ ...named(row), values: textList(row, "labels") })),
    domains: ofKind("d").map((row) => ({
      ...named(row),
      type: text(row, "base_type"),
      collation: optionalText(row, "collation"),
      default: optionalText(row, "default"),
      isNullable: !flag(row, "is_not_null"),
      checks: (checks.get(text(row, "oid")) ?? []).filter((constraint) => constraint.kind === "check"),
    })),
    compositeTypes: ofKind("c").map((row) => ({
      ...named(row),
      attributes: rowList(row, "attributes").map((attribute) => ({
        name: text(attribute, "name"),
        type: text(attribute, "type"),
      })),
    })),
  };
}

/** A row of the functions' query as a function or a procedure. */
export function readFunction(row: Row, schemaName: (name: string) => string): FunctionModel {
  return {
    schema: schemaName(text(row, "schema")),
    name: text(row, "name"),
    kind: text(row, "kind") === "p" ? "procedure" : "function",
    arguments: text(row, "arguments"),
    identityArguments: text(row, "identity_arguments"),
    result: optionalText(row, "result"),
    definition: text(row, "definition").trim(),
    comment: optionalText(row, "comment"),
  };
}

const contexts: ReadonlyMap<string, CastModel["context"]> = new Map([
  ["i", "implicit"],
  ["a", "assignment"],
  ["e", "explicit"],
]);

/** A row of the casts' query as a cast. */
export function readCast(row: Row): CastModel {
  return {
    source: text(row, "source"),
    target: text(row, "target"),
    context: letter(row, "context", contexts),
    isBinary: flag(row, "is_binary"),
  };
}
