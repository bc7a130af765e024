import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { acquireFileLock, type FileLock } from "../../src/database/fileLock";
import { ownIdentity } from "../../src/machine/processIdentity";

const beatMilliseconds = 100;
const patience = 10 * beatMilliseconds;

/** Whether a process of a process-id namespace of its own, as a container's is, can be started here. */
const hasNamespaces = spawnSync("unshare", ["--pid", "--fork", "--kill-child", "true"]).status === 0;

const holderProgram = join(__dirname, "..", "support", "lockHolder.ts");

interface Holder {
  readonly process: ChildProcess;
  tell(line: string): Promise<string>;
}

describe("the lock of the embedded database", function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let started: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-lock-"));
    file = join(folder, "database.lock");
  });
  afterEach(() => {
    for (const child of started) {
      child.kill("SIGCONT");
      child.kill("SIGKILL");
    }
    started = [];
    rmSync(folder, { recursive: true, force: true });
  });

  function acquire(timeoutMilliseconds: number): Promise<FileLock> {
    const { signal } = new AbortController();
    return acquireFileLock({
      file,
      timeoutMilliseconds,
      beatMilliseconds,
      signal,
      onWaiting: () => undefined,
    });
  }
  const isBusy = { name: "DatabaseError", code: "embedded-busy" };

  /** Where no namespace can be made, one that the file only says to be of another. */
  async function start(isElsewhere: boolean): Promise<Holder> {
    const node = [process.execPath, "--import", "tsx", holderProgram, file, String(beatMilliseconds)];
    const namespace = isElsewhere && hasNamespaces ? ["unshare", "--pid", "--fork", "--kill-child"] : [];
    const [command = "", ...args] = [...namespace, ...node];
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    started.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const answer = async (): Promise<string> => String((await lines.next()).value);
    assert.equal(await answer(), "held");
    if (isElsewhere && !hasNamespaces) {
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), space: "another" }));
    }
    return {
      process: child,
      tell(line) {
        child.stdin.write(`${line}\n`);
        return answer();
      },
    };
  }

  it("is kept by a process of another container that is busy computing", async () => {
    const holder = await start(true);
    assert.equal(await holder.tell("compute"), "computing");
    await assert.rejects(acquire(2 * patience), {
      ...isBusy,
      message: /^The embedded database is in use by process \d+ of another container or machine \(.+\)\.$/,
    });
  });

  it("is kept by a process of this machine that is stopped", async () => {
    const holder = await start(false);
    holder.process.kill("SIGSTOP");
    await assert.rejects(acquire(2 * patience), {
      ...isBusy,
      message: `The embedded database is in use by process ${String(holder.process.pid)}.`,
    });
  });

  it("is taken over from a process of this machine that has died, at once", async () => {
    const holder = await start(false);
    holder.process.kill("SIGKILL");
    await once(holder.process, "exit");
    await (await acquire(0)).release();
  });

  it("is taken over from a process of another container that has died", async () => {
    const holder = await start(true);
    holder.process.kill("SIGKILL");
    await once(holder.process, "exit");
    const before = performance.now();
    await (await acquire(4 * patience)).release();
    assert.ok(performance.now() - before >= patience);
  });

  it("is lost by a process that another container's took for dead, which then does no more", async () => {
    const holder = await start(true);
    const processId = hasNamespaces ? childOf(holder.process.pid) : Number(holder.process.pid);
    process.kill(processId, "SIGSTOP");
    const lock = await acquire(4 * patience);
    const text = readFileSync(file, "utf8");
    process.kill(processId, "SIGCONT");
    assert.equal(await holder.tell("check"), "connection-lost");
    assert.equal(await holder.tell("release"), "released");
    assert.equal(readFileSync(file, "utf8"), text);
    await lock.release();
    assert.equal(existsSync(file), false);
  });

  const left = (holder: object): string => JSON.stringify({ ...ownIdentity(), token: "other", ...holder });
  for (const { name, text, timeout } of [
    {
      name: "that has our own number, as in a container that was started anew",
      text: () => left({ started: "1" }),
      timeout: 0,
    },
    { name: "of another container, with our own number", text: () => left({ space: "it" }), timeout: 60_000 },
    { name: "that never wrote to it", text: () => "", timeout: 60_000 },
    { name: "of an earlier version", text: () => String(process.pid), timeout: 60_000 },
  ]) {
    it(`is taken over from a process ${name}`, async () => {
      writeFileSync(file, text());
      // Elsewhere nothing says when a process was started, so that the file's time decides.
      await (await acquire(process.platform === "linux" ? timeout : 60_000)).release();
    });
  }

  it("is given to one at a time of many that find it left behind", async () => {
    writeFileSync(file, left({ space: "another" }));
    // Also the file of one that was killed while it took the lock over.
    writeFileSync(`${file}.next`, left({ space: "another" }));
    let holders = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        const lock = await acquire(60_000);
        holders += 1;
        most = Math.max(most, holders);
        await new Promise((resolve) => setTimeout(resolve, 5));
        holders -= 1;
        await lock.release();
      }),
    );
    assert.equal(most, 1);
    assert.equal(existsSync(file), false);
  });
});

/** The process that `unshare` forked, by its number here. */
function childOf(parent: number | undefined): number {
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(parent)], { encoding: "utf8" });
  return Number(stdout.trim());
}
