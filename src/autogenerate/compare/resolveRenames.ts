import { elementType } from "../../sqlText/typeName";
import { printedQualifiedName } from "../../sqlText/expression";
import type { EnumModel, SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import { applyColumnRenames, applyRename } from "./applyRename";
import { dropOccupants } from "./dropOccupants";
import type { Rename, RenameQuestion, SchemaDifference } from "./difference";
import { findNamed, isSameName, nameKey } from "../../schema/findNamed";
import { readAnswer } from "./renameAnswer";
import { columnQuestions, enumQuestions, enumValueQuestions, tableQuestions } from "./renameQuestions";

export interface ResolvedRenames {
  /** The database's model under the new names. */
  readonly renamed: SchemaModel;
  readonly renames: readonly Rename[];
  /** What has to go first because something takes its name, by its old names. */
  readonly early: readonly SchemaDifference[];
  readonly questions: readonly RenameQuestion[];
  /** Answers that name nothing. */
  readonly unmatched: readonly string[];
  /** Answers whose new name something has that keeps it until the rename. */
  readonly occupied: readonly string[];
  /** `nameKey`s of tables that are renamed, or have renamed columns. */
  readonly touchedTables: ReadonlySet<string>;
}

/** Applies the answers to the database's model, and finds what to ask about. */
export function resolveRenames(
  before: SchemaModel,
  after: SchemaModel,
  answers: readonly string[],
  isAsked: boolean,
): ResolvedRenames {
  const wholes = readAnswers(answers, before, after).filter(({ rename }) => isWhole(rename));
  const tables = wholes.flatMap(({ rename }) => (rename === undefined ? [] : [rename]));
  const moved = applyWholes(before, tables);
  const parts = readAnswers(
    answers.filter((answer) => wholes.every((whole) => whole.answer !== answer)),
    moved,
    after,
  ).map(({ answer, rename }) => ({
    answer,
    rename: rename ?? afterTableRename(answer, before, after, tables),
  }));
  const partRenames = parts.flatMap(({ rename }) =>
    rename !== undefined && isThere(rename, after) ? [rename] : [],
  );
  const { model: free, early } = dropOccupants(moved, partRenames);
  const withParts = applyParts(free, partRenames);
  const touchedTables = touched([...tables, ...partRenames]);
  const derived = derivedEnumRenames(withParts, after, touchedTables);
  const renamed = derived.reduce(applyRename, withParts);
  return {
    renamed,
    renames: [...tables, ...partRenames, ...derived],
    early,
    questions: isAsked
      ? [
          ...tableQuestions(renamed, after),
          ...columnQuestions(renamed, after),
          ...enumQuestions(renamed, after),
          ...enumValueQuestions(renamed, after),
        ]
      : [],
    unmatched: parts
      .filter(({ rename }) => rename === undefined || !isThere(rename, after))
      .map(({ answer }) => answer),
    occupied: [...wholes, ...parts].flatMap(({ answer, rename }) =>
      rename !== undefined && isOccupied(rename, before, moved, [...tables, ...partRenames]) ? [answer] : [],
    ),
    touchedTables,
  };
}

/** Whether what has the new name keeps it; a column of that name goes first. */
function isOccupied(
  rename: Rename,
  before: SchemaModel,
  moved: SchemaModel,
  renames: readonly Rename[],
): boolean {
  switch (rename.object) {
    case "table":
    case "enum": {
      const models = rename.object === "table" ? before.tables : before.enums;
      return (
        !isSameName(rename.from, rename.to) &&
        models.some((model) => isSameName(model, rename.to)) &&
        !renames.some((other) => other.object === rename.object && isSameName(other.from, rename.to))
      );
    }
    case "enumValue":
      return (
        findNamed(moved.enums, rename.type)?.values.includes(rename.to) === true &&
        !renames.some(
          (other) =>
            other.object === "enumValue" && isSameName(other.type, rename.type) && other.from === rename.to,
        )
      );
    case "column":
      return false;
  }
}

interface ReadAnswer {
  readonly answer: string;
  readonly rename: Rename | undefined;
}

function readAnswers(
  answers: readonly string[],
  before: SchemaModel,
  after: SchemaModel,
): readonly ReadAnswer[] {
  return answers.map((answer) => ({ answer, rename: readAnswer(answer, before, after) }));
}

function isWhole(rename: Rename | undefined): boolean {
  return rename?.object === "table" || rename?.object === "enum";
}

/** An answer about a column may name the table as it was, though another answer renames the table. */
function afterTableRename(
  answer: string,
  before: SchemaModel,
  after: SchemaModel,
  tables: readonly Rename[],
): Rename | undefined {
  const rename = readAnswer(answer, before, after);
  const target = (name: QualifiedName): QualifiedName => {
    const found = tables.find(
      (each) => (each.object === "table" || each.object === "enum") && isSameName(each.from, name),
    );
    return found?.object === "table" || found?.object === "enum" ? found.to : name;
  };
  switch (rename?.object) {
    case "column":
      return { ...rename, table: target(rename.table) };
    case "enumValue":
      return { ...rename, type: target(rename.type) };
    default:
      return undefined;
  }
}

/** All at once, by way of names that nothing has: `a` may become `b` while `b` becomes `c`. */
function applyWholes(model: SchemaModel, renames: readonly Rename[]): SchemaModel {
  const steps = renames.flatMap((rename, index) => {
    if (rename.object !== "table" && rename.object !== "enum") {
      return [];
    }
    const between = { ...rename.to, name: `${rename.to.name}\u0000${String(index)}` };
    return [{ first: { ...rename, to: between }, second: { ...rename, from: between } }];
  });
  return [...steps.map(({ first }) => first), ...steps.map(({ second }) => second)].reduce(
    applyRename,
    model,
  );
}

/** Whether the entities have what it is renamed to. */
function isThere(rename: Rename, after: SchemaModel): boolean {
  switch (rename.object) {
    case "column":
      return findNamed(after.tables, rename.table)?.columns.some(({ name }) => name === rename.to) === true;
    case "enumValue":
      return findNamed(after.enums, rename.type)?.values.includes(rename.to) === true;
    default:
      return true;
  }
}

/** Columns of one table, and values of one type, change their names at once, so that two may swap them. */
function applyParts(model: SchemaModel, renames: readonly Rename[]): SchemaModel {
  const byTable = new Map<string, { readonly table: QualifiedName; readonly names: Map<string, string> }>();
  const values = renames.filter((rename) => rename.object === "enumValue");
  const between = ({ to }: { readonly to: string }, index: number): string => `${to}\u0000${String(index)}`;
  const renamedValues = [
    ...values.map((rename, index) => ({ ...rename, to: between(rename, index) })),
    ...values.map((rename, index) => ({ ...rename, from: between(rename, index) })),
  ].reduce<SchemaModel>(applyRename, model);
  for (const rename of renames) {
    if (rename.object === "column") {
      const key = nameKey(rename.table);
      const group = byTable.get(key) ?? { table: rename.table, names: new Map<string, string>() };
      group.names.set(rename.from, rename.to);
      byTable.set(key, group);
    }
  }
  return [...byTable.values()].reduce(
    (result, { table, names }) => applyColumnRenames(result, table, names),
    renamedValues,
  );
}

function touched(renames: readonly Rename[]): ReadonlySet<string> {
  return new Set(
    renames.flatMap((rename) =>
      rename.object === "table"
        ? [nameKey(rename.to)]
        : rename.object === "column"
          ? [nameKey(rename.table)]
          : [],
    ),
  );
}

/** An enum is often named after its column: where that one was renamed, a new name of the type is no question. */
function derivedEnumRenames(
  before: SchemaModel,
  after: SchemaModel,
  touchedTables: ReadonlySet<string>,
): readonly Rename[] {
  const renames = new Map<string, Rename>();
  for (const table of before.tables.filter((each) => touchedTables.has(nameKey(each)))) {
    const counterpart = findNamed(after.tables, table);
    for (const column of table.columns) {
      const from = enumOf(column.type, before);
      const to = enumOf(typeOf(counterpart, column.name), after);
      const isNew =
        from !== undefined &&
        to !== undefined &&
        findNamed(after.enums, from) === undefined &&
        findNamed(before.enums, to) === undefined &&
        from.values.some((value) => to.values.includes(value));
      if (isNew) {
        renames.set(nameKey(from), {
          object: "enum",
          from: { schema: from.schema, name: from.name },
          to: { schema: to.schema, name: to.name },
        });
      }
    }
  }
  return [...renames.values()];
}

function typeOf(table: TableModel | undefined, column: string): string {
  return table?.columns.find(({ name }) => name === column)?.type ?? "";
}

function enumOf(type: string, model: SchemaModel): EnumModel | undefined {
  const element = elementType(type);
  return model.enums.find(
    ({ schema, name }) => printedQualifiedName(schema, name, model.defaultSchema) === element,
  );
}
