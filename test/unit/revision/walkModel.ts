import type { Revision } from "../../../src/revision/revision";

/** The parts of a revision that say what must come before it, with every name an id. */
type Links = Pick<Revision, "revision" | "downRevisions" | "dependsOn">;

/**
 * What Alembic's `walk_revisions()` gives for revisions in load order, newest first. Written from the description of
 * its order alone, with no thought of speed, so that it shares nothing with the code under test: one line is walked
 * down at a time, and it gives way as long as another line still leads to where it stands.
 */
export function walkEverything(revisions: readonly Links[]): readonly string[] {
  const below = new Map(revisions.map((one) => [one.revision, neededBy(one, revisions)]));
  const parentsOf = (id: string): readonly string[] => below.get(id) ?? [];
  const named = new Set(revisions.flatMap(({ revision }) => parentsOf(revision)));
  const lines = revisions.map(({ revision }) => revision).filter((id) => !named.has(id));
  const walked: string[] = [];
  let at = 0;
  for (let here = lines[at]; here !== undefined; here = lines[at]) {
    const blocked = here;
    const above = lines.findIndex((other, place) => place !== at && closure(other, parentsOf).has(blocked));
    if (above >= 0) {
      at = above;
      continue;
    }
    walked.push(here);
    const next = parentsOf(here).filter((id) => !walked.includes(id) && !lines.includes(id));
    lines.splice(at, 1, ...next.slice(0, 1));
    lines.push(...next.slice(1));
    at = next.length === 0 ? Math.max(at - 1, 0) : at;
  }
  return walked;
}

/** Ids that branch, in the same order: what `branches` lists. */
export function walkBranchPoints(revisions: readonly Links[]): readonly string[] {
  return walkEverything(revisions).filter(
    (id) => revisions.filter(({ downRevisions }) => downRevisions.includes(id)).length > 1,
  );
}

/** Parents, then those dependencies that no ancestor names as well. */
function neededBy(one: Links, revisions: readonly Links[]): readonly string[] {
  const byId = new Map(revisions.map((other) => [other.revision, other]));
  const ancestors = closure(one.revision, (id) => byId.get(id)?.downRevisions ?? []);
  ancestors.delete(one.revision);
  const inherited = new Set([...ancestors].flatMap((id) => byId.get(id)?.dependsOn ?? []));
  return [...new Set([...one.downRevisions, ...one.dependsOn.filter((id) => !inherited.has(id))])];
}

/** The id and all that it leads to. */
function closure(id: string, next: (id: string) => readonly string[]): Set<string> {
  const found = new Set([id]);
  for (const one of found) {
    for (const other of next(one)) {
      found.add(other);
    }
  }
  return found;
}
