import type { CompareOptions, DropFate } from "../compare/compareOptions";
import { isOfType } from "../compare/compareTypes";
import { constraintUses, indexUses } from "../compare/dropOccupants";
import { findNamed, nameKey } from "../../schema/findNamed";
import { objectsOf } from "../compare/objectsOf";
import { identityOf, objectKey, type SchemaObject } from "../compare/schemaObject";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import { describeObject } from "./driftRemarks";
import type { EntityDdl } from "./entityDdl";
import { madeObjects } from "./madeByRevisions";
import type { RevisionTraces } from "./revisionTraces";
import { originIn } from "../propose/tableOrigins";

/** Answers about what only the database has, by `objectKey`. */
export interface DropDecisions {
  readonly dropped: ReadonlySet<string>;
  readonly left: ReadonlySet<string>;
}

/** Whose something is that the database has and the entities do not. */
export interface Ownership {
  /** How a comparison is to treat it, after these answers. */
  filters(decisions: DropDecisions): Pick<CompareOptions, "managed" | "fateOf">;
  /** The revision that made a table; undefined where none did, or an adopted one. */
  originOf(table: QualifiedName): string | undefined;
}

/**
 * What the revisions made is dropped with the part of the entity that described it. A whole table, and a column of a
 * table that several entities share, may lack its entity because a file was not found: that is asked. A view, or a type
 * that no column uses, may be there by a revision's own words: it is left alone.
 * @param remarked what revisions say that they leave alone, as `describeObject` gives it
 */
export function ownership(
  { names, origins }: RevisionTraces,
  before: SchemaModel,
  after: SchemaModel,
  { shared, remarked }: Pick<EntityDdl, "shared"> & { readonly remarked: ReadonlySet<string> },
): Ownership {
  const made = madeObjects(names, before);
  const originOf = (table: QualifiedName): string | undefined =>
    originIn(origins, table, before.defaultSchema);
  const freeTypes = new Set(
    objectsOf({ ...before, tables: [], views: [] })
      .filter((object) => object.kind === "enum" && !isTypeUsed(object, before))
      .map(objectKey),
  );
  const sharedTables = new Set(shared.map(nameKey));
  const fateOfOwn = (object: SchemaObject, key: string): DropFate | undefined => {
    switch (object.kind) {
      case "table":
        return originOf(identityOf(key)) === undefined ? "left" : "undecided";
      case "enum":
        return freeTypes.has(key) ? "left" : undefined;
      case "column":
        return made.has(key) && isIn(sharedTables, object) ? "undecided" : undefined;
      case "constraint":
      case "index":
        // A revision that had to drop it for something else made it anew: that does not make it the revision's.
        return remarked.has(describeObject({ kind: object.kind, ...identityOf(key) }))
          ? "left"
          : isIn(sharedTables, object) && usesMissing(object, before, after)
            ? "kept"
            : undefined;
      default:
        return undefined;
    }
  };
  return {
    originOf,
    filters: ({ dropped, left }) => ({
      managed: made,
      fateOf: (object, key) =>
        dropped.has(key) ? "dropped" : left.has(key) ? "left" : fateOfOwn(object, key),
    }),
  };
}

function isTypeUsed({ schema, name }: SchemaObject, { tables, defaultSchema }: SchemaModel): boolean {
  return tables.some(({ columns }) =>
    columns.some(({ type }) => isOfType(type, { schema, name }, defaultSchema)),
  );
}

function isIn(tables: ReadonlySet<string>, { schema, table }: SchemaObject): boolean {
  return table !== undefined && tables.has(nameKey({ schema, name: table }));
}

/** Whether a constraint or an index is about a column that the entities do not have. */
function usesMissing(object: SchemaObject, before: SchemaModel, after: SchemaModel): boolean {
  const place = { schema: object.schema, name: object.table ?? "" };
  const present = new Set(findNamed(after.tables, place)?.columns.map(({ name }) => name));
  const columns = findNamed(before.tables, place)?.columns ?? [];
  const missing = new Set(columns.map(({ name }) => name).filter((name) => !present.has(name)));
  switch (object.kind) {
    case "constraint":
      return constraintUses(object.model, missing);
    case "index":
      return indexUses(object.model, missing);
    default:
      return false;
  }
}
