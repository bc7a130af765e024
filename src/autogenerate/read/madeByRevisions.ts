import type { ConstraintModel } from "../../schema/model/constraintModel";
import { nameKey } from "../../schema/findNamed";
import { emptySchemaModel, type SchemaModel } from "../../schema/model/schemaModel";
import { objectsOf } from "../compare/objectsOf";
import { identityOf, objectKey, type SchemaObject } from "../compare/schemaObject";
import type { Token } from "../../sqlText/lexer";
import { statementTokens, type RevisionStatements } from "./revisionStatements";
import { isName, nameOf, statedName } from "./sqlNames";

/** What statements create, by name; of tables, the parts. Schemas are left out: a table of that name in another schema is no stranger. */
export interface MadeNames {
  /** Every name that the statements that make or change a table mention. */
  readonly parts: ReadonlyMap<string, readonly string[]>;
  /** Tables made from a query or another table: all that is in them is theirs. */
  readonly copies: ReadonlySet<string>;
  readonly indexes: ReadonlySet<string>;
  /** Types, sequences, schemas, functions, extensions. */
  readonly others: ReadonlySet<string>;
}

/** The same while it is being noted. */
interface NotedNames {
  readonly parts: Map<string, Set<string>>;
  readonly copies: Set<string>;
  readonly indexes: Set<string>;
  readonly others: Set<string>;
  /** What the revision dropped that none had made: where it makes that anew, it is still whose it was. */
  readonly strangers: Set<string>;
}

/** The names of what these statements, the revisions' own, have made. What a procedure made at run time is not among them. */
export function madeNames(revisions: readonly RevisionStatements[]): MadeNames {
  const names: NotedNames = {
    parts: new Map(),
    copies: new Set(),
    indexes: new Set(),
    others: new Set(),
    strangers: new Set(),
  };
  for (const revision of revisions) {
    names.strangers.clear();
    for (const tokens of statementTokens(revision)) {
      noteStatement(names, tokens);
    }
  }
  const { copies, indexes, others } = names;
  const parts = new Map([...names.parts].map(([table, noted]) => [table, [...noted]]));
  return { parts, copies, indexes, others };
}

/**
 * The objects of a database that the revisions have made, but for whole tables and views: only those are ever dropped
 * without a question, and all else is left alone. Of a large database few are asked for, so each table is looked at when
 * something of it is.
 * @returns of keys as `CompareOptions.managed` takes them
 */
export function madeObjects(names: MadeNames, model: SchemaModel): Pick<ReadonlySet<string>, "has"> {
  const keysIn = (part: SchemaModel): ReadonlySet<string> =>
    new Set(
      objectsOf(part)
        .filter((object) => isMade(names, object))
        .map(objectKey),
    );
  const outsideTables = keysIn({ ...model, tables: [] });
  const tables = new Map(model.tables.map((table) => [nameKey(table), table]));
  const inTables = new Map<string, ReadonlySet<string>>();
  const keysOf = (tableKey: string): ReadonlySet<string> => {
    const table = tables.get(tableKey);
    const known =
      inTables.get(tableKey) ??
      keysIn({
        ...emptySchemaModel(model.defaultSchema, model.serverVersion),
        tables: table === undefined ? [] : [table],
      });
    inTables.set(tableKey, known);
    return known;
  };
  return {
    has(key) {
      const { schema, table } = identityOf(key);
      return (
        outsideTables.has(key) || (table !== undefined && keysOf(nameKey({ schema, name: table })).has(key))
      );
    },
  };
}

function isMade(names: MadeNames, object: SchemaObject): boolean {
  switch (object.kind) {
    case "column":
      return isPart(names, object.table, object.name);
    case "constraint":
      return isPart(names, object.table, object.name) || isNamedByServer(names, object.table, object.model);
    case "index":
      return names.indexes.has(object.name);
    case "aspect":
      return object.model.aspect === "comment" && isPart(names, object.table, commentPart(object.model));
    case "enum":
    case "sequence":
    case "domain":
    case "compositeType":
      return names.others.has(object.name);
    default:
      return false;
  }
}

/** A comment is noted as a part of its table. */
function commentPart({ of, ofName }: { readonly of: string; readonly ofName: string }): string {
  return of === "table" ? "comment" : `comment of ${ofName}`;
}

function isPart(names: MadeNames, table: string | undefined, name: string): boolean {
  return table !== undefined && (names.copies.has(table) || names.parts.get(table)?.includes(name) === true);
}

/** A constraint that was given no name has one of PostgreSQL's: `users_email_key`. */
function isNamedByServer(names: MadeNames, table: string | undefined, constraint: ConstraintModel): boolean {
  const columns = constraint.kind === "exclude" ? [] : constraint.columns;
  return (
    /_(?:pkey|key|fkey|check|excl)\d*$/.test(constraint.name) &&
    columns.every((column) => isPart(names, table, column))
  );
}

const modifiers = new Set([
  "or",
  "replace",
  "global",
  "local",
  "temp",
  "temporary",
  "unlogged",
  "unique",
  "recursive",
  "materialized",
  "concurrently",
  "if",
  "not",
  "exists",
  "only",
]);

