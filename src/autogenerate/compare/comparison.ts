import type { QualifiedName } from "../../schema/model/tableModel";
import type { CompareOptions, ComparedColumn, Drift } from "./compareOptions";
import type { Rename, SchemaDifference } from "./difference";
import { isSameName } from "../../schema/findNamed";
import { objectKey, type ObjectIdentity, type SchemaObject } from "./schemaObject";

/** What goes on during one comparison: the decisions, and what they came to. */
export interface Comparison {
  readonly differences: SchemaDifference[];
  readonly drift: Drift[];
  /** Whether something of both sides, or of the entities alone, is compared. */
  isCompared(database: SchemaObject | undefined, entities: SchemaObject): boolean;
  /** Whether something that only the database has is dropped; if it is nobody's, this notes the drift. */
  isDropped(object: SchemaObject): boolean;
  isExpressible(object: SchemaObject): boolean;
  isNameGenerated(object: SchemaObject): boolean;
  /** Whether a difference of the types, or of the defaults, of a column counts. */
  isTypeChanged(column: ComparedColumn): boolean;
  isDefaultChanged(column: ComparedColumn): boolean;
  readonly touchedTables: ReadonlySet<string>;
  /** The type below a domain of the database, by the domain's printed name. */
  readonly domainTypes: ReadonlyMap<string, string>;
}

/** A comparison that has found nothing yet. */
export function beginComparison(
  options: CompareOptions,
  renames: readonly Rename[],
  touchedTables: ReadonlySet<string>,
  domainTypes: ReadonlyMap<string, string>,
): Comparison {
  const drift: Drift[] = [];
  const isIncluded: NonNullable<CompareOptions["includeObject"]> = (object, side, counterpart) =>
    options.includeObject?.(object, side, counterpart) ?? true;
  const isExpressible = (object: SchemaObject): boolean => options.isExpressible?.(object) ?? true;
  return {
    differences: [],
    drift,
    touchedTables,
    domainTypes,
    isExpressible,
    isNameGenerated: (object) => options.isNameGenerated?.(object) ?? false,
    isTypeChanged: (column) => options.isTypeChanged?.(column) ?? true,
    isDefaultChanged: (column) => options.isDefaultChanged?.(column) ?? true,
    isCompared: (database, entities) =>
      isIncluded(entities, "entities", database) &&
      (database === undefined || isIncluded(database, "database", entities)),
    isDropped(object) {
      if (!isIncluded(object, "database", undefined)) {
        return false;
      }
      const key = originalKey(object, renames);
      const fate = options.fateOf?.(object, key);
      if (fate === "dropped" || fate === "kept") {
        return fate === "dropped";
      }
      const isManaged =
        fate === undefined && (options.managed === "all" || options.managed?.has(key) === true);
      if (!isManaged) {
        const { kind, schema, table, name } = object;
        drift.push({
          object: { kind, schema, table, name },
          reason: fate === "undecided" ? "undecided" : "unknown",
        });
      }
      return isManaged && isExpressible(object);
    },
  };
}

/** The key that the object had before the renames: what the revisions made has that one. */
export function originalKey(object: ObjectIdentity, renames: readonly Rename[]): string {
  const original = (name: QualifiedName): QualifiedName => {
    const rename = renames.find(
      (each) => (each.object === "table" || each.object === "enum") && isSameName(each.to, name),
    );
    return rename?.object === "table" || rename?.object === "enum" ? rename.from : name;
  };
  const { kind, schema, table, name } = object;
  if (table === undefined) {
    const found = kind === "table" || kind === "enum" ? original({ schema, name }) : { schema, name };
    return objectKey({ kind, table, ...found });
  }
  const place = original({ schema, name: table });
  return objectKey({ kind, schema: place.schema, table: place.name, name });
}
