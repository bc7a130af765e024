import assert from "node:assert/strict";
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/database/database";
import { embeddedDatabases } from "../../src/database/embeddedDatabase";
import { KeptDatabases, type Schedule } from "../../src/database/keptDatabases";

const idleMilliseconds = 60_000;

/** A clock that a test sets: what is due runs when the test says so. */
class TestClock {
  private waiting: { readonly callback: () => void; readonly milliseconds: number }[] = [];

  readonly schedule: Schedule = (callback, milliseconds) => {
    const entry = { callback, milliseconds };
    this.waiting.push(entry);
    return { stop: () => (this.waiting = this.waiting.filter((other) => other !== entry)) };
  };

  /** Runs what was to run after at most so long. */
  pass(most: number): void {
    const due = this.waiting.filter(({ milliseconds }) => milliseconds <= most);
    this.waiting = this.waiting.filter((entry) => !due.includes(entry));
    for (const { callback } of due) {
      callback();
    }
  }
}

describe("embedded databases that stay open between commands", function () {
  this.timeout(60_000);
  let folder: string;
  let directory: string;
  let lock: string;
  let clock: TestClock;
  let kept: KeptDatabases;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-kept-"));
    directory = join(folder, "database");
    lock = `${directory}.lock`;
    clock = new TestClock();
    kept = new KeptDatabases({ schedule: clock.schedule, idleMilliseconds });
  });
  afterEach(async () => {
    await kept.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const notices: string[] = [];
  const open = (databases: Pick<KeptDatabases, "open"> = kept, timeout = 20_000): Promise<Database> =>
    databases.open({
      directory,
      lockTimeoutMilliseconds: timeout,
      signal: new AbortController().signal,
      onWaiting: () => undefined,
      onNotice: (text) => notices.push(text),
    });
  async function use(...statements: readonly string[]): Promise<readonly unknown[]> {
    const database = await open();
    try {
      const results: unknown[] = [];
      for (const statement of statements) {
        results.push((await database.connection.query(statement))[0]);
      }
      return results;
    } finally {
      await database.close();
    }
  }
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  const startTime = "SELECT pg_postmaster_start_time()::text AS started";

  it("are the same cluster in a session like a new one, whatever a command left behind", async () => {
    const [before] = await use(
      startTime,
      "CREATE TABLE kept AS SELECT 1 AS id",
      "CREATE TEMPORARY TABLE gone (id integer)",
      "SET search_path TO pg_catalog",
      "SET ROLE pg_read_all_data",
      "BEGIN",
    );
    const after = await use(
      startTime,
      "SELECT to_regclass('gone') AS gone, current_user::text AS role, current_setting('search_path') AS path",
      "SELECT id FROM kept",
    );
    assert.deepEqual(after, [before, { gone: null, role: "postgres", path: "public" }, { id: 1 }]);
  });

  it("tell each command its own notices", async () => {
    notices.length = 0;
    const notice = "DO $$ BEGIN RAISE NOTICE 'once'; END $$";
    await use(notice);
    await use(notice);
    assert.deepEqual(notices, ["once", "once"]);
  });

  it("are opened again where what sessions begin with was changed", async () => {
    await use("ALTER SYSTEM SET DateStyle TO 'German'");
    assert.equal(existsSync(lock), false);
    assert.deepEqual(await use("SELECT current_setting('DateStyle') AS style"), [{ style: "German, DMY" }]);
  });

  it("are closed when nobody used them for a while", async () => {
    await use("SELECT 1");
    assert.equal(existsSync(lock), true);
    clock.pass(idleMilliseconds);
    await until(() => !existsSync(lock));
    assert.deepEqual(await use("SELECT 1 AS one"), [{ one: 1 }]);
  });

  it("are given up to another that waits, and not while a command uses them", async () => {
    const database = await open();
    let isOpen = false;
    const other = open(embeddedDatabases).then((opened) => {
      isOpen = true;
      return opened;
    });
    await until(() => existsSync(`${lock}.wanted`));
    clock.pass(1_000);
    await database.connection.run("CREATE TABLE used (id integer)");
    assert.equal(isOpen, false);
    await database.close();
    await (await other).close();
    assert.deepEqual([existsSync(lock), existsSync(`${lock}.wanted`)], [false, false]);
  });

  it("are given up to another that comes while they are idle", async () => {
    await use("SELECT 1");
    const other = open(embeddedDatabases);
    await until(() => existsSync(`${lock}.wanted`));
    clock.pass(1_000);
    await (await other).close();
  });

  it("are opened anew where their folder was taken away", async () => {
    await use("CREATE TABLE kept (id integer)");
    renameSync(directory, `${directory}.old`);
    assert.deepEqual(await use("SELECT to_regclass('kept') AS kept"), [{ kept: null }]);
  });

  it("give an empty scratch database each time, the next of which is ready before it is asked for", async () => {
    for (let round = 0; round < 3; round += 1) {
      const scratch = await kept.openScratch({ onWaiting: () => undefined });
      const [row] = await scratch.connection.query("SELECT to_regclass('scratch') AS scratch");
      assert.deepEqual(row, { scratch: null });
      await scratch.connection.run("CREATE TABLE scratch (id integer); CREATE EXTENSION citext");
      await scratch.close();
      clock.pass(1_000);
    }
  });
});
