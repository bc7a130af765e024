import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import type { Rename, RenameQuestion } from "./difference";
import { byName, findNamed, nameKey } from "../../schema/findNamed";
import { answerName } from "./renameAnswer";
import { columnLikeness, nameLikeness, tableLikeness, valuesLikeness } from "./renameScore";

/** Below this, two things are not alike enough to ask. */
const askedFrom = 0.5;

interface Pair<From, To> {
  readonly from: From;
  readonly to: To;
  readonly score: number;
}

/** The likeliest pairs, each thing in one pair at most. */
function bestPairs<From, To>(
  gone: readonly From[],
  come: readonly To[],
  score: (from: From, to: To) => number,
): readonly Pair<From, To>[] {
  const pairs = gone
    .flatMap((from) => come.map((to) => ({ from, to, score: score(from, to) })))
    .filter((pair) => pair.score >= askedFrom)
    .sort((left, right) => right.score - left.score);
  const [usedFrom, usedTo] = [new Set<From>(), new Set<To>()];
  return pairs.filter(({ from, to }) => {
    const isFree = !usedFrom.has(from) && !usedTo.has(to);
    if (isFree) {
      usedFrom.add(from);
      usedTo.add(to);
    }
    return isFree;
  });
}

function question(rename: Rename, from: string, to: string, score: number): RenameQuestion {
  const rounded = Math.round(score * 100) / 100;
  return { kind: rename.object, from, to, score: rounded, answer: `${from}:${to}`, rename };
}

function onlyIn<Model extends QualifiedName>(
  models: readonly Model[],
  others: readonly Model[],
): readonly Model[] {
  const known = byName(others);
  return models.filter((model) => !known.has(nameKey(model)));
}

function plain({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name };
}

/** Tables that may have been renamed: gone and come, with like columns. */
export function tableQuestions(before: SchemaModel, after: SchemaModel): readonly RenameQuestion[] {
  const own = (tables: readonly TableModel[]): readonly TableModel[] =>
    tables.filter((table) => table.partitionOf === undefined);
  return bestPairs(
    onlyIn(own(before.tables), after.tables),
    onlyIn(own(after.tables), before.tables),
    tableLikeness,
  ).map(({ from, to, score }) =>
    question(
      { object: "table", from: plain(from), to: plain(to) },
      answerName(before.defaultSchema, from),
      answerName(before.defaultSchema, to),
      score,
    ),
  );
}

/** Columns that may have been renamed, in tables that are on both sides. */
export function columnQuestions(before: SchemaModel, after: SchemaModel): readonly RenameQuestion[] {
  const wanted = byName(after.tables);
  return before.tables.flatMap((table) => {
    const counterpart = wanted.get(nameKey(table));
    if (counterpart === undefined || table.partitionOf !== undefined) {
      return [];
    }
    const names = (model: TableModel): readonly string[] => model.columns.map(({ name }) => name);
    const gone = table.columns.filter(
      ({ name, isInherited }) => !isInherited && !names(counterpart).includes(name),
    );
    const come = counterpart.columns.filter(({ name }) => !names(table).includes(name));
    const position = (model: TableModel, name: string): number => names(model).indexOf(name);
    return bestPairs(gone, come, (from, to) =>
      columnLikeness(from, to, position(table, from.name) === position(counterpart, to.name)),
    ).map(({ from, to, score }) =>
      question(
        { object: "column", table: plain(table), from: from.name, to: to.name },
        answerName(before.defaultSchema, table, from.name),
        answerName(before.defaultSchema, table, to.name),
        score,
      ),
    );
  });
}

/** Enums that may have been renamed. */
export function enumQuestions(before: SchemaModel, after: SchemaModel): readonly RenameQuestion[] {
  return bestPairs(
    onlyIn(before.enums, after.enums),
    onlyIn(after.enums, before.enums),
    (from, to) => 0.8 * valuesLikeness(from.values, to.values) + 0.2 * nameLikeness(from.name, to.name),
  ).map(({ from, to, score }) =>
    question(
      { object: "enum", from: plain(from), to: plain(to) },
      answerName(before.defaultSchema, from),
      answerName(before.defaultSchema, to),
      score,
    ),
  );
}

/** Values of enums that may have been renamed. */
export function enumValueQuestions(before: SchemaModel, after: SchemaModel): readonly RenameQuestion[] {
  return before.enums.flatMap((type) => {
    const counterpart = findNamed(after.enums, type);
    if (counterpart === undefined) {
      return [];
    }
    const gone = type.values.filter((value) => !counterpart.values.includes(value));
    const come = counterpart.values.filter((value) => !type.values.includes(value));
    const isSamePlace = (from: string, to: string): boolean =>
      type.values.indexOf(from) === counterpart.values.indexOf(to) &&
      type.values.length === counterpart.values.length;
    return bestPairs(
      gone,
      come,
      (from, to) => (isSamePlace(from, to) ? 0.5 : 0) + 0.5 * nameLikeness(from, to),
    ).map(({ from, to, score }) =>
      question(
        { object: "enumValue", type: plain(type), from, to },
        answerName(before.defaultSchema, type, from),
        answerName(before.defaultSchema, type, to),
        score,
      ),
    );
  });
}
