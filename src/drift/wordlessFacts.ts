import type { CatalogObject } from "../database/catalogFacts/readCatalogFacts";
import type { SchemaModel } from "../schema/model/schemaModel";

/** Something that the catalogs say and that no operation has words for. */
export interface WordlessFact {
  /** `privileges`, `rule`, `column storage`, … */
  readonly kind: string;
  /** Empty for what is in no schema. */
  readonly schema: string;
  readonly table: string | undefined;
  readonly name: string;
  readonly value: string;
  /** What it was read with. */
  readonly source: string;
}

const relationKinds = new Set(["table", "view", "materialized view", "foreign table"]);

/** Kinds of objects that operations make, and that a comparison of models compares. */
const operationKinds = new Set([
  "table",
  "view",
  "materialized view",
  "column",
  "sequence",
  "constraint",
  "index",
  "trigger",
  "policy",
  "statistics object",
  "schema",
  "extension",
  "enum",
  "domain",
  "composite type",
  "type",
  "function",
  "procedure",
]);

/** What belongs to the database or to its roles, and not to a schema. */
const ignoredKinds = new Set(["database", "default privileges"]);

/** Facts of such objects that models lack, by what they are reported as. */
const wordless: ReadonlyMap<string, readonly (readonly [kind: string, facts: readonly string[]])[]> = new Map(
  Object.entries({
    table: [["table storage", ["access method", "TOAST options"]]],
    "materialized view": [["table storage", ["access method", "TOAST options"]]],
    column: [["column storage", ["storage", "compression", "statistics target", "options"]]],
    constraint: [
      ["index state", ["clustering", "index options"]],
      ["constraint triggers", ["trigger state"]],
    ],
    index: [["index state", ["state", "clustering", "statistics targets"]]],
  } as const),
);

/** Of what is reported as a whole, these are reported by themselves, or not at all. */
const apart = new Set(["owner", "privileges", "comment"]);

/** The facts of these schemas that no operation has words for; `model` is of the same database. */
export function wordlessFacts(
  objects: readonly CatalogObject[],
  schemas: readonly string[],
  model: SchemaModel,
): readonly WordlessFact[] {
  const wanted = new Set(["", ...schemas]);
  const owners = new Map(
    objects
      .filter(({ kind }) => relationKinds.has(kind))
      .map(({ path, facts }) => [key(path), facts.get("owner")]),
  );
  return objects
    .filter(({ kind, path: [schema = "", name = ""] }) =>
      kind === "schema" ? wanted.has(name) : wanted.has(schema) && !ignoredKinds.has(kind),
    )
    .flatMap((object) => [
      ...ownFacts(object),
      ...partitionFacts(object, model),
      ...ownerFacts(object),
      ...privilegeFacts(object, object.facts.get("owner") ?? owners.get(key(object.path.slice(0, 2)))),
    ]);
}

function key(path: readonly string[]): string {
  return JSON.stringify(path);
}

type Place = Pick<WordlessFact, "schema" | "table" | "name" | "source">;

function placeOf({ path, source }: CatalogObject): Place {
  const [schema = "", second = "", third] = path;
  return third === undefined
    ? { schema, table: undefined, name: second, source }
    : { schema, table: second, name: third, source };
}

function ownFacts(object: CatalogObject): readonly WordlessFact[] {
  const { kind, facts } = object;
  const place = placeOf(object);
  if (!operationKinds.has(kind)) {
    const values = [...facts].filter(([name]) => !apart.has(name)).map(([, value]) => value);
    return [
      { ...place, kind: kind === "server" ? "foreign server" : kind, value: values.join(", ") || "there" },
    ];
  }
  return (wordless.get(kind) ?? []).flatMap(([reportedKind, names]) => {
    const values = names.flatMap((name) => {
      const value = facts.get(name);
      return value === undefined
        ? []
        : [
            name === "state" || name === "clustering" || name === "trigger state"
              ? value
              : `${name} ${value}`,
          ];
    });
    return values.length === 0 ? [] : [{ ...place, kind: reportedKind, value: values.join(", ") }];
  });
}

/** A partition is a fact of its table: models leave out the difference, because partitions come and go with the data. */
function partitionFacts(object: CatalogObject, { tables }: SchemaModel): readonly WordlessFact[] {
  const { facts } = object;
  const bound = facts.get("partition bound");
  const { schema, name, source } = placeOf(object);
  const parent = tables.find((table) => table.schema === schema && table.name === name)?.partitionOf;
  if (bound === undefined || parent === undefined) {
    return [];
  }
  const parts = facts.get("partition key");
  return [
    {
      kind: "partition",
      schema: parent.schema,
      table: parent.name,
      name: parent.schema === schema ? name : `${schema}.${name}`,
      value: parts === undefined ? bound : `${bound} PARTITION BY ${parts}`,
      source,
    },
  ];
}

/** Whether an owner counts is for the caller to know. */
function ownerFacts(object: CatalogObject): readonly WordlessFact[] {
  const owner = object.facts.get("owner");
  return owner === undefined || object.kind === "schema"
    ? []
    : [{ ...placeOf(object), kind: "owner", value: owner }];
}

/** `reader SELECT, public INSERT WITH GRANT OPTION`: names in quotes may hold anything. */
const grant =
  /("(?:[^"]|"")*"|[^\s,"]+) ([A-Z]+(?: (?!WITH GRANT OPTION)[A-Z]+)*)( WITH GRANT OPTION)?(?:, |$)/gy;

/** The privileges of everybody but the owner, one for each grantee. */
function privilegeFacts(object: CatalogObject, owner: string | undefined): readonly WordlessFact[] {
  const { kind } = object;
  const granted = new Map<string, Set<string>>();
  for (const [, grantee = "", privilege = "", option] of (object.facts.get("privileges") ?? "").matchAll(
    grant,
  )) {
    const name = grantee.startsWith('"') ? grantee.slice(1, -1).replaceAll('""', '"') : grantee;
    // What everybody may in the schema public depends on the server's version.
    if (name !== owner && !(kind === "schema" && object.name === "public" && grantee === "public")) {
      const privileges = granted.get(grantee) ?? new Set();
      granted.set(
        grantee,
        privileges.add(option === undefined ? privilege : `${privilege} with grant option`),
      );
    }
  }
  const { schema, table, name, source } = placeOf(object);
  return [...granted].map(([grantee, privileges]) => ({
    kind: privilegesKind(kind),
    schema: kind === "schema" ? name : schema,
    table: table ?? (kind === "schema" ? undefined : name),
    name: table === undefined ? grantee : `${name} to ${grantee}`,
    value: [...privileges].toSorted().join(", "),
    source,
  }));
}

function privilegesKind(kind: string): string {
  switch (kind) {
    case "sequence":
      return "privileges";
    case "procedure":
    case "aggregate":
      return "function privileges";
    case "enum":
    case "domain":
    case "composite type":
    case "range type":
    case "type":
      return "type privileges";
    case "server":
      return "foreign server privileges";
    default:
      return relationKinds.has(kind) ? "privileges" : `${kind} privileges`;
  }
}
