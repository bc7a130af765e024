import { readFile } from "node:fs/promises";
import type { Revision } from "../../revision/revision";

/** The ids of the revisions that run TypeORM migrations, by the name of the migration; known by the call in their files. */
export async function adoptedRevisions(graph: {
  readonly revisions: readonly Pick<Revision, "revision" | "path">[];
}): Promise<ReadonlyMap<string, string>> {
  const adopted = new Map<string, string>();
  for (const { revision, path } of graph.revisions) {
    const text = path === "" ? "" : await readFile(path, "utf8");
    for (const [, name] of text.matchAll(/\brunTypeormMigration\(\s*["'`]([^"'`\\]+)["'`]/g)) {
      if (name !== undefined && !adopted.has(name)) {
        adopted.set(name, revision);
      }
    }
  }
  return adopted;
}
