import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { CommandError } from "../context/commandError";

const run = promisify(execFile);
const gitTime = 20_000;

/**
 * The files below a folder that are new or changed since a commit left the history of HEAD, with what is not committed
 * yet; absolute paths.
 * @param reference of Git: a branch, a tag, a commit
 * @throws CommandError `unknown-since` where Git does not know it, or the folder is in no repository
 */
export async function changedFiles(folder: string, reference: string): Promise<ReadonlySet<string>> {
  const git = async (...words: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await run("git", words, { cwd: folder, timeout: gitTime, maxBuffer: 16_000_000 });
    return stdout.split("\0").filter((word) => word !== "");
  };
  try {
    const [commit = ""] = await git(
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${reference}^{commit}`,
    );
    const [base = ""] = await git("merge-base", commit.trim(), "HEAD");
    const filters = ["--name-only", "-z", "--relative", "--diff-filter=d"];
    const changed = await git("diff", ...filters, base.trim(), "--", ".");
    const untracked = await git("ls-files", "-z", "--others", "--exclude-standard", "--", ".");
    return new Set([...changed, ...untracked].map((file) => resolve(folder, file)));
  } catch {
    throw new CommandError(
      "unknown-since",
      `'${reference}' is neither a revision nor a commit that Git knows in ${folder}.`,
      "Name a revision, or a branch, tag or commit that shares its history with HEAD; in CI, fetch enough of it.",
    );
  }
}
