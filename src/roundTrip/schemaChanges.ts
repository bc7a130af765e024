import type { CatalogObject } from "../database/catalogFacts/readCatalogFacts";
import type { SchemaChange } from "../context/roundTripOutcome";

/** How two schemas are compared. */
export interface ComparedAs {
  /** Whether both are of one database, so that a table which is the same one may have its columns in another order. */
  readonly isSameDatabase: boolean;
  /** Whether spaces and quotes of a definition tell nothing. */
  readonly isSpellingFree: boolean;
  /** Whether each word of a definition counts, as where both were made by the very same statements. */
  readonly isVerbatim?: boolean;
}

/**
 * What of the schema that was expected is not there, and what is there and was not expected, a sentence each. PostgreSQL can't
 * put a column back where it was: the order counts only in a table that was created again.
 */
export function schemaChanges(
  expected: readonly CatalogObject[],
  actual: readonly CatalogObject[],
  compared: ComparedAs,
): readonly SchemaChange[] {
  const before = byLabel(expected);
  const after = byLabel(actual);
  const missing = withoutChildren(expected.filter((object) => !after.has(labelOf(object))));
  const extra = withoutChildren(actual.filter((object) => !before.has(labelOf(object))));
  const renamed = renamedObjects(missing, extra, compared);
  const newNames = new Set(renamed.values());
  return [
    ...[...renamed].map(([from, to]) => change(to, `${sentenceLabel(from)} is called ${to.name}.`)),
    ...missing
      .filter((object) => !renamed.has(object))
      .map((object) => change(object, `${sentenceLabel(object)} is missing.`)),
    ...extra
      .filter((object) => !newNames.has(object))
      .map((object) => change(object, `${sentenceLabel(object)} is left over.`)),
    ...expected.flatMap((object) => {
      const other = after.get(labelOf(object));
      return other === undefined ? [] : factChanges(object, other, compared);
    }),
  ];
}

/** The objects as lines, for people who compare two texts. */
export function factLines(objects: readonly CatalogObject[]): readonly string[] {
  return objects
    .map((object) => {
      const facts = [...object.facts].map(([fact, value]) => `${fact}: ${value}`);
      return [labelOf(object), ...facts].join("; ");
    })
    .toSorted();
}

function byLabel(objects: readonly CatalogObject[]): ReadonlyMap<string, CatalogObject> {
  return new Map(objects.map((object) => [labelOf(object), object]));
}

function labelOf({ kind, name }: CatalogObject): string {
  return `${kind} ${name}`;
}

function sentenceLabel(object: CatalogObject): string {
  const label = labelOf(object);
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function change(object: CatalogObject, text: string): SchemaChange {
  return { object: labelOf(object), text };
}

/** What belongs to an object that is in the list goes without saying. */
function withoutChildren(objects: readonly CatalogObject[]): readonly CatalogObject[] {
  const labels = new Set(objects.map(labelOf));
  return objects.filter(({ parent }) => parent === undefined || !labels.has(parent));
}

/** Of those that are missing, the ones that are there under another name, and nothing else is different. */
function renamedObjects(
  missing: readonly CatalogObject[],
  extra: readonly CatalogObject[],
  compared: ComparedAs,
): ReadonlyMap<CatalogObject, CatalogObject> {
  const renamed = new Map<CatalogObject, CatalogObject>();
  const taken = new Set<CatalogObject>();
  for (const object of missing) {
    const other = extra.find(
      (candidate) =>
        !taken.has(candidate) &&
        candidate.kind === object.kind &&
        candidate.parent === object.parent &&
        object.parent !== undefined &&
        object.kind !== "column" &&
        factChanges(object, candidate, { ...compared, isSameDatabase: false }).length === 0,
    );
    if (other !== undefined) {
      renamed.set(object, other);
      taken.add(other);
    }
  }
  return renamed;
}

function factChanges(
  expected: CatalogObject,
  actual: CatalogObject,
  { isSameDatabase, isSpellingFree, isVerbatim }: ComparedAs,
): readonly SchemaChange[] {
  const normal = isVerbatim === true ? (text: string) => text : isSpellingFree ? spelled : plain;
  const names = new Set([...expected.facts.keys(), ...actual.facts.keys()]);
  const changes = [...names].flatMap((fact) => {
    const before = expected.facts.get(fact);
    const after = actual.facts.get(fact);
    return isSameText(before, after, normal)
      ? []
      : [
          change(
            actual,
            `The ${fact} of ${labelOf(expected)} is ${shown(after)} instead of ${shown(before)}.`,
          ),
        ];
  });
  return isSameDatabase && isReordered(expected, actual)
    ? [
        ...changes,
        change(
          actual,
          `The order of the columns of ${labelOf(expected)} is ${listed(actual)} instead of ${listed(expected)}.`,
        ),
      ]
    : changes;
}

function isReordered(expected: CatalogObject, actual: CatalogObject): boolean {
  return (
    expected.oid !== actual.oid &&
    listed(expected) !== listed(actual) &&
    [...(expected.columns ?? [])].toSorted().join("\0") === [...(actual.columns ?? [])].toSorted().join("\0")
  );
}

function listed({ columns = [] }: CatalogObject): string {
  return columns.join(", ");
}

function shown(value: string | undefined): string {
  return value === undefined ? "none" : value.replaceAll(/\s+/g, " ").trim();
}

function isSameText(
  before: string | undefined,
  after: string | undefined,
  normal: (text: string) => string,
): boolean {
  return (
    before === after || (before !== undefined && after !== undefined && normal(before) === normal(after))
  );
}

/**
 * PostgreSQL prints a list of values for a varchar in another way once it has read its own print: casts, and parentheses
 * around them, come and go.
 */
function plain(text: string): string {
  const withoutCasts = text.replaceAll(/::(?:text|character varying)(?:\(\d+\))?(?:\[\])?/g, "");
  return withoutCasts === text ? text : withoutCasts.replaceAll(/[()\s]+/g, "");
}

function spelled(text: string): string {
  return text.replaceAll(/[\s"`]+/g, "");
}
