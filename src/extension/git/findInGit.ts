import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";
import { scanHeader } from "../../source/scanHeader";
import { namesInLog, readNamesInLog } from "./namesInLog";

const run = promisify(execFile);
const gitTime = 20_000;

/** The most branches that are looked at, those that were worked on last. */
const mostBranches = 100;

/** A revision file that is in a repository's history and not in the folder. */
export interface FoundInGit {
  /** The file's name. */
  readonly name: string;
  readonly text: string;
  /** The branch that has it; undefined where it was deleted. */
  readonly branch: string | undefined;
}

type Git = (...words: readonly string[]) => Promise<string>;

/**
 * The file of a revision on another branch, or as it was when it was last deleted from the folder on any branch.
 * Undefined where there is none, and where the folder is in no repository. Git may run what a repository's own
 * settings name: only for trusted workspaces.
 */
export async function findInGit(folder: string, revision: string): Promise<FoundInGit | undefined> {
  const git: Git = async (...words) => {
    const { stdout } = await run("git", words, { cwd: folder, timeout: gitTime, maxBuffer: 16_000_000 });
    return stdout;
  };
  try {
    return (await findOnBranches(git, revision)) ?? (await findDeleted(git, revision));
  } catch {
    return undefined;
  }
}

async function findOnBranches(git: Git, revision: string): Promise<FoundInGit | undefined> {
  const list = await git(
    "for-each-ref",
    "--sort=-committerdate",
    `--count=${String(mostBranches)}`,
    "--format=%(refname:short)",
    "refs/heads",
    "refs/remotes",
  );
  for (const branch of list.split("\n").filter((line) => line !== "")) {
    // Status 1 says that nothing matches.
    const search = ["grep", "-z", "--name-only", "--fixed-strings", "-e", revision];
    const matches = await git(...search, branch, "--", ".").catch(() => "");
    for (const match of matches.split("\0").filter((name) => name !== "")) {
      const path = match.slice(branch.length + 1);
      const text = await textAt(git, branch, path);
      if (isRevision(text, path, revision)) {
        return { name: basename(path), text, branch };
      }
    }
  }
  return undefined;
}

async function findDeleted(git: Git, revision: string): Promise<FoundInGit | undefined> {
  for (const { hash, names } of readNamesInLog(await git(...namesInLog("D"), "--all", "--", "."))) {
    for (const name of names.filter((path) => basename(path) === path)) {
      const text = await textAt(git, `${hash}^`, name);
      if (isRevision(text, name, revision)) {
        return { name, text, branch: undefined };
      }
    }
  }
  return undefined;
}

/** A file of the folder as a commit has it; empty where it cannot be shown, as a merge's other parent may alone have it. */
async function textAt(git: Git, commit: string, path: string): Promise<string> {
  return git("show", `${commit}:./${path}`).catch(() => "");
}

function isRevision(text: string, name: string, revision: string): boolean {
  const scan = scanHeader(text, name);
  return scan.kind === "revision" && scan.header.revision.value === revision;
}
