import type { ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { Comparison } from "./comparison";
import type { CommentChange, SchemaDifference } from "./difference";
import { constraintUses, indexUses } from "./dropOccupants";
import { nameKey } from "../../schema/findNamed";
import { withConstraintTraits, withIndexTraits, withoutConstraintTraits } from "./keptTraits";
import { matchByStructure } from "./matchByStructure";
import { aspectObject, type AspectName, type SchemaObject } from "./schemaObject";
import { constraintStructure, indexStructure } from "./structure";

/** How constraints, or indexes, are compared. */
interface PartKind<Model> {
  readonly kind: "constraint" | "index";
  readonly structureOf: (model: Model) => string;
  readonly uses: (model: Model, columns: ReadonlySet<string>) => boolean;
  readonly toObject: (model: Model) => SchemaObject;
  readonly toDifference: (before: Model | undefined, after: Model | undefined) => SchemaDifference;
  /** What the database has afterwards, where both are equal. */
  readonly merge: (before: Model, after: Model) => Model;
  /** What the database has afterwards, where they differ. */
  readonly change: (before: Model, after: Model) => Model;
}

/** What happens to the columns of the table. */
export interface ColumnFates {
  readonly dropped: ReadonlySet<string>;
  /** From one text type to another. */
  readonly retyped: ReadonlySet<string>;
  /** From one type to another, whichever. */
  readonly typed: ReadonlySet<string>;
}

interface Part {
  readonly name: string;
  readonly comment: string | undefined;
}

/** Compares the constraints of one table, by structure before name. */
export function compareConstraints(
  comparison: Comparison,
  table: QualifiedName,
  before: readonly ConstraintModel[],
  after: readonly ConstraintModel[],
  columns: ColumnFates,
): readonly ConstraintModel[] {
  const withTraits = comparison.isExpressible(
    aspectObject(table.schema, table.name, { aspect: "constraint traits", of: "constraint", ofName: "" }),
  );
  const isSaid = (model: ConstraintModel): ConstraintModel =>
    withTraits ? model : withoutConstraintTraits(model, columns.dropped);
  const keepTraits = (left: ConstraintModel, right: ConstraintModel): ConstraintModel =>
    withTraits ? right : withConstraintTraits(left, right, columns.dropped);
  return compareParts(comparison, table, before, after, columns, {
    kind: "constraint",
    structureOf: (model) => constraintStructure(isSaid(model), columns.retyped),
    change: keepTraits,
    uses: constraintUses,
    toObject: (model) => ({
      kind: "constraint",
      schema: table.schema,
      table: table.name,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "constraint", table, before: left, after: right }),
    // What it is beyond what can be said, only the database knows.
    merge: (left, right) => (withTraits ? right : left.isOpaque ? left : keepTraits(left, right)),
  });
}

/** Compares the indexes of one table, by structure before name. */
export function compareIndexes(
  comparison: Comparison,
  table: QualifiedName,
  before: readonly IndexModel[],
  after: readonly IndexModel[],
  columns: ColumnFates,
): readonly IndexModel[] {
  const aspect = (name: AspectName): SchemaObject =>
    aspectObject(table.schema, table.name, { aspect: name, of: "index", ofName: "" });
  const withStorage = comparison.isExpressible(aspect("storage parameters"));
  const isMethodSaid = comparison.isExpressible(aspect("index method"));
  const known = new Map(before.map((index) => [index.name, index]));
  const wanted = comparison.isExpressible(aspect("index traits"))
    ? after
    : after.map((index) => {
        const found = known.get(index.name);
        return found === undefined ? index : withIndexTraits(found, index, { ...columns, isMethodSaid });
      });
  noteInvalid(comparison, table, before);
  return compareParts(comparison, table, before, wanted, columns, {
    kind: "index",
    structureOf: (model) => indexStructure(model, withStorage, columns.retyped),
    uses: indexUses,
    toObject: (model) => ({
      kind: "index",
      schema: table.schema,
      table: table.name,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "index", table, before: left, after: right }),
    change: (_, right) => right,
    merge: (left, right) => ({
      ...right,
      options: left.options,
      tablespace: left.tablespace,
      isValid: left.isValid,
    }),
  });
}

function noteInvalid(comparison: Comparison, table: QualifiedName, indexes: readonly IndexModel[]): void {
  for (const { name } of indexes.filter(({ isValid }) => !isValid)) {
    comparison.drift.push({
      object: { kind: "index", schema: table.schema, table: table.name, name },
      reason: "invalid index",
    });
  }
}

function compareParts<Model extends Part>(
  comparison: Comparison,
  table: QualifiedName,
  before: readonly Model[],
  after: readonly Model[],
  columns: ColumnFates,
  part: PartKind<Model>,
): readonly Model[] {
  const included = after.filter((model) => {
    const counterpart = before.find(({ name }) => name === model.name);
    return comparison.isCompared(
      counterpart === undefined ? undefined : part.toObject(counterpart),
      part.toObject(model),
    );
  });
  const excluded = new Set(after.filter((model) => !included.includes(model)).map(({ name }) => name));
  const kept = before.filter(({ name }) => excluded.has(name));
  const match = matchByStructure(
    before.filter((model) => !kept.includes(model)),
    included,
    part.structureOf,
  );
  const reached: Model[] = [...kept];
  for (const [left, right] of match.same) {
    const name = reachedName(comparison, table, left, right, part);
    const merged = { ...part.merge(left, right), name, comment: right.comment };
    reached.push(compareComment(comparison, table, part, left, merged));
  }
  for (const [left, right] of match.changed) {
    const changed = part.change(left, right);
    comparison.differences.push(part.toDifference(left, changed));
    reached.push(changed);
  }
  for (const model of match.onlyAfter) {
    comparison.differences.push(part.toDifference(undefined, model));
    reached.push(model);
  }
  for (const model of match.onlyBefore) {
    // It goes with its column in any case; said, it comes back on the way down.
    if (part.uses(model, columns.dropped) || comparison.isDropped(part.toObject(model))) {
      comparison.differences.push(part.toDifference(model, undefined));
    } else {
      reached.push(model);
    }
  }
  return reached;
}

/** A made up name never causes anything, unless the table or a column got another name: then all follow. */
function reachedName<Model extends Part>(
  comparison: Comparison,
  table: QualifiedName,
  before: Model,
  after: Model,
  part: PartKind<Model>,
): string {
  const isKept =
    before.name === after.name ||
    (comparison.isNameGenerated(part.toObject(after)) && !comparison.touchedTables.has(nameKey(table)));
  if (isKept) {
    return before.name;
  }
  comparison.differences.push({
    kind: "renamedPart",
    part: part.kind,
    table,
    schema: table.schema,
    from: before.name,
    to: after.name,
  });
  return after.name;
}

function compareComment<Model extends Part>(
  comparison: Comparison,
  table: QualifiedName,
  { kind }: PartKind<Model>,
  before: Model,
  after: Model,
): Model {
  const place = { of: kind, schema: table.schema, table: table.name, name: after.name };
  return { ...after, comment: compareComments(comparison, place, before.comment, after.comment) };
}

/** Compares the comments of what has no other place for one; gives the one that the database has afterwards. */
export function compareComments(
  comparison: Comparison,
  place: Pick<CommentChange, "of" | "schema" | "table" | "name">,
  before: string | undefined,
  after: string | undefined,
): string | undefined {
  const of = place.of === "constraint" || place.of === "index" || place.of === "schema" ? place.of : "other";
  const object = aspectObject(place.schema, place.table, { aspect: "comment", of, ofName: place.name });
  if (
    before === after ||
    !comparison.isExpressible(object) ||
    (after === undefined && !comparison.isDropped(object))
  ) {
    return before;
  }
  comparison.differences.push({ kind: "comment", ...place, before, after });
  return after;
}
