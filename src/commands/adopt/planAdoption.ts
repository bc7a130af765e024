import type { RevisionGraph } from "../../revision/graph";
import { planNewRevision, requireFreeId } from "../../revision/newRevision";
import type { TypeormMigration } from "../../typeorm/adopt/findMigrations";
import { CommandError } from "../../context/commandError";

/** A revision that does not exist yet. */
export interface NewAdoption {
  readonly migration: TypeormMigration;
  readonly revision: string;
  readonly downRevisions: readonly string[];
}

/**
 * The revisions that TypeORM migrations become which have none yet, one behind the other in TypeORM's order: at the
 * beginning of an empty graph, behind what was adopted before, or behind `head`.
 * @param adopted revision ids by the name of the migration
 * @throws CommandError `revisions-exist` where only the user knows their place; RevisionError
 */
export function planAdoption(
  graph: RevisionGraph,
  migrations: readonly TypeormMigration[],
  adopted: ReadonlyMap<string, string>,
  head: string | undefined,
): readonly NewAdoption[] {
  const missing = migrations.filter(({ name }) => !adopted.has(name));
  const planned: NewAdoption[] = [];
  const ids = new Set<string>();
  for (const migration of missing) {
    const revision = freeId(migration, ids, new Set(adopted.values()));
    requireFreeId(graph, revision);
    ids.add(revision);
    const previous = planned.at(-1);
    const downRevisions =
      previous === undefined ? firstParents(graph, revision, adopted, head) : [previous.revision];
    planned.push({ migration, revision, downRevisions });
  }
  return planned;
}

/** The timestamp; migrations of one timestamp are told apart by a number behind it. */
function freeId(
  { timestamp }: TypeormMigration,
  taken: ReadonlySet<string>,
  adopted: ReadonlySet<string>,
): string {
  const id = String(timestamp);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? id : `${id}_${String(number)}`;
    if (!taken.has(candidate) && !adopted.has(candidate)) {
      return candidate;
    }
  }
}

function firstParents(
  graph: RevisionGraph,
  revision: string,
  adopted: ReadonlyMap<string, string>,
  head: string | undefined,
): readonly string[] {
  const [first] = graph.bases;
  if (head === undefined && first !== undefined && adopted.size === 0) {
    throw new CommandError(
      "revisions-exist",
      `The project already has revisions, from ${first} on, and none of them is a TypeORM migration, so it is not known which come first.`,
      `To put the TypeORM migrations after all of them, use --head head. To put them first, use --head base, which makes them a separate branch; then set the down_revision of ${first} to the last of them.`,
    );
  }
  return planNewRevision(graph, { revision, head: head ?? "head" }).downRevisions;
}
