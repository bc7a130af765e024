const commitMark = "\u0001";
const heading = /^\u0001([0-9a-f]{40,64}) (.*)$/s;

/** A commit, and the files that it names. */
export interface LoggedCommit {
  readonly hash: string;
  /** What `namesInLog` was asked to add: the value of its `format`. */
  readonly words: string;
  /** Relative to the folder in which Git ran, exactly as they are: Git quotes none of them. */
  readonly names: readonly string[];
}

/**
 * The words of `git log` that list files of the working folder by commit, for `readNamesInLog`.
 * @param filter Git's `--diff-filter`: `A` for added files, `D` for deleted ones
 * @param format what else to give of each commit, in Git's placeholders
 */
export function namesInLog(filter: "A" | "D", format = ""): readonly string[] {
  return [
    ...["log", "-z", "--no-show-signature", "--no-renames", `--diff-filter=${filter}`],
    ...["--name-only", "--relative", `--format=${commitMark}%H ${format}`],
  ];
}

/** Reads what `git log` prints for `namesInLog`, in its order. */
export function readNamesInLog(log: string): readonly LoggedCommit[] {
  const commits: { readonly hash: string; readonly words: string; readonly names: string[] }[] = [];
  for (const part of log.split("\0")) {
    const [, hash, words = ""] = heading.exec(part) ?? [];
    const names = commits.at(-1)?.names;
    if (hash !== undefined) {
      commits.push({ hash, words, names: [] });
    } else if (part !== "") {
      // A line break ends the heading of a commit.
      names?.push(names.length === 0 ? part.replace(/^\n/, "") : part);
    }
  }
  return commits;
}
