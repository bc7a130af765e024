import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import { findNamed } from "../../schema/findNamed";
import type { Rename } from "./difference";

/** The names of one side of an answer: `"Odd.Name".b` is two. */
function splitNames(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? (plain ?? "").trim(),
  );
}

function splitAnswer(text: string): readonly [from: string, to: string] | undefined {
  const sides: string[] = [""];
  for (const [index, part] of text.split('"').entries()) {
    // Every second part stands in quotes; a doubled quote closes and opens again.
    const [first = "", ...others] = index % 2 === 1 ? [part] : part.split(":");
    sides.push(`${sides.pop() ?? ""}${index === 0 ? "" : '"'}${first}`, ...others);
  }
  const [from = "", to = "", ...more] = sides;
  const isClosed = text.split('"').length % 2 === 1;
  return from === "" || to === "" || more.length > 0 || !isClosed ? undefined : [from, to];
}

function quotedInAnswer(name: string): string {
  return /^[^.":\s]+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Names as an answer has them, without the default schema. */
export function answerName(defaultSchema: string, { schema, name }: QualifiedName, part?: string): string {
  const names = [...(schema === defaultSchema ? [] : [schema]), name, ...(part === undefined ? [] : [part])];
  return names.map(quotedInAnswer).join(".");
}

interface Place extends QualifiedName {
  readonly part: string | undefined;
}

/** What a dotted name may mean: table, schema.table, table.column, schema.table.column. */
function readings(names: readonly string[], defaultSchema: string): readonly Place[] {
  const [first, second, third] = names;
  if (first === undefined || names.length > 3) {
    return [];
  }
  if (second === undefined) {
    return [{ schema: defaultSchema, name: first, part: undefined }];
  }
  return third === undefined
    ? [
        { schema: defaultSchema, name: first, part: second },
        { schema: first, name: second, part: undefined },
      ]
    : [{ schema: first, name: second, part: third }];
}

/**
 * The rename that an answer (`users.name:users.full_name`, `users.name:full_name`, `users:accounts`,
 * `mood.sad:mood.unhappy`) means; `undefined` if there is nothing of that name in the database, or no such new
 * name in the entities.
 */
export function readAnswer(text: string, before: SchemaModel, after: SchemaModel): Rename | undefined {
  const sides = splitAnswer(text.trim());
  if (sides === undefined) {
    return undefined;
  }
  const [fromNames, toNames] = [splitNames(sides[0]), splitNames(sides[1])];
  for (const from of readings(fromNames, before.defaultSchema)) {
    const rename =
      from.part === undefined
        ? renameOfWhole(from, readings(toNames, before.defaultSchema), before, after)
        : renameOfPart(from, from.part, toNames[toNames.length - 1] ?? "", before, after);
    if (rename !== undefined) {
      return rename;
    }
  }
  return undefined;
}

function renameOfWhole(
  from: QualifiedName,
  targets: readonly Place[],
  before: SchemaModel,
  after: SchemaModel,
): Rename | undefined {
  for (const target of targets.filter(({ part }) => part === undefined)) {
    const names = {
      from: { schema: from.schema, name: from.name },
      to: { schema: target.schema, name: target.name },
    };
    if (findNamed(before.tables, from) !== undefined && findNamed(after.tables, target) !== undefined) {
      return { object: "table", ...names };
    }
    if (findNamed(before.enums, from) !== undefined && findNamed(after.enums, target) !== undefined) {
      return { object: "enum", ...names };
    }
  }
  return undefined;
}

function hasColumn(table: TableModel | undefined, column: string): boolean {
  return table?.columns.some(({ name }) => name === column) === true;
}

function renameOfPart(
  { schema, name }: QualifiedName,
  from: string,
  to: string,
  before: SchemaModel,
  after: SchemaModel,
): Rename | undefined {
  const place = { schema, name };
  if (hasColumn(findNamed(before.tables, place), from)) {
    return { object: "column", table: place, from, to };
  }
  const hasValues =
    findNamed(before.enums, place)?.values.includes(from) === true &&
    findNamed(after.enums, place)?.values.includes(to) !== false;
  return hasValues ? { object: "enumValue", type: place, from, to } : undefined;
}
