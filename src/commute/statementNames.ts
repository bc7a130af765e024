import type { Node } from "libpg-query";
import type { ParseSql } from "../lint/grammar";
import { nodeOf, nodesBelow, nodesOf, strings, type NodeKind, type NodeOf } from "../lint/syntaxTree";

/** The names that statements mention: of tables, types, constraints and all else but columns, without schemas before them. */
export interface MentionedNames {
  /** Of what is made, changed or dropped. */
  readonly written: ReadonlySet<string>;
  /** Of tables that get a column or an index and are otherwise left as they are, which a reference to them does not notice. */
  readonly widened: ReadonlySet<string>;
  /** Of tables that foreign keys reference. */
  readonly referenced: ReadonlySet<string>;
  /** Of what is looked up, and every word of a literal: it may be a name, as in `nextval('numbers')`. */
  readonly read: ReadonlySet<string>;
}

/**
 * Reads what statements mention; undefined where their text does not tell all that they touch: they look in the catalog, run code of
 * the project, change the session, or are of a kind that has effects on what it does not name.
 */
export function mentionedNames(statements: readonly string[], parse: ParseSql): MentionedNames | undefined {
  const names: Names = { written: new Set(), widened: new Set(), referenced: new Set(), read: new Set() };
  for (const statement of statements) {
    const parsed = parse(statement);
    if (parsed.kind !== "parsed") {
      return undefined;
    }
    for (const { node } of parsed.statements) {
      if (!isTellingStatement(node)) {
        return undefined;
      }
      const widened = widenedTable(node);
      if (widened === undefined) {
        collect(node, names.written, names);
      } else {
        names.widened.add(widened);
        collect(withoutRelation(node), names.written, names);
      }
    }
  }
  return names;
}

/** The table that a statement gives a column or an index, and nothing else. */
function widenedTable(node: Node): string | undefined {
  const index = nodeOf(node, "IndexStmt");
  if (index !== undefined && index.unique !== true) {
    return index.relation?.relname;
  }
  const alter = nodeOf(node, "AlterTableStmt");
  return alter?.objtype === "OBJECT_TABLE" &&
    nodesOf(alter.cmds, "AlterTableCmd").every(
      ({ subtype, def }) => subtype === "AT_AddColumn" && isPlainColumn(nodeOf(def, "ColumnDef")),
    )
    ? alter.relation?.relname
    : undefined;
}

/** A column without a constraint that other tables may rely on. */
function isPlainColumn(column: NodeOf<"ColumnDef"> | undefined): boolean {
  return nodesOf(column?.constraints, "Constraint").every(({ contype }) =>
    ["CONSTR_NULL", "CONSTR_NOTNULL", "CONSTR_DEFAULT"].includes(contype ?? ""),
  );
}

function withoutRelation(node: Node): unknown {
  return Object.fromEntries(
    Object.entries(node).map(([kind, fields]) => [kind, { ...(fields as Fields), relation: undefined }]),
  );
}

/** Statements that touch what they name, and what the catalog has as belonging to it. */
const tellingStatements: readonly NodeKind[] = [
  "AlterDomainStmt",
  "AlterEnumStmt",
  "AlterPolicyStmt",
  "AlterObjectSchemaStmt",
  "AlterSeqStmt",
  "AlterTableStmt",
  "CommentStmt",
  "CompositeTypeStmt",
  "CreateDomainStmt",
  "CreateEnumStmt",
  "CreatePolicyStmt",
  "CreateSeqStmt",
  "CreateStatsStmt",
  "CreateStmt",
  "CreateTableAsStmt",
  "CreateTrigStmt",
  "DeleteStmt",
  "DropStmt",
  "GrantStmt",
  "IndexStmt",
  "InsertStmt",
  "MergeStmt",
  "RefreshMatViewStmt",
  "RenameStmt",
  "SelectStmt",
  "TruncateStmt",
  "UpdateStmt",
  "VariableSetStmt",
  "ViewStmt",
];

/** Kinds of objects that are found by their names alone: not by an operator's sign, the types of arguments, or the search path. */
const namedKinds: ReadonlySet<string | undefined> = new Set([
  "OBJECT_ATTRIBUTE",
  "OBJECT_COLUMN",
  "OBJECT_DOMAIN",
  "OBJECT_DOMCONSTRAINT",
  "OBJECT_INDEX",
  "OBJECT_MATVIEW",
  "OBJECT_POLICY",
  "OBJECT_SEQUENCE",
  "OBJECT_STATISTIC_EXT",
  "OBJECT_TABCONSTRAINT",
  "OBJECT_TABLE",
  "OBJECT_TRIGGER",
  "OBJECT_TYPE",
  "OBJECT_VIEW",
]);

