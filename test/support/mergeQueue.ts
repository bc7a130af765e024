import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "./commandLine";
import { gitIn } from "./git";
import { revisionText } from "./projectFolder";
import { versionRows } from "./queryRows";
import type { PostgresServer } from "./postgresServer";

/** How the queue gets one head again: by moving the branch that comes later, or by a merge revision. */
const ways = ["rebase", "merge"] as const;

/** What is there when all rounds are over. */
export interface QueueEnd {
  readonly heads: string;
  /** Of the version tables of both clones. */
  readonly rows: readonly (readonly string[] | undefined)[];
  /** The schemas of both clones. */
  readonly schemas: readonly string[];
}

/**
 * Two clones push a branch with a revision each to a third repository, and a queue takes one after the other into `main`, where
 * there must be one head; then both clones pull and upgrade their databases. As often as there are rounds.
 */
export async function runMergeQueue(server: PostgresServer, rounds: number): Promise<QueueEnd> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-queue-")));
  try {
    makeThird(root);
    const clones = [await openClone(server, root, "ann"), await openClone(server, root, "ben")];
    const queue = join(root, "queue");
    gitIn(root)("clone", "--quiet", "third.git", "queue");
    for (let round = 0; round < rounds; round += 1) {
      for (const clone of clones) {
        await clone.pushRevision(round);
      }
      const order = round % 2 === 0 ? clones : clones.toReversed();
      for (const { name } of order) {
        await takeIn(queue, `${name}-${String(round)}`, ways[round % ways.length] ?? "rebase");
      }
      for (const clone of clones) {
        await clone.upgrade();
      }
    }
    const heads = await runCommandLine(["heads", "--fail-on", "multiple"], { cwd: queue });
    assert.equal(heads.exitCode, 0);
    return {
      heads: heads.stdout,
      rows: await Promise.all(clones.map(({ url }) => versionRows(url))),
      schemas: await Promise.all(clones.map(({ url }) => server.dumpSchema(url))),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Merges a branch into `main` as a queue does, makes one head of two, and pushes. */
async function takeIn(queue: string, branch: string, way: (typeof ways)[number]): Promise<void> {
  const git = gitIn(queue);
  git("fetch", "--quiet", "origin");
  git("checkout", "--quiet", "-B", "queue", "origin/main");
  git("merge", "--quiet", "--no-ff", "--message", `take in ${branch}`, `origin/${branch}`);
  const args = way === "rebase" ? ["rebase", "--offline", "--since", "origin/main"] : ["merge", "--auto"];
  const result = await runCommandLine(args, { cwd: queue });
  assert.equal(result.exitCode, 0, result.stdout + result.stderr);
  const heads = await runCommandLine(["heads", "--fail-on", "multiple"], { cwd: queue });
  assert.equal(heads.exitCode, 0, heads.stdout);
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "one head");
  git("push", "--quiet", "origin", "queue:main");
}

interface Clone {
  readonly name: string;
  readonly url: string;
  /** Adds a revision to a branch of `main` as it was fetched last, and pushes it. */
  pushRevision(round: number): Promise<void>;
  upgrade(): Promise<void>;
}

async function openClone(server: PostgresServer, root: string, name: string): Promise<Clone> {
  gitIn(root)("clone", "--quiet", "third.git", name);
  const folder = join(root, name);
  const git = gitIn(folder);
  const url = await server.createDatabase();
  return {
    name,
    url,
    async pushRevision(round) {
      const branch = `${name}-${String(round)}`;
      git("checkout", "--quiet", "-b", branch, "origin/main");
      const { stdout } = await runCommandLine(["heads"], { cwd: folder });
      const [head = ""] = stdout.split(" ");
      writeRevision(folder, `${name}${String(round)}`, head);
      git("add", "--all");
      git("commit", "--quiet", "--message", branch);
      git("push", "--quiet", "origin", branch);
    },
    async upgrade() {
      git("fetch", "--quiet", "origin");
      git("checkout", "--quiet", "--detach", "origin/main");
      const result = await runCommandLine(["upgrade", "head", "--url", url], { cwd: folder });
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    },
  };
}

/** A table of its own, so that each round's two branches commute. */
function writeRevision(folder: string, id: string, down: string | null): void {
  const upgrade = `  await op.execute("CREATE TABLE ${id} (id integer)");`;
  const text = revisionText({ id, down, upgrade, downgrade: `  await op.execute("DROP TABLE ${id}");` });
  writeFileSync(join(folder, "migrations", "versions", `${id}.ts`), text);
}

/** The third repository, with one revision on `main`. */
function makeThird(root: string): void {
  const first = join(root, "first");
  mkdirSync(join(first, "migrations", "versions"), { recursive: true });
  writeFileSync(join(first, "alembic.config.json"), JSON.stringify({ scriptLocation: "migrations" }));
  writeFileSync(join(first, "package.json"), "{}");
  writeRevision(first, "first", null);
  const git = gitIn(first);
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
  gitIn(root)("clone", "--quiet", "--bare", "first", "third.git");
}
