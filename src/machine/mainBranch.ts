import { realpathSync } from "node:fs";
import { commitOf, filesSince, git } from "./gitFiles";

/** What the work of a folder has that the main branch has not. */
export interface OffMainBranch {
  /** The branch, or the commit that was named instead. */
  readonly reference: string;
  /** Files of the folder that are new since the work left it, committed or not; absolute, links resolved. */
  readonly files: ReadonlySet<string>;
}

/**
 * Asks Git for the files that are new since HEAD left the main branch. Undefined where Git does not tell: in no repository,
 * without a main branch, or without a common commit. Git may run what a repository's own settings name: only for trusted
 * workspaces.
 * @param named a branch or a commit that counts; if left out, what `origin/HEAD` says, else `main` or `master`, if there is one
 */
export async function filesOffMainBranch(
  folder: string,
  named: string | undefined,
): Promise<OffMainBranch | undefined> {
  try {
    const cwd = realpathSync.native(folder);
    for (const reference of named === undefined ? await mainBranches(cwd) : [named]) {
      const commit = await commitOf(cwd, reference);
      if (commit !== undefined) {
        return { reference, files: await filesSince(cwd, commit, "A") };
      }
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/** Where a clone knows what others have, that counts: the local branch may be older. */
async function mainBranches(folder: string): Promise<readonly string[]> {
  const head = await git(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").catch(
    () => "",
  );
  return [...(head.trim() === "" ? [] : [head.trim()]), "origin/main", "origin/master", "main", "master"];
}
