import type { ColumnOptions, IdentityOptions } from "../../../operations/column/columnDefinition";
import type {
  DeferrableOptions,
  ForeignKeyActions,
  ReferencesOptions,
  ReferentialAction,
} from "../../../operations/constraint/constraintDefinition";
import { present } from "../../../operations/sparse";
import { sqlText } from "../../../operations/sqlFragment";
import { CallArguments, Inconvertible, isAbsent, textOfTerm } from "./callArguments";
import { readType, type EnumTerm } from "./columnType";
import { conditionSql, defaultSql } from "./sqlTerm";
import { textSql } from "./sqlTerm";
import type { CallTerm, Term } from "./term";

/** A `sa.Column(…)`. */
export interface ColumnTerm {
  readonly name: string;
  /** Without `primaryKey`. */
  readonly options: ColumnOptions;
  readonly enumTerm: EnumTerm | undefined;
  readonly isPrimaryKey: boolean;
  /** SQLAlchemy's: a whole number that is the only primary key counts up by itself, unless told not to. */
  readonly autoincrement: boolean | "auto";
  /** Whether Python gives a value where the row has none. */
  readonly hasPythonDefault: boolean;
  /** Whether an index of its own comes with it. */
  readonly isIndexed: boolean;
  readonly isUnique: boolean;
}

/** Attributes of Python's side, of which nothing is in the database. */
const pythonAttributes = ["onupdate", "server_onupdate", "sort_order", "autoincrement_step"];

/**
 * A column of `create_table` or `add_column`.
 * @throws Inconvertible
 */
export function readColumn(term: Term | undefined): ColumnTerm {
  if (term?.kind !== "call" || term.path !== "sqlalchemy.Column") {
    throw new Inconvertible("a column is not written out as sa.Column(…)");
  }
  const given = new CallArguments(term, ["name"]);
  const name = given.text("name");
  const rest = [...given.takeRest()];
  const isTyped = rest[0] !== undefined && !isPartOfColumn(rest[0]);
  const { type, enumTerm } = readType(isTyped ? rest.shift() : given.take("type_"));
  const parts = readParts(rest);
  const isPrimaryKey = given.optionalFlag("primary_key") === true;
  const nullable = given.optionalFlag("nullable") ?? !isPrimaryKey;
  const serverDefault = given.take("server_default");
  const isUnique = given.optionalFlag("unique") === true;
  const isIndexed = given.optionalFlag("index") === true;
  const options = present<ColumnOptions>({
    type,
    nullable: nullable ? undefined : false,
    default: isAbsent(serverDefault) ? undefined : defaultSql(serverDefault),
    unique: isUnique && !isIndexed ? true : undefined,
    ...parts,
    comment: given.optionalText("comment"),
  });
  const column = {
    name,
    options,
    enumTerm,
    isPrimaryKey,
    autoincrement: readAutoincrement(given.take("autoincrement")),
    hasPythonDefault: !isAbsent(given.take("default")) || !isAbsent(given.take("insert_default")),
    isIndexed,
    isUnique,
  };
  given.ignore(...pythonAttributes);
  if (given.optionalFlag("quote") === false) {
    throw new Inconvertible("quote=False is not converted");
  }
  given.finish();
  return column;
}

function readAutoincrement(term: Term | undefined): boolean | "auto" {
  if (term === undefined) {
    return "auto";
  }
  if (term.kind === "literal" && (typeof term.value === "boolean" || term.value === "auto")) {
    return term.value;
  }
  throw new Inconvertible("autoincrement is not converted");
}

const partPaths = new Set(
  ["ForeignKey", "CheckConstraint", "Computed", "Identity", "Sequence", "FetchedValue", "DefaultClause"].map(
    (name) => `sqlalchemy.${name}`,
  ),
);

function isPartOfColumn(term: Term): boolean {
  return term.kind === "call" && partPaths.has(term.path);
}

type ColumnParts = Pick<ColumnOptions, "references" | "check" | "generatedAs" | "identity">;

function readParts(terms: readonly Term[]): ColumnParts {
  const parts: { -readonly [Key in keyof ColumnParts]: ColumnParts[Key] } = {};
  for (const term of terms) {
    const [key, value] = readPart(term);
    if (parts[key] !== undefined) {
      throw new Inconvertible(`a column with several of ${key}`);
    }
    Object.assign(parts, { [key]: value });
  }
  return parts;
}

function readPart(term: Term): readonly [keyof ColumnParts, ColumnParts[keyof ColumnParts]] {
  if (term.kind === "call") {
    switch (term.path) {
      case "sqlalchemy.ForeignKey":
        return ["references", readForeignKey(term)];
      case "sqlalchemy.CheckConstraint":
        return ["check", readCheck(term)];
      case "sqlalchemy.Computed":
        return ["generatedAs", readComputed(term)];
      case "sqlalchemy.Identity":
        return ["identity", readIdentity(term)];
    }
  }
  throw new Inconvertible(
    term.kind === "call"
      ? `${term.path} in a column is not converted`
      : "a part of a column is not written out",
  );
}

