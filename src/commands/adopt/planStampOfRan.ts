import type { RevisionGraph } from "../../revision/graph";
import { CommandError } from "../../context/commandError";
import { impliedRevisions } from "../../revision/lineage";

export interface RanMigrations {
  /** With the new revisions in it. */
  readonly graph: RevisionGraph;
  /** Revision ids by the name of the migration, in TypeORM's order. */
  readonly adopted: ReadonlyMap<string, string>;
  /** What TypeORM's table lists. */
  readonly ran: ReadonlySet<string>;
  /** Of the version table. */
  readonly rows: readonly string[];
}

/**
 * The revisions to stamp so that the version table says what TypeORM's says: the newest that ran and are not applied yet;
 * none where it says so already.
 * @throws CommandError `migrations-with-holes`, `revisions-not-applied` where that would claim what never ran
 */
export function planStampOfRan({ graph, adopted, ran, rows }: RanMigrations): readonly string[] {
  const applied = impliedRevisions(graph, rows);
  const ranIds = [...adopted].filter(([name]) => ran.has(name)).map(([, id]) => id);
  const claimed = impliedRevisions(graph, ranIds);
  const isDone = (id: string): boolean => applied.has(id) || ranIds.includes(id);
  const unfounded = [...claimed].filter((id) => !isDone(id));
  const holes = [...adopted].filter(([, id]) => unfounded.includes(id)).map(([name]) => name);
  if (holes.length > 0) {
    const last = [...adopted].findLast(([name]) => ran.has(name));
    throw new CommandError(
      "migrations-with-holes",
      `On this database ${last?.[0] ?? ""} has run, and these before it have not: ${holes.join(", ")}.`,
      "Run them with TypeORM first (typeorm migration:run), or mark those that must not run as done (typeorm migration:run --fake). To write the revisions without touching this database, use --no-stamp.",
    );
  }
  if (unfounded.length > 0) {
    throw new CommandError(
      "revisions-not-applied",
      `This database has TypeORM migrations that depend on revisions not yet applied: ${unfounded.join(", ")}.`,
      "Upgrade to those first, or stamp them if the database already has their changes. To write the revisions without touching this database, use --no-stamp.",
    );
  }
  const fresh = [...claimed].filter((id) => !applied.has(id));
  const below = new Set(fresh.flatMap((id) => parentsOf(graph, id)));
  return fresh.filter((id) => !below.has(id));
}

function parentsOf(graph: RevisionGraph, id: string): readonly string[] {
  const revision = graph.get(id);
  return revision === undefined ? [] : [...revision.downRevisions, ...revision.resolvedDependencies];
}
