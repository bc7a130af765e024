import { findNamed, isSameName, nameKey } from "../../schema/findNamed";
import type { FunctionModel, SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TriggerModel } from "../../schema/model/tableModel";
import type { ViewModel } from "../../schema/model/viewModel";
import { quotedContent, significantTokens, type Token } from "../../sqlText/lexer";
import type { SchemaComparison } from "../compare/compareSchemas";
import type { SchemaDifference } from "../compare/difference";
import { indexUses } from "../compare/dropOccupants";
import { structureWithout } from "../compare/structure";
import { functionKey } from "../plan/functionChanges";
import { typedKey, type KnownFunctions } from "./functionTypes";
import type { KeptObjects } from "./keptObjects";
import { withoutLayout } from "./objectStatement";
import type { TriedObjects, WantedObject } from "./tryObjects";

type Wanted<Kind extends WantedObject["kind"]> = Extract<WantedObject, { readonly kind: Kind }>;

/** What of the database the files are compared with, beside the models. */
export interface KnownDatabase {
  readonly functions: KnownFunctions;
  readonly kept: KeptObjects;
}

/** What differs of the files' objects, and the files that these are from. */
export interface ObjectChanges {
  readonly comparison: SchemaComparison;
  readonly changed: readonly WantedObject[];
}

/** Adds to a comparison what files want otherwise than the database has it. */
export function withObjects(
  comparison: SchemaComparison,
  tried: TriedObjects,
  known: KnownDatabase,
): ObjectChanges {
  const differences: SchemaDifference[] = [];
  const changed: WantedObject[] = [];
  let { reached } = comparison;
  for (const wanted of [...tried.wanted].sort((left, right) => rank(left) - rank(right))) {
    const difference = differenceOf(wanted, comparison.renamed, reached, tried, known);
    if (difference !== undefined) {
      differences.push(difference);
      changed.push(wanted);
      reached = withChange(reached, difference);
    }
  }
  return {
    comparison: { ...comparison, differences: [...comparison.differences, ...differences], reached },
    changed,
  };
}

/** A new view has its triggers with it. */
function rank({ kind }: WantedObject): number {
  return ["function", "view", "trigger"].indexOf(kind);
}

function differenceOf(
  wanted: WantedObject,
  before: SchemaModel,
  reached: SchemaModel,
  tried: TriedObjects,
  known: KnownDatabase,
): SchemaDifference | undefined {
  switch (wanted.kind) {
    case "function":
      return functionDifference(wanted, before, tried, known);
    case "view":
      return viewDifference(wanted, before, tried);
    case "trigger":
      return triggerDifference(wanted, before, reached, tried);
  }
}

function functionDifference(
  { file, model }: Wanted<"function">,
  { functions }: SchemaModel,
  { wantedFunctions, printed, printedFunctions }: TriedObjects,
  known: KnownDatabase,
): SchemaDifference | undefined {
  const key = typedKey(model, wantedFunctions);
  const before = functions.find((each) => typedKey(each, known.functions) === key);
  if (before === undefined) {
    const [replaced] = known.kept.made.get(file) ?? [];
    return { kind: "function", before: replaced, after: { ...model, comment: replaced?.comment } };
  }
  const alike = printed.functions.find((each) => typedKey(each, printedFunctions) === key) ?? before;
  return functionStructure(alike) === functionStructure(model)
    ? undefined
    : { kind: "function", before, after: { ...model, comment: before.comment } };
}

/** Spaces and comments in a body do not count, where the language is known to have none that do. */
function functionStructure(model: FunctionModel): string {
  const isPlain = /\bLANGUAGE (?:sql|plpgsql)\b/.test(model.definition);
  const body = (token: Token): string =>
    isPlain && token.kind === "dollarString" ? withoutLayout(quotedContent(token)) : token.text;
  return JSON.stringify([
    model.kind,
    model.arguments,
    model.result,
    significantTokens(model.definition).map(body),
  ]);
}