function readForeignKey(term: CallTerm): ReferencesOptions {
  const given = new CallArguments(term, ["column"]);
  const { columns, ...target } = referenceOf([given.text("column")]);
  const name = given.constraintName("name") ?? undefined;
  const references = present<ReferencesOptions>({
    ...target,
    column: columns[0],
    name,
    ...foreignKeyActions(given),
  });
  given.finish();
  return references;
}

/** `["users.id"]`, `["app.users.id"]`: all of one table. */
export function referenceOf(targets: readonly string[]): {
  readonly schema?: string;
  readonly table: string;
  readonly columns: readonly string[];
} {
  const places = targets.map((target) => target.split("."));
  const [first = []] = places;
  const home = first.slice(0, -1).join(".");
  const isSound = places.every(
    (place) =>
      (place.length === 2 || place.length === 3) &&
      !place.includes("") &&
      place.slice(0, -1).join(".") === home,
  );
  const table = first.at(-2);
  if (!isSound || table === undefined) {
    throw new Inconvertible(`the target of a foreign key is not converted: ${targets.join(", ")}`);
  }
  const columns = places.map((place) => place.at(-1) ?? "");
  const [schema] = first.length === 3 ? first : [];
  return schema === undefined ? { table, columns } : { schema, table, columns };
}

const actions = new Set<string>(["no action", "restrict", "cascade", "set null", "set default"]);

function isAction(text: string): text is ReferentialAction {
  return actions.has(text);
}

function readAction(given: CallArguments, name: string): ReferentialAction | undefined {
  const text = given.optionalText(name)?.toLowerCase();
  if (text !== undefined && !isAction(text)) {
    throw new Inconvertible(`${name}="${text}" is not converted`);
  }
  return text;
}

export function deferrability(given: CallArguments): DeferrableOptions {
  const initially = given.optionalText("initially")?.toLowerCase();
  if (initially !== undefined && initially !== "deferred" && initially !== "immediate") {
    throw new Inconvertible(`initially="${initially}" is not converted`);
  }
  return present<DeferrableOptions>({ deferrable: given.optionalFlag("deferrable"), initially });
}

export function foreignKeyActions(given: CallArguments): ForeignKeyActions {
  const match = given.optionalText("match")?.toLowerCase();
  if (match !== undefined && match !== "full" && match !== "simple" && match !== "partial") {
    throw new Inconvertible(`match="${match}" is not converted`);
  }
  if (given.optionalFlag("use_alter") === true) {
    throw new Inconvertible("use_alter is not converted");
  }
  given.ignore("link_to_name");
  return present<ForeignKeyActions>({
    onDelete: readAction(given, "ondelete"),
    onUpdate: readAction(given, "onupdate"),
    match,
    ...deferrability(given),
  });
}

function readCheck(term: CallTerm): ColumnOptions["check"] {
  const given = new CallArguments(term, ["sqltext"]);
  const condition = conditionSql(given.take("sqltext"));
  const name = given.constraintName("name");
  given.finish();
  return name === null ? condition : { condition, name };
}

function readComputed(term: CallTerm): ColumnOptions["generatedAs"] {
  const given = new CallArguments(term, ["sqltext", "persisted"]);
  const expression = given.take("sqltext");
  if (given.optionalFlag("persisted") === false) {
    throw new Inconvertible("a computed column that is not stored is not converted");
  }
  given.finish();
  return expression?.kind === "literal"
    ? sqlText(textSql(textOfTerm(expression, "the expression of a computed column")))
    : conditionSql(expression);
}

function readIdentity(term: CallTerm): ColumnOptions["identity"] {
  const given = new CallArguments(term, ["always", "on_null", "start", "increment", "minvalue", "maxvalue"]);
  const always = given.optionalFlag("always") === true;
  const options = present<IdentityOptions>({
    start: given.optionalNumber("start"),
    increment: given.optionalNumber("increment"),
    minValue: given.optionalNumber("minvalue"),
    maxValue: given.optionalNumber("maxvalue"),
    cache: given.optionalNumber("cache"),
    cycle: given.optionalFlag("cycle"),
  });
  given.ignore("order");
  if (given.optionalFlag("on_null") === true) {
    throw new Inconvertible("on_null of an identity is not converted");
  }
  given.finish();
  return Object.keys(options).length === 0
    ? always
      ? "always"
      : "by default"
    : { ...(always ? { always } : {}), ...options };
}