/** Settings that change no result. */
const harmlessSettings: ReadonlySet<string> = new Set(["lock_timeout", "statement_timeout"]);

/** Functions that run a text as SQL, set something, or tell of the catalog or the session. */
const tellingNothing =
  /^(?:set_config|(?:query|cursor|table|schema|database)_to_|dblink|lo_|pg_(?!get_serial_sequence$))/;

function isTellingStatement(node: Node): boolean {
  const kindsOfObjects = [
    nodeOf(node, "DropStmt")?.removeType,
    nodeOf(node, "RenameStmt")?.renameType,
    nodeOf(node, "AlterObjectSchemaStmt")?.objectType,
  ].filter((kind) => kind !== undefined);
  const setting = nodeOf(node, "VariableSetStmt");
  const grant = nodeOf(node, "GrantStmt");
  return (
    tellingStatements.some((kind) => nodeOf(node, kind) !== undefined) &&
    kindsOfObjects.every((kind) => namedKinds.has(kind)) &&
    (setting === undefined || harmlessSettings.has(setting.name ?? "")) &&
    (grant === undefined || grant.targtype === "ACL_TARGET_OBJECT") &&
    !readsCatalog(node) &&
    !runsMoreThanItsText(node)
  );
}

function readsCatalog(node: Node): boolean {
  return relationsBelow(node).some(
    ({ relname = "", schemaname = "" }) =>
      relname.startsWith("pg_") || schemaname.startsWith("pg_") || schemaname === "information_schema",
  );
}

interface NamedRelation {
  readonly relname?: string;
  readonly schemaname?: string;
}

/** Most of them are the value of a field, without their kind. */
function relationsBelow(tree: unknown): readonly NamedRelation[] {
  if (typeof tree !== "object" || tree === null) {
    return [];
  }
  return [
    ...("relname" in tree ? [tree as NamedRelation] : []),
    ...Object.values(tree).flatMap(relationsBelow),
  ];
}

/** A value that comes from outside of the text may be a name where a function takes it, or a cast to `regclass` and the like. */
function runsMoreThanItsText(node: Node): boolean {
  return (
    nodesBelow(node, "FuncCall").some(
      (call) =>
        tellingNothing.test(strings(call.funcname).at(-1) ?? "") || nodesBelow(call, "ParamRef").length > 0,
    ) ||
    nodesBelow(node, "TypeCast").some(
      (cast) =>
        nodesBelow(cast.arg, "ParamRef").length > 0 &&
        /^reg/.test(strings(cast.typeName?.names).at(-1) ?? ""),
    )
  );
}

type Names = { readonly [Kind in keyof MentionedNames]: Set<string> };

/** Fields with words of the grammar. What is not among them counts as a name, which can only make a statement touch more. */
const grammarWords: ReadonlySet<string> = new Set([
  "action",
  "behavior",
  "boolop",
  "cmd_name",
  "commandType",
  "contype",
  "defaction",
  "fk_del_action",
  "fk_matchtype",
  "fk_upd_action",
  "funcformat",
  "generated_kind",
  "generated_when",
  "identity",
  "jointype",
  "kind",
  "limitOption",
  "matchKind",
  "nulls_ordering",
  "nulltesttype",
  "objectType",
  "objtype",
  "onCommit",
  "oncommit",
  "op",
  "ordering",
  "override",
  "relationType",
  "relpersistence",
  "removeType",
  "renameType",
  "roletype",
  "sortby_dir",
  "sortby_nulls",
  "strategy",
  "subtype",
  "targtype",
  "withCheckOption",
]);

/** Fields with nothing but columns of tables that are named beside them, aliases, roles, or a comment's text. */
const withoutNames: ReadonlySet<string> = new Set([
  "Alias",
  "ColumnRef",
  "aliases",
  "colNames",
  "colname",
  "cols",
  "columns",
  "comment",
  "fk_attrs",
  "fk_del_set_cols",
  "grantees",
  "including",
  "keys",
  "pk_attrs",
  "roles",
]);

