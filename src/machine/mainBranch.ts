import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const gitTime = 20_000;

/** What the work of a folder has that the main branch has not. */
export interface OffMainBranch {
  /** The branch, or the commit that was named instead. */
  readonly reference: string;
  /** Files of the folder that are new since the work left it, committed or not; absolute, links resolved. */
  readonly files: ReadonlySet<string>;
}

type Git = (...words: readonly string[]) => Promise<string>;

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
    const cwd = realpathSync(folder);
    const git: Git = async (...words) => {
      const { stdout } = await run("git", words, { cwd, timeout: gitTime, maxBuffer: 16_000_000 });
      return stdout;
    };
    for (const reference of named === undefined ? await mainBranches(git) : [named]) {
      const commit = await commitOf(git, reference);
      if (commit !== undefined) {
        const base = (await git("merge-base", commit, "HEAD")).trim();
        const names = ["--name-only", "-z"];
        const added = await git("diff", ...names, "--relative", "--diff-filter=A", base, "--", ".");
        const untracked = await git("ls-files", "-z", "--others", "--exclude-standard", "--", ".");
        const files = `${added}${untracked}`.split("\0").filter((name) => name !== "");
        return { reference, files: new Set(files.map((name) => resolve(cwd, name))) };
      }
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/** Where a clone knows what others have, that counts: the local branch may be older. */
async function mainBranches(git: Git): Promise<readonly string[]> {
  const head = await git("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").catch(() => "");
  return [...(head.trim() === "" ? [] : [head.trim()]), "origin/main", "origin/master", "main", "master"];
}

async function commitOf(git: Git, reference: string): Promise<string | undefined> {
  const found = await git(
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${reference}^{commit}`,
  ).catch(() => "");
  return found.trim() === "" ? undefined : found.trim();
}
