import type {
  AlterTableCmd,
  AlterTableType,
  Constraint,
  ConstrType,
  DefElem,
  Node,
  ObjectType,
  RangeVar,
  TypeName,
} from "libpg-query";

type KindOf<Tree> = Tree extends Tree ? keyof Tree : never;

/** `IndexStmt`, `AlterTableStmt`, and all that PostgreSQL's grammar has beside these. */
export type NodeKind = KindOf<Node>;

type ValueOf<Tree, Kind extends string> = Tree extends Readonly<Record<Kind, infer Value>> ? Value : never;

type Nodes = { readonly [Kind in NodeKind]: ValueOf<Node, Kind> };

export type NodeOf<Kind extends NodeKind> = Nodes[Kind];

/** A node of one kind; undefined where it is of another. */
export function nodeOf<Kind extends NodeKind>(node: Node | undefined, kind: Kind): NodeOf<Kind> | undefined {
  // A node has one key, its kind.
  return (node as Partial<Nodes> | undefined)?.[kind];
}

/** All nodes of one kind in a list. */
export function nodesOf<Kind extends NodeKind>(
  nodes: readonly Node[] | undefined,
  kind: Kind,
): readonly NodeOf<Kind>[] {
  const found: NodeOf<Kind>[] = [];
  for (const node of nodes ?? []) {
    const value = nodeOf(node, kind);
    if (value !== undefined) {
      found.push(value);
    }
  }
  return found;
}

/** All nodes of one kind, at any depth, the tree itself included. */
export function nodesBelow<Kind extends NodeKind>(tree: unknown, kind: Kind): readonly NodeOf<Kind>[] {
  const found: NodeOf<Kind>[] = [];
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) {
      continue;
    }
    if (kind in value) {
      found.push((value as Nodes)[kind]);
    }
    waiting.push(...(Object.values(value) as unknown[]));
  }
  return found;
}

/** Statements that hold others without running them. */
const postponing: readonly NodeKind[] = ["CreateFunctionStmt", "PrepareStmt", "RuleStmt", "ViewStmt"];

/**
 * All nodes of one kind that run with a statement: the statement itself, and what is in its WITH, in COPY, and in EXPLAIN
 * with ANALYZE.
 */
export function executedNodes<Kind extends NodeKind>(statement: Node, kind: Kind): readonly NodeOf<Kind>[] {
  const explain = nodeOf(statement, "ExplainStmt");
  const isPostponed =
    postponing.some((holder) => nodeOf(statement, holder) !== undefined) ||
    (explain !== undefined &&
      !nodesOf(explain.options, "DefElem").some((option) => isSwitchedOn(option, "analyze")));
  return isPostponed ? [] : nodesBelow(statement, kind);
}

/** `users`, `app.users` */
export function relationName(relation: RangeVar | undefined): string {
  return [relation?.schemaname, relation?.relname].filter((part) => part !== undefined).join(".");
}

/** A name in parts, as `["app", "users"]`, in one. */
export function joinedName(parts: readonly Node[] | undefined): string {
  return strings(parts).join(".");
}

export function strings(nodes: readonly Node[] | undefined): readonly string[] {
  return nodesOf(nodes, "String").map(({ sval }) => sval ?? "");
}

/** The names of what DROP and the like are given: tables, functions, types. */
export function objectNames(objects: readonly Node[] | undefined): readonly string[] {
  return (objects ?? []).map(objectName);
}

export function objectName(object: Node | undefined): string {
  if (object === undefined) {
    return "";
  }
  const list = nodeOf(object, "List")?.items;
  const routine = nodeOf(object, "ObjectWithArgs")?.objname;
  const type = nodeOf(object, "TypeName")?.names;
  return joinedName(list ?? routine ?? type ?? [object]);
}

/** A change that one ALTER TABLE makes. */
export interface TableChange {
  readonly table: string;
  readonly command: AlterTableCmd;
}

/** What an ALTER of a table does; empty for any other statement, and for views, sequences and indexes. */
export function tableChanges(statement: Node): readonly TableChange[] {
  return changesTo(statement, "OBJECT_TABLE");
}

/** What an ALTER TYPE does to the attributes of a composite type. */
export function attributeChanges(statement: Node): readonly TableChange[] {
  return changesTo(statement, "OBJECT_TYPE");
}

function changesTo(statement: Node, type: ObjectType): readonly TableChange[] {
  const alter = nodeOf(statement, "AlterTableStmt");
  return alter?.objtype !== type
    ? []
    : nodesOf(alter.cmds, "AlterTableCmd").map((command) => ({
        table: relationName(alter.relation),
        command,
      }));
}

/** A change of one of these kinds. */
export function isChange({ command }: TableChange, ...types: readonly AlterTableType[]): boolean {
  return command.subtype !== undefined && types.includes(command.subtype);
}

/** Whether an option in parentheses, as of `VACUUM (FULL, ANALYZE off)`, has this name and is on. */
export function isSwitchedOn({ defname, arg }: DefElem, name: string): boolean {
  const value = nodeOf(arg, "String")?.sval ?? String(nodeOf(arg, "Integer")?.ival ?? (arg ? 0 : 1));
  return defname === name && !["off", "false", "0"].includes(value.toLowerCase());
}

/** The constraint that ALTER TABLE … ADD CONSTRAINT adds, if it is of this kind. */
export function addedConstraint(change: TableChange, type: ConstrType): Constraint | undefined {
  const constraint = isChange(change, "AT_AddConstraint")
    ? nodeOf(change.command.def, "Constraint")
    : undefined;
  return constraint?.contype === type ? constraint : undefined;
}

/** A type as it is said: `varchar(20)`, `integer`, `app.mood[]`. */
export function typeText(type: TypeName | undefined): string {
  const names = strings(type?.names);
  const name = names[0] === "pg_catalog" ? names.slice(1).join(".") : unlikeChar(names.join("."));
  const modifiers = nodesOf(type?.typmods, "A_Const").map((value) =>
    String("ival" in value ? (value.ival.ival ?? 0) : ""),
  );
  const inParentheses = modifiers.length > 0 && name !== "interval" ? `(${modifiers.join(",")})` : "";
  return `${sqlNames.get(name) ?? name}${inParentheses}${(type?.arrayBounds ?? []).map(() => "[]").join("")}`;
}

/** `"char"`, in quotes, is a type of one byte, not `char`. */
function unlikeChar(name: string): string {
  return name === "char" ? '"char"' : name;
}

/** The internal names of types, and those of SQL. */
const sqlNames: ReadonlyMap<string, string> = new Map([
  ["int2", "smallint"],
  ["int4", "integer"],
  ["int8", "bigint"],
  ["float4", "real"],
  ["float8", "double precision"],
  ["bool", "boolean"],
  ["bpchar", "char"],
]);
