import type { QualifiedName } from "../../schema/model/tableModel";
import type { Token } from "../../sqlText/lexer";
import { statementTokens, type RevisionStatements } from "../read/revisionStatements";
import { statedName, type StatedName } from "../read/sqlNames";

interface Origin {
  /** Undefined where no statement says it. */
  readonly schema: string | undefined;
  readonly revision: string;
  readonly isAdopted: boolean;
}

/** Tables by name; several where schemas differ. */
type Origins = Map<string, readonly Origin[]>;

/** The tables that revisions made and that are still there. */
export interface TableOrigins {
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
  /** Whether a revision changes the schema that its statements are about. */
  readonly isPathChanged: boolean;
}

/** Follows the tables of all upgrades. A temporary table is none, and neither is one that a procedure made. */
export function tableOrigins(revisions: readonly RevisionStatements[]): TableOrigins {
  const origins: Origins = new Map();
  let isPathChanged = false;
  for (const made of revisions) {
    const { revision, isAdopted, statements } = made;
    isPathChanged ||= statements.some((statement) => /\bsearch_path\b/i.test(statement));
    for (const tokens of statementTokens(made)) {
      noteStatement(origins, tokens, { revision, isAdopted });
    }
  }
  return { origins, isPathChanged };
}

/**
 * Finds the revision that made a table which is still there.
 * @returns undefined for a table that no revision made, or an adopted one: its TypeORM migrations knew other owners
 */
export function originIn(
  { origins, isPathChanged }: TableOrigins,
  { schema, name }: QualifiedName,
  defaultSchema: string,
): string | undefined {
  const origin = origins
    .get(name)
    ?.find((each) =>
      each.schema === undefined ? isPathChanged || schema === defaultSchema : each.schema === schema,
    );
  return origin === undefined || origin.isAdopted ? undefined : origin.revision;
}

const kinds = new Set(["foreign", "unlogged", "global", "local"]);
const conditions = new Set(["if", "not", "exists", "only"]);

function noteStatement(
  origins: Origins,
  [verb, ...rest]: readonly Token[],
  maker: Omit<Origin, "schema">,
): void {
  const table = without(rest, kinds);
  if (table[0]?.text.toLowerCase() !== "table") {
    return;
  }
  const tokens = without(table.slice(1), conditions);
  const stated = statedName(tokens);
  switch (verb?.text.toLowerCase()) {
    case "create":
      if (stated !== undefined && !isKnown(origins, stated)) {
        add(origins, stated.name, { ...maker, schema: stated.schema });
      }
      return;
    case "drop":
      namesOfList(tokens).forEach((dropped) => void take(origins, dropped));
      return;
    case "alter":
      if (stated !== undefined) {
        noteAlter(origins, stated, tokens);
      }
      return;
    default:
  }
}

/** `RENAME TO name`, `SET SCHEMA name`: the table stays whose it was. */
function noteAlter(origins: Origins, stated: StatedName, tokens: readonly Token[]): void {
  const words = tokens.map(({ text }) => text.toLowerCase());
  const renamed = words.findIndex((word, at) => word === "rename" && words[at + 1] === "to");
  const moved = words.findIndex((word, at) => word === "set" && words[at + 1] === "schema");
  if (renamed < 0 && moved < 0) {
    return;
  }
  const target = statedName(tokens.slice((renamed < 0 ? moved : renamed) + 2))?.name;
  for (const origin of target === undefined ? [] : take(origins, stated)) {
    add(
      origins,
      renamed < 0 ? stated.name : (target ?? stated.name),
      renamed < 0 ? { ...origin, schema: target } : origin,
    );
  }
}

function add(origins: Origins, name: string, origin: Origin): void {
  const others = (origins.get(name) ?? []).filter(({ schema }) => schema !== origin.schema);
  origins.set(name, [...others, origin]);
}

/** `CREATE TABLE IF NOT EXISTS` of one that is there makes nothing. */
function isKnown(origins: Origins, { schema, name }: StatedName): boolean {
  return origins.get(name)?.some((origin) => origin.schema === schema) === true;
}

/** Takes the table of this name away; gives what it was. */
function take(origins: Origins, { schema, name }: StatedName): readonly Origin[] {
  const known = origins.get(name) ?? [];
  const taken = known.filter(
    (origin) => schema === undefined || origin.schema === undefined || origin.schema === schema,
  );
  origins.set(
    name,
    known.filter((origin) => !taken.includes(origin)),
  );
  return taken;
}

/** The names of `a, b.c CASCADE`. */
function namesOfList(tokens: readonly Token[]): readonly StatedName[] {
  const names: StatedName[] = [];
  for (const [at, token] of tokens.entries()) {
    const stated =
      at === 0 || token.text === "," ? statedName(tokens.slice(at === 0 ? 0 : at + 1)) : undefined;
    if (stated !== undefined) {
      names.push(stated);
    }
  }
  return names;
}

function without(tokens: readonly Token[], words: ReadonlySet<string>): readonly Token[] {
  const first = tokens.findIndex((token) => token.kind !== "word" || !words.has(token.text.toLowerCase()));
  return first < 0 ? [] : tokens.slice(first);
}