function noteStatement(names: NotedNames, tokens: readonly Token[]): void {
  const [verb, ...rest] = tokens;
  const action = verb?.text.toLowerCase();
  if (action === "comment") {
    noteComment(names, rest);
    return;
  }
  if (action !== "create" && action !== "alter" && action !== "drop") {
    return;
  }
  const afterVerb = rest.slice(leadingModifiers(rest));
  const object = afterVerb[0]?.text.toLowerCase() ?? "";
  const named = afterVerb.slice(1 + leadingModifiers(afterVerb.slice(1)));
  const name = statedName(named)?.name;
  if (name === undefined) {
    return;
  }
  if (action === "create") {
    noteCreate(names, object, name, tokens);
  } else if (action === "drop") {
    noteDrop(names, object, name);
  } else {
    noteAlter(names, object, name, tokens);
  }
}

/** `COMMENT ON COLUMN app.users.email IS …` */
function noteComment(names: NotedNames, tokens: readonly Token[]): void {
  const of = tokens[1]?.text.toLowerCase() ?? "";
  const end = tokens.findIndex((token) => token.text.toLowerCase() === "is");
  const path = tokens.slice(2, end).filter(isName).map(nameOf);
  const ofName = path[path.length - 1] ?? "";
  const table = of === "column" ? path[path.length - 2] : ofName;
  if (table !== undefined && (of === "column" || of === "table")) {
    const parts = names.parts.get(table) ?? new Set<string>();
    parts.add(commentPart({ of, ofName }));
    names.parts.set(table, parts);
  }
}

function leadingModifiers(tokens: readonly Token[]): number {
  const first = tokens.findIndex(
    (token) => token.kind !== "word" || !modifiers.has(token.text.toLowerCase()),
  );
  return first < 0 ? tokens.length : first;
}

function noteCreate(names: NotedNames, object: string, name: string, tokens: readonly Token[]): void {
  switch (object) {
    case "table":
      noteParts(names, name, tokens);
      if (tokens.some((token) => /^(?:like|as|of)$/i.test(token.text) && token.kind === "word")) {
        names.copies.add(name);
      }
      return;
    case "view":
      return;
    case "index":
      if (!names.strangers.has(strangerKey(undefined, name))) {
        names.indexes.add(name);
      }
      return;
    default:
      names.others.add(name);
  }
}

function strangerKey(table: string | undefined, name: string): string {
  return JSON.stringify([table ?? null, name]);
}

function noteDrop(names: NotedNames, object: string, name: string): void {
  if (object === "index" && !names.indexes.has(name)) {
    names.strangers.add(strangerKey(undefined, name));
  }
}

/** What `ALTER COLUMN` drops of a column. */
const aspects = new Set(["default", "not", "identity", "expression"]);

/** The columns and constraints in `ALTER TABLE … DROP CONSTRAINT name, DROP name`. */
function droppedParts(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== "word" || token.text.toLowerCase() !== "drop") {
      return [];
    }
    const words = tokens.slice(at + 1);
    const named = words.findIndex(
      ({ kind, text }) => kind !== "word" || !/^(?:column|constraint|if|exists)$/i.test(text),
    );
    const name = words[named];
    return name === undefined || !isName(name) || aspects.has(name.text.toLowerCase()) ? [] : [nameOf(name)];
  });
}

function noteAlter(names: NotedNames, object: string, name: string, tokens: readonly Token[]): void {
  const renamed = newName(tokens);
  switch (object) {
    case "table":
      noteParts(names, name, tokens);
      if (renamed !== undefined) {
        noteParts(names, renamed, tokens);
        names.parts.get(name)?.forEach((part) => names.parts.get(renamed)?.add(part));
        if (names.copies.has(name)) {
          names.copies.add(renamed);
        }
      }
      return;
    case "view":
      return;
    case "index":
      names.indexes.add(renamed ?? name);
      return;
    default:
      if (renamed !== undefined) {
        names.others.add(renamed);
      }
  }
}

/** The name in `… RENAME TO name`; a column's is none of a table. */
function newName(tokens: readonly Token[]): string | undefined {
  const rename = tokens.findIndex((token) => token.text.toLowerCase() === "rename");
  const isWhole = rename >= 0 && tokens[rename + 1]?.text.toLowerCase() === "to";
  return isWhole ? statedName(tokens.slice(rename + 2))?.name : undefined;
}

function noteParts(names: NotedNames, table: string, tokens: readonly Token[]): void {
  const parts = names.parts.get(table) ?? new Set<string>();
  for (const dropped of droppedParts(tokens)) {
    if (!parts.has(dropped) && !names.copies.has(table)) {
      names.strangers.add(strangerKey(table, dropped));
    }
  }
  for (const token of tokens.filter(isName)) {
    const name = nameOf(token);
    if (!names.strangers.has(strangerKey(table, name))) {
      parts.add(name);
    }
  }
  names.parts.set(table, parts);
}
