import { CommandError } from "../context/commandError";
import { commitOf, filesSince } from "../machine/gitFiles";

/**
 * The files below a folder that are new or changed since a commit left the history of HEAD, with what is not committed
 * yet; absolute paths.
 * @param reference of Git: a branch, a tag, a commit
 * @throws CommandError `unknown-since` where Git does not know it, or the folder is in no repository
 */
export async function changedFiles(folder: string, reference: string): Promise<ReadonlySet<string>> {
  const commit = await commitOf(folder, reference);
  const files =
    commit === undefined ? undefined : await filesSince(folder, commit, "d").catch(() => undefined);
  if (files === undefined) {
    throw new CommandError(
      "unknown-since",
      `'${reference}' is neither a revision nor a commit that Git knows in ${folder}.`,
      "Name a revision, or a branch, tag or commit that shares its history with HEAD; in CI, fetch enough of it.",
    );
  }
  return files;
}