/** Fields with what a statement looks up and leaves as it is. What rows a part of them changes, the locks tell. */
const readFields: ReadonlySet<string> = new Set([
  "A_Const",
  "DefElem",
  "FuncCall",
  "SelectStmt",
  "TableLikeClause",
  "TypeName",
  "accessMethod",
  "args",
  "catalogname",
  "collClause",
  "fromClause",
  "funcname",
  "mergeWhenClauses",
  "newschema",
  "newVal",
  "newValNeighbor",
  "oldVal",
  "opclass",
  "partbound",
  "partspec",
  "priv_name",
  "qual",
  "query",
  "raw_default",
  "raw_expr",
  "schemaname",
  "selectStmt",
  "sourceRelation",
  "tableSpace",
  "targetList",
  "typeName",
  "usingClause",
  "vals",
  "whenClause",
  "whereClause",
  "where_clause",
  "with_check",
  "withClause",
]);

function collect(tree: unknown, into: Set<string>, names: Names): void {
  if (typeof tree !== "object" || tree === null) {
    return;
  }
  if (Array.isArray(tree)) {
    tree.forEach((each) => collect(each, into, names));
    return;
  }
  for (const [field, value] of Object.entries(withoutColumns(tree as Fields))) {
    if (grammarWords.has(field) || withoutNames.has(field)) {
      continue;
    }
    if (field === "object" || field === "objects") {
      // What is dropped, renamed or the like; a type is one of these, too.
      nodesBelow(value, "String").forEach(({ sval = "" }) => into.add(sval));
      continue;
    }
    if (field === "pktable") {
      const { relname, schemaname } = value as NamedRelation;
      names.referenced.add(relname ?? "");
      names.read.add(schemaname ?? "");
      continue;
    }
    const target = isRead(field, value) ? names.read : into;
    if (field === "A_Const") {
      wordsOf(value, target);
    } else if (typeof value === "string") {
      target.add(value);
    } else {
      collect(value, target, names);
    }
  }
}

/** The name of a type that a statement makes or changes is a list; that of one which a column has is not. */
function isRead(field: string, value: unknown): boolean {
  return readFields.has(field) && !(field === "typeName" && Array.isArray(value));
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a node without the names of columns, where another field tells that they are names of columns. */
function withoutColumns(fields: Fields): Fields {
  const { subtype, renameType, objtype, object } = fields;
  if (typeof subtype === "string") {
    return ofColumn.has(subtype) ? { ...fields, name: undefined } : fields;
  }
  if (renameType === "OBJECT_COLUMN" || renameType === "OBJECT_ATTRIBUTE") {
    return { ...fields, subname: undefined, newname: undefined };
  }
  if (objtype === "OBJECT_COLUMN") {
    return {
      ...fields,
      object: strings(nodeOf(object as Node, "List")?.items)
        .slice(0, -1)
        .map(asNode),
    };
  }
  const isColumn = "ResTarget" in fields || "IndexElem" in fields;
  return isColumn ? Object.fromEntries(Object.entries(fields).map(withoutName)) : fields;
}

function asNode(name: string): Node {
  return { String: { sval: name } };
}

function withoutName([kind, node]: readonly [string, unknown]): readonly [string, unknown] {
  return [kind, { ...(node as Fields), name: undefined }];
}

/** What ALTER TABLE does to a column. */
const ofColumn: ReadonlySet<string> = new Set([
  "AT_AddColumn",
  "AT_AddIdentity",
  "AT_AlterColumnType",
  "AT_ColumnDefault",
  "AT_DropColumn",
  "AT_DropExpression",
  "AT_DropIdentity",
  "AT_DropNotNull",
  "AT_SetCompression",
  "AT_SetExpression",
  "AT_SetIdentity",
  "AT_SetNotNull",
  "AT_SetOptions",
  "AT_SetStatistics",
  "AT_SetStorage",
]);

/** PostgreSQL cuts names at so many bytes. */
const longestName = 63;

function wordsOf(constant: unknown, into: Set<string>): void {
  const text = (constant as { readonly sval?: { readonly sval?: string } }).sval?.sval ?? "";
  const quoted = [...text.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
  for (const word of [...(text.match(/[\p{L}\p{N}_$]+/gu) ?? []), ...quoted]) {
    const name = Buffer.from(word).subarray(0, longestName).toString();
    into.add(name).add(name.toLowerCase());
  }
}