function viewDifference(
  { model }: Wanted<"view">,
  { views }: SchemaModel,
  { printed }: TriedObjects,
): SchemaDifference | undefined {
  const before = findNamed(views, model);
  if (before === undefined) {
    return { kind: "view", before, after: { ...model, triggers: [] } };
  }
  const alike = findNamed(printed.views, model) ?? before;
  return viewStructure(alike) === viewStructure(model)
    ? undefined
    : { kind: "view", before, after: withParts(before, model) };
}

function viewStructure(view: ViewModel): string {
  return (
    structureWithout(view, [
      "columns",
      "comment",
      "indexes",
      "triggers",
      "dependsOn",
      "method",
      "tablespace",
    ]) + JSON.stringify(view.columns.map(({ name, type }) => [name, type]))
  );
}

/** What a file has no words for stays: comments, indexes on columns that stay, triggers. */
function withParts(before: ViewModel, wanted: ViewModel): ViewModel {
  const names = new Set(wanted.columns.map(({ name }) => name));
  const gone = new Set(before.columns.map(({ name }) => name).filter((name) => !names.has(name)));
  const comments = new Map(before.columns.map(({ name, comment }) => [name, comment]));
  const isSameKind = before.isMaterialized === wanted.isMaterialized;
  return {
    ...wanted,
    columns: wanted.columns.map((column) => ({ ...column, comment: comments.get(column.name) })),
    comment: before.comment,
    method: isSameKind ? before.method : wanted.method,
    tablespace: isSameKind ? before.tablespace : wanted.tablespace,
    indexes: wanted.isMaterialized ? before.indexes.filter((index) => !indexUses(index, gone)) : [],
    triggers: wanted.isMaterialized ? [] : before.triggers,
  };
}

function triggerDifference(
  { table, model }: Wanted<"trigger">,
  before: SchemaModel,
  reached: SchemaModel,
  { printed }: TriedObjects,
): SchemaDifference | undefined {
  const named = (owner: ReturnType<typeof ownerOf>): TriggerModel | undefined =>
    owner?.triggers.find(({ name }) => name === model.name);
  const known = ownerOf(reached, table) === undefined ? undefined : named(ownerOf(before, table));
  const alike = named(ownerOf(printed, table)) ?? known;
  if (known !== undefined && alike !== undefined && triggerStructure(alike) === triggerStructure(model)) {
    return undefined;
  }
  const { enabled = "enabled", comment } = known ?? {};
  return { kind: "trigger", table, before: known, after: { ...model, enabled, comment } };
}

function triggerStructure(trigger: TriggerModel): string {
  return structureWithout(trigger, ["comment", "enabled"]);
}

function ownerOf(
  model: SchemaModel,
  name: QualifiedName,
): { readonly triggers: readonly TriggerModel[] } | undefined {
  return findNamed(model.tables, name) ?? findNamed(model.views, name);
}

function withChange(reached: SchemaModel, difference: SchemaDifference): SchemaModel {
  switch (difference.kind) {
    case "function": {
      const { before, after } = difference;
      const others = reached.functions.filter(
        (each) => before === undefined || functionKey(each) !== functionKey(before),
      );
      return { ...reached, functions: after === undefined ? others : [...others, after] };
    }
    case "view": {
      const { before, after } = difference;
      const others = reached.views.filter(
        (each) => before === undefined || nameKey(each) !== nameKey(before),
      );
      return { ...reached, views: after === undefined ? others : [...others, after] };
    }
    case "trigger": {
      const { table, after } = difference;
      const change = <Owner extends QualifiedName & { readonly triggers: readonly TriggerModel[] }>(
        owner: Owner,
      ): Owner =>
        after !== undefined && isSameName(owner, table)
          ? { ...owner, triggers: [...owner.triggers.filter(({ name }) => name !== after.name), after] }
          : owner;
      return { ...reached, tables: reached.tables.map(change), views: reached.views.map(change) };
    }
    default:
      return reached;
  }
}
