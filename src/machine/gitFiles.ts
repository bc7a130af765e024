import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const gitTime = 20_000;

/** Runs Git in a folder, and gives what it prints. */
export async function git(folder: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await run("git", words, { cwd: folder, timeout: gitTime, maxBuffer: 16_000_000 });
  return stdout;
}

/** The ID of a commit that a branch, a tag or another name stands for; undefined where Git knows none. */
export async function commitOf(folder: string, reference: string): Promise<string | undefined> {
  const words = ["--verify", "--quiet", "--end-of-options", `${reference}^{commit}`];
  const found = (await git(folder, "rev-parse", ...words).catch(() => "")).trim();
  return found === "" ? undefined : found;
}

/**
 * The files below a folder, absolute, that differ since a commit left the history of HEAD, with what is not committed yet.
 * @param kinds of `git diff --diff-filter`: `A` for those that are new, `d` for all that are still there
 * @throws Error where the folder is in no repository, or the commit has no history in common with HEAD
 */
export async function filesSince(
  folder: string,
  commit: string,
  kinds: "A" | "d",
): Promise<ReadonlySet<string>> {
  const base = (await git(folder, "merge-base", commit, "HEAD")).trim();
  const options = ["--name-only", "-z", "--relative", `--diff-filter=${kinds}`];
  const differing = await git(folder, "diff", ...options, base, "--", ".");
  const untracked = await git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".");
  const names = `${differing}${untracked}`.split("\0").filter((name) => name !== "");
  return new Set(names.map((name) => resolve(folder, name)));
}
