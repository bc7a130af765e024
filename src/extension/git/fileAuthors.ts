import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { namesInLog, readNamesInLog } from "./namesInLog";

const run = promisify(execFile);
const gitTime = 20_000;

/** Who added a file, and when. */
export interface FileAuthor {
  readonly name: string;
  /** The commit's author date, ISO 8601. */
  readonly date: string;
}

/**
 * Who added each file of a folder and of those below it last, by path; empty where the folder is in no repository. Git
 * may run what a repository's own settings name: only for trusted workspaces.
 */
export async function fileAuthors(folder: string): Promise<ReadonlyMap<string, FileAuthor>> {
  try {
    const { stdout } = await run("git", [...namesInLog("A", "%aI %aN"), "--", "."], {
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
  for (const { words, names } of readNamesInLog(log)) {
    const [date = "", ...name] = words.split(" ");
    for (const path of names.map((file) => join(folder, file))) {
      if (!authors.has(path)) {
        authors.set(path, { date, name: name.join(" ") });
      }
    }
  }
  return authors;
}
