import type { ColumnModel } from "../../schema/model/columnModel";
import {
  constraintText,
  type ConstraintModel,
  type ForeignKeyModel,
} from "../../schema/model/constraintModel";
import type { DifferenceOf, SchemaDifference } from "../compare/difference";
import { constraintUses, indexUses } from "../compare/dropOccupants";
import { mentionsName, printedQualifiedName } from "../../sqlText/expression";
import { findNamed, nameKey } from "../../schema/findNamed";
import type { IndexModel } from "../../schema/model/indexModel";
import type { EnumModel, FunctionModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import { elementType, parseTypeName } from "../../sqlText/typeName";
import { isRecreated } from "./columnOperations";
import { callsOneOf, recreatedFunctions } from "./functionChanges";
import type { PlanContext } from "./planContext";
import { foreignKeys, referenced } from "./tableOperations";
import { isOnlyAdded } from "./typeOperations";

/** What happens to the columns of one table that something else may depend on. */
export interface Disturbance {
  /** Another type or collation, in place. */
  readonly retyped: ReadonlySet<string>;
  /** Dropped and added anew. */
  readonly recreated: ReadonlySet<string>;
  /** Of an enum whose values are replaced. */
  readonly ofReplacedEnum: ReadonlySet<string>;
}

export type Disturbances = ReadonlyMap<string, Disturbance>;

/** The enums that have to be made anew, since values go or change places. */
export function replacedEnums(differences: readonly SchemaDifference[]): readonly EnumModel[] {
  return differences.flatMap((difference) =>
    difference.kind === "enum" &&
    difference.before !== undefined &&
    difference.after !== undefined &&
    !isOnlyAdded(difference.before, difference.after)
      ? [difference.after]
      : [],
  );
}

/**
 * The differences, and with them what has to be dropped and made anew although it stays as it is: PostgreSQL
 * refuses to change what generated columns, foreign keys, checks, partial indexes, policies or triggers stand on.
 */
export function expandDependents(
  context: PlanContext,
  differences: readonly SchemaDifference[],
): { readonly differences: readonly SchemaDifference[]; readonly disturbances: Disturbances } {
  const withColumns = [...differences, ...dependentColumns(context, differences)];
  const disturbances = findDisturbances(context, withColumns);
  const expanded = [...withColumns];
  const known = new Set(expanded.map(partKey));
  const additions: Additions = {
    renamedParts: differences.filter((difference) => difference.kind === "renamedPart"),
    add: (difference) => {
      if (!known.has(partKey(difference))) {
        known.add(partKey(difference));
        expanded.push(difference);
      }
    },
  };
  const dropped = new Set(
    differences.flatMap((each) =>
      each.kind === "table" && each.after === undefined && each.before !== undefined
        ? [nameKey(each.before)]
        : [],
    ),
  );
  const keyChanges = withColumns.filter(
    (each) => (each.kind === "constraint" || each.kind === "index") && each.before !== undefined,
  );
  const functions = recreatedFunctions(differences);
  for (const table of context.from.tables.filter((each) => !dropped.has(nameKey(each)))) {
    if (functions.length > 0) {
      addCallers(context, table, functions, additions);
    }
    const disturbance = disturbances.get(nameKey(table));
    if (disturbance !== undefined) {
      addParts(context, table, disturbance, additions);
    }
    for (const key of foreignKeys(table)) {
      if (isKeyDisturbed(context, table, key, disturbances, keyChanges)) {
        addRebuild(context, table, "constraint", key, additions);
      }
    }
  }
  return { differences: withoutRebuiltNames(expanded), disturbances };
}

function partKey(difference: SchemaDifference): string {
  if (!("table" in difference) || typeof difference.table === "string" || difference.table === undefined) {
    return "";
  }
  const name = "before" in difference && typeof difference.before === "object" ? difference.before.name : "";
  return JSON.stringify([difference.kind, difference.table.schema, difference.table.name, name]);
}

interface Additions {
  /** Parts that would only be given another name. */
  readonly renamedParts: readonly DifferenceOf<"renamedPart">[];
  readonly add: (difference: SchemaDifference) => void;
}

/** Adds "drop and make anew" for a part, in the form and under the name that the plan ends with. */
function addRebuild(
  context: PlanContext,
  table: TableModel,
  kind: "constraint" | "index",
  part: ConstraintModel | IndexModel,
  { renamedParts, add }: Additions,
): void {
  const place = { schema: table.schema, name: table.name };
  const counterpart = findNamed(context.to.tables, table);
  const wanted = renamedParts.find((each) => isRenameOf(each, kind, place, part.name))?.to ?? part.name;
  if (kind === "constraint") {
    const before = part as ConstraintModel;
    const after = counterpart?.constraints.find(({ name }) => name === wanted);
    add({ kind, table: place, before, after: after ?? { ...before, name: wanted } });
  } else {
    const before = part as IndexModel;
    const after = counterpart?.indexes.find(({ name }) => name === wanted);
    add({ kind, table: place, before, after: after ?? { ...before, name: wanted } });
  }
}

function isRenameOf(
  { part, table, from }: DifferenceOf<"renamedPart">,
  kind: "constraint" | "index",
  place: QualifiedName,
  name: string,
): boolean {
  return part === kind && nameKey(table) === nameKey(place) && from === name;
}

/** Without the renames of what is dropped and made anew: it gets its new name then. */
function withoutRebuiltNames(differences: readonly SchemaDifference[]): readonly SchemaDifference[] {
  const rebuilt = differences.filter(
    (each) =>
      (each.kind === "constraint" || each.kind === "index") &&
      each.before !== undefined &&
      each.after !== undefined,
  );
  return differences.filter(
    (each) =>
      each.kind !== "renamedPart" ||
      !rebuilt.some(
        (other) =>
          (other.kind === "constraint" || other.kind === "index") &&
          isRenameOf(each, other.kind, other.table, other.before?.name ?? ""),
      ),
  );
}

function columnChanges(differences: readonly SchemaDifference[]): readonly DifferenceOf<"column">[] {
  return differences.filter((difference) => difference.kind === "column");
}

/** Generated columns that read a column of a new type: they are made anew. */
function dependentColumns(
  context: PlanContext,
  differences: readonly SchemaDifference[],
): readonly SchemaDifference[] {
  const changes = new Map<string, DifferenceOf<"column">[]>();
  for (const change of columnChanges(differences)) {
    const key = nameKey(change.table);
    changes.set(key, [...(changes.get(key) ?? []), change]);
  }
  const replaced = replacedEnums(differences);
  const isNeeded = (table: TableModel): boolean => changes.has(nameKey(table)) || replaced.length > 0;
  return context.from.tables.filter(isNeeded).flatMap((table) => {
    const own = changes.get(nameKey(table)) ?? [];
    const retyped = new Set(
      own.flatMap(({ before, after }) =>
        before !== undefined && after !== undefined && isRetyped(before, after) ? [before.name] : [],
      ),
    );
    for (const column of table.columns) {
      if (replaced.some((type) => isColumnOf(context, column, type))) {
        retyped.add(column.name);
      }
    }
    const counterpart = findNamed(context.to.tables, table);
    return table.columns.flatMap((before): readonly SchemaDifference[] => {
      const after = counterpart?.columns.find(({ name }) => name === before.name);
      const isHit =
        before.generation?.kind === "generated" && mentionsName(before.generation.expression, retyped);
      const isKnown = own.some((change) => change.before?.name === before.name);
      return isHit && !isKnown && after !== undefined
        ? [{ kind: "column", table: { schema: table.schema, name: table.name }, before, after }]
        : [];
    });
  });
}

function isColumnOf(context: PlanContext, column: ColumnModel, type: QualifiedName): boolean {
  const printed = printedQualifiedName(type.schema, type.name, context.defaultSchema);
  return elementType(column.type) === printed;
}

function isRetyped(before: ColumnModel, after: ColumnModel): boolean {
  return before.type !== after.type || before.collation !== after.collation;
}

function findDisturbances(context: PlanContext, differences: readonly SchemaDifference[]): Disturbances {
  const disturbances = new Map<
    string,
    { retyped: Set<string>; recreated: Set<string>; ofReplacedEnum: Set<string> }
  >();
  const of = (
    table: QualifiedName,
  ): { retyped: Set<string>; recreated: Set<string>; ofReplacedEnum: Set<string> } => {
    const found = disturbances.get(nameKey(table)) ?? {
      retyped: new Set(),
      recreated: new Set(),
      ofReplacedEnum: new Set(),
    };
    disturbances.set(nameKey(table), found);
    return found;
  };
  for (const { table, before, after } of columnChanges(differences)) {
    if (before !== undefined && after !== undefined) {
      if (isColumnRecreated(context, before, after)) {
        of(table).recreated.add(before.name);
      } else if (isRetyped(before, after)) {
        of(table).retyped.add(before.name);
      }
    }
  }
  for (const type of replacedEnums(differences)) {
    for (const table of context.from.tables) {
      for (const column of table.columns.filter((each) => isColumnOf(context, each, type))) {
        of(table).ofReplacedEnum.add(column.name);
      }
    }
  }
  return disturbances;
}

/** Whether the change is made by dropping and adding; one without any change stands for a dependent column. */
export function isColumnRecreated(context: PlanContext, before: ColumnModel, after: ColumnModel): boolean {
  const isDependent =
    before.generation?.kind === "generated" && JSON.stringify(before) === JSON.stringify(after);
  return isDependent || isRecreated(before, after, context.to.serverVersion);
}

function addParts(
  context: PlanContext,
  table: TableModel,
  disturbance: Disturbance,
  additions: Additions,
): void {
  const { add } = additions;
  const { recreated, ofReplacedEnum, retyped } = disturbance;
  const place = { schema: table.schema, name: table.name };
  const counterpart = findNamed(context.to.tables, table);
  for (const constraint of table.constraints) {
    const isOfExpression = constraint.kind === "check" || constraint.kind === "exclude";
    if (
      constraintUses(constraint, recreated) ||
      (isOfExpression && constraintUses(constraint, ofReplacedEnum))
    ) {
      addRebuild(context, table, "constraint", constraint, additions);
    }
  }
  for (const index of table.indexes) {
    if (indexUses(index, recreated) || expressionsUse(index, ofReplacedEnum)) {
      addRebuild(context, table, "index", index, additions);
    }
  }
  const touched = new Set([...retyped, ...recreated, ...ofReplacedEnum]);
  for (const before of table.policies) {
    if (mentionsName(`${before.using ?? ""} ${before.withCheck ?? ""}`, touched)) {
      const after = counterpart?.policies.find(({ name }) => name === before.name) ?? before;
      add({ kind: "policy", table: place, before, after });
    }
  }
  for (const before of table.triggers) {
    if (mentionsName(`${before.event} ${before.action}`, touched)) {
      const after = counterpart?.triggers.find(({ name }) => name === before.name) ?? before;
      add({ kind: "trigger", table: place, before, after });
    }
  }
  for (const before of table.statistics) {
    if (mentionsName(before.definition, recreated)) {
      const after = counterpart?.statistics.find(({ name }) => name === before.name) ?? before;
      add({ kind: "statistics", table: place, before, after });
    }
  }
}

/** What calls a function that is dropped and made anew. A default or a generated column holds the drop back. */
function addCallers(
  context: PlanContext,
  table: TableModel,
  functions: readonly FunctionModel[],
  additions: Additions,
): void {
  const { add } = additions;
  const calls = (...texts: readonly (string | undefined)[]): boolean =>
    callsOneOf(texts.join(" "), functions, context.defaultSchema);
  const place = { schema: table.schema, name: table.name };
  const counterpart = findNamed(context.to.tables, table);
  for (const constraint of table.constraints.filter((each) => calls(constraintText(each)))) {
    addRebuild(context, table, "constraint", constraint, additions);
  }
  for (const index of table.indexes) {
    if (calls(...index.elements.map(({ text }) => text), index.predicate)) {
      addRebuild(context, table, "index", index, additions);
    }
  }
  for (const before of table.policies.filter(({ using, withCheck }) => calls(using, withCheck))) {
    const after = counterpart?.policies.find(({ name }) => name === before.name) ?? before;
    add({ kind: "policy", table: place, before, after });
  }
  for (const before of table.triggers.filter(({ action }) => calls(action))) {
    const after = counterpart?.triggers.find(({ name }) => name === before.name) ?? before;
    add({ kind: "trigger", table: place, before, after });
  }
}

/** An index on the column itself follows its type; one with the type in a text does not. */
function expressionsUse(index: IndexModel, columns: ReadonlySet<string>): boolean {
  const texts = [
    ...index.elements.filter(({ kind }) => kind === "expression").map(({ text }) => text),
    index.predicate ?? "",
  ];
  return texts.some((text) => mentionsName(text, columns));
}

const families: readonly ReadonlySet<string>[] = [
  new Set(["smallint", "integer", "bigint"]),
  new Set(["text", "character varying"]),
];

/** Whether a foreign key would be in the way: of another type of its columns, or of its target's key made anew. */
function isKeyDisturbed(
  context: PlanContext,
  table: TableModel,
  key: ForeignKeyModel,
  disturbances: Disturbances,
  differences: readonly SchemaDifference[],
): boolean {
  const target = referenced(key);
  const own = (name: QualifiedName, columns: readonly string[]): boolean => {
    const disturbance = disturbances.get(nameKey(name));
    return columns.some(
      (column) =>
        disturbance?.recreated.has(column) === true ||
        disturbance?.ofReplacedEnum.has(column) === true ||
        (disturbance?.retyped.has(column) === true && !isFamilyKept(context, name, column)),
    );
  };
  return (
    own(table, key.columns) ||
    own(target, key.referencedColumns) ||
    differences.some((difference) => isKeyOf(difference, target, key.referencedColumns))
  );
}

function isFamilyKept(context: PlanContext, table: QualifiedName, column: string): boolean {
  const bases = [context.from, context.to].map((model) => {
    const found = findNamed(model.tables, table)?.columns.find(({ name }) => name === column);
    return found === undefined ? "" : parseTypeName(found.type).base;
  });
  const [before = "", after = ""] = bases;
  return before === after || families.some((family) => family.has(before) && family.has(after));
}

/** Whether a difference takes away the unique key that a foreign key stands on. */
function isKeyOf(difference: SchemaDifference, table: QualifiedName, columns: readonly string[]): boolean {
  const isHere = (name: QualifiedName): boolean => nameKey(name) === nameKey(table);
  const isSame = (names: readonly string[]): boolean =>
    names.length === columns.length && names.every((name) => columns.includes(name));
  if (difference.kind === "constraint" && isHere(difference.table)) {
    const { before } = difference;
    return (before?.kind === "primaryKey" || before?.kind === "unique") && isSame(before.columns);
  }
  return (
    difference.kind === "index" &&
    isHere(difference.table) &&
    difference.before?.isUnique === true &&
    isSame(difference.before.elements.map(({ text }) => text))
  );
}
