import type { CatalogObject } from "../database/catalogFacts/readCatalogFacts";

/** What a branch touches when it is applied to what it shares with another, by names without schemas. */
export interface Footprint {
  /** What it makes, changes or drops, and whose rows it changes. */
  readonly written: ReadonlySet<string>;
  /** Tables to which it adds columns and indexes, and does nothing else. */
  readonly widened: ReadonlySet<string>;
  /** All of that, what it looks up, and what these stand on. */
  readonly used: ReadonlySet<string>;
  /** Tables of which it uses nothing but the key that a foreign key references. */
  readonly referenced: ReadonlySet<string>;
}

/** Whether neither branch uses what the other changes: then each finds what it would find without the other. */
export function areApart(left: Footprint, right: Footprint): boolean {
  return isUnnoticed(left, right) && isUnnoticed(right, left);
}

function isUnnoticed({ written, widened }: Footprint, { used, referenced }: Footprint): boolean {
  return (
    ![...written].some((name) => used.has(name) || referenced.has(name)) &&
    ![...widened].some((name) => used.has(name))
  );
}

/** What two states of a database have otherwise. */
export interface ChangedNames {
  readonly written: readonly string[];
  /** Tables that have more columns or indexes. */
  readonly widened: readonly string[];
}

/** The names of what two states of a database have otherwise, with the tables that they are parts of. */
export function changedNames(
  before: readonly CatalogObject[],
  after: readonly CatalogObject[],
): ChangedNames {
  const textsBefore = new Set(before.map(textOf));
  const textsAfter = new Set(after.map(textOf));
  const labelsBefore = new Set(before.map(labelOf));
  const gone = before.filter((object) => !textsAfter.has(textOf(object)));
  const come = after.filter((object) => !textsBefore.has(textOf(object)));
  const added = come.filter(
    (object) => (object.kind === "column" || object.kind === "index") && !labelsBefore.has(labelOf(object)),
  );
  const changed = [...gone, ...come.filter((object) => !added.includes(object))];
  return {
    written: [
      ...changed.flatMap(({ kind, path }) => (kind === "column" ? path.slice(1, 2) : path.slice(1))),
      ...added.flatMap(({ kind, path }) => (kind === "column" ? [] : path.slice(2))),
    ],
    widened: added.flatMap(({ path }) => path.slice(1, 2)),
  };
}

function labelOf({ kind, name }: CatalogObject): string {
  return `${kind} ${name}`;
}

/** The columns of a table are objects, too. */
function textOf({ kind, name, facts, oid }: CatalogObject): string {
  return JSON.stringify([kind, name, oid, ...facts]);
}
