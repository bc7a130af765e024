import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const gitTime = 20_000;

/** Who added a file, and when. */
export interface FileAuthor {
  readonly name: string;
  /** The commit's author date, ISO 8601. */
  readonly date: string;
}

const commitMark = "\u0001";

/**
 * Who added each file of a folder and of those below it last, by path; empty where the folder is in no repository. Git
 * may run what a repository's own settings name: only for trusted workspaces.
 */
export async function fileAuthors(folder: string): Promise<ReadonlyMap<string, FileAuthor>> {
  const words = [
    "-c",
    "core.quotePath=false",
    "log",
    "--no-show-signature",
    "--no-renames",
    "--diff-filter=A",
  ];
  const format = `--format=${commitMark}%aI %aN`;
  try {
    const { stdout } = await run("git", [...words, "--name-only", "--relative", format, "--", "."], {
      cwd: folder,
      timeout: gitTime,
      maxBuffer: 64_000_000,
    });
    return readLog(folder, stdout);
  } catch {
    return new Map();
  }
}

/** The newest commit comes first. */
function readLog(folder: string, log: string): ReadonlyMap<string, FileAuthor> {
  const authors = new Map<string, FileAuthor>();
  let author: FileAuthor | undefined;
  for (const line of log.split("\n")) {
    if (line.startsWith(commitMark)) {
      const [date = "", ...name] = line.slice(commitMark.length).split(" ");
      author = { date, name: name.join(" ") };
    } else if (line !== "" && author !== undefined) {
      const path = join(folder, line);
      if (!authors.has(path)) {
        authors.set(path, author);
      }
    }
  }
  return authors;
}
