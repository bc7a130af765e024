import assert from "node:assert/strict";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseError } from "../../src/database/databaseError";
import { openSqliteDatabase } from "../../src/database/sqliteDatabase";
import { openSqliteDriver } from "../../src/database/sqliteDriver";
import { openSqliteMemory, sqliteDriverFolder, temporaryFolder } from "../support/sqliteFile";

describe("a connection to SQLite", () => {
  it("gives values as pg does, and takes them", async () => {
    const { connection, close } = await openSqliteMemory("CREATE TABLE t (a, b, c, d, e, f)");
    const values = ["ü", 2, 9223372036854775807n, Buffer.from([0, 255]), true, null];
    assert.deepEqual(await connection.run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", values), {
      rows: [],
      rowCount: 1,
    });
    assert.deepEqual(
      (await connection.query("SELECT * FROM t")).map((row) => ({ ...row })),
      [{ a: "ü", b: 2, c: "9223372036854775807", d: Buffer.from([0, 255]), e: 1, f: null }],
    );
    await close();
  });

  it("takes dates and objects as text, and numbered parameters in any order", async () => {
    const { connection, close } = await openSqliteMemory();
    assert.deepEqual(
      await connection.query("SELECT $2 AS b, $1 AS a, '$1' AS c, $2 AS d", [new Date(0), { x: [1] }]),
      [{ b: '{"x":[1]}', a: "1970-01-01T00:00:00.000Z", c: "$1", d: '{"x":[1]}' }],
    );
    await close();
  });

  it("counts the rows that a statement touched, and gives those that it returns", async () => {
    const { connection, close } = await openSqliteMemory(
      "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)",
    );
    assert.equal((await connection.run("UPDATE t SET a = a + 1 WHERE a > 1")).rowCount, 2);
    assert.deepEqual(await connection.run("DELETE FROM t WHERE a = 4 RETURNING a"), {
      rows: [{ a: 4 }],
      rowCount: 1,
    });
    assert.equal((await connection.run("CREATE TABLE u (a)")).rowCount, 0);
    assert.deepEqual(await connection.run("-- nothing"), { rows: [], rowCount: 0 });
    await close();
  });

  it("does several statements in one text together or not at all", async () => {
    const { connection, query, close } = await openSqliteMemory();
    await assert.rejects(
      connection.run("CREATE TABLE t (a); INSERT INTO none VALUES (1)"),
      /no such table: none/,
    );
    assert.deepEqual(await query("SELECT name FROM sqlite_master"), []);
    await close();
  });

  it("gives each statement of a text its values, and refuses values that are missing or too many", async () => {
    const { connection, query, close } = await openSqliteMemory("CREATE TABLE t (a, b)");
    await connection.run(
      "INSERT INTO t VALUES ($1, $2); INSERT INTO t VALUES ($2, '$1'); DELETE FROM t WHERE 0",
      [1, 2],
    );
    await connection.run("INSERT INTO t VALUES (?, 0); INSERT INTO t VALUES (?, ?)", [3, 4, 5]);
    assert.deepEqual(
      (await query("SELECT a, b FROM t")).map((row): unknown[] => Object.values(Object(row) as object)),
      [
        [1, 2],
        [2, "$1"],
        [3, 0],
        [4, 5],
      ],
    );
    await assert.rejects(
      connection.run("INSERT INTO t VALUES (?, 1); SELECT 1", [1, 2]),
      /1 placeholders, and 2/,
    );
    await assert.rejects(connection.run("DELETE FROM t; SELECT 1", [1]), /0 placeholders, and 1/);
    await assert.rejects(
      connection.run("INSERT INTO t VALUES ($1, $2)", [1]),
      /no value for \$2: 1 were given/,
    );
    await assert.rejects(
      connection.run("INSERT INTO t VALUES ($1, 0)", [() => 1]),
      /type function cannot be used in SQL/,
    );
    await close();
  });

  it("runs what stands behind a comment in a comment", async () => {
    const { connection, query, close } = await openSqliteMemory(
      "CREATE TABLE t (a); INSERT INTO t VALUES (1)",
    );
    await connection.run("/* see /* old */ UPDATE t SET a = 2");
    assert.deepEqual(await query("SELECT a FROM t"), [{ a: 2 }]);
    await close();
  });

  it("names the statement that failed", async () => {
    const { connection, close } = await openSqliteMemory(
      "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)",
    );
    await assert.rejects(connection.run("INSERT INTO t VALUES (?)", [1]), (error) => {
      assert.ok(error instanceof DatabaseError);
      assert.equal(error.code, "statement-failed");
      assert.match(error.message, /UNIQUE constraint failed: t.a/);
      assert.equal(error.sql, "INSERT INTO t VALUES (?)");
      return true;
    });
    await close();
  });

  it("changes nothing, and makes no file, with mode=ro", async () => {
    const folder = temporaryFolder();
    const projectDirectory = sqliteDriverFolder;
    const file = join(folder.path, "kept.db");
    try {
      await assert.rejects(openSqliteDatabase({ file, projectDirectory, isReadOnly: true }), {
        code: "unreachable",
        message: /There is no file .*kept\.db, and mode=ro creates none/,
      });
      const made = await openSqliteDatabase({ file, projectDirectory });
      await made.connection.run("CREATE TABLE t (a)");
      await made.close();
      const kept = await openSqliteDatabase({ file, projectDirectory, isReadOnly: true });
      assert.deepEqual(await kept.connection.query("SELECT * FROM t"), []);
      await assert.rejects(kept.connection.run("INSERT INTO t VALUES (1)"), /readonly/);
      await kept.close();
    } finally {
      folder.remove();
    }
  });

  it("says whether a transaction is open", async () => {
    const { connection, close } = await openSqliteMemory();
    const seen = [];
    for (const text of ["SELECT 1", "BEGIN", "SAVEPOINT a", "ROLLBACK TO a", "COMMIT", "BEGIN", "ROLLBACK"]) {
      await connection.run(text);
      seen.push(connection.isInTransaction?.());
    }
    assert.deepEqual(seen, [false, true, true, true, false, true, false]);
    await close();
  });

  it("stops before the next statement when it is cancelled, and can still roll back", async () => {
    const { connection, query, close } = await openSqliteMemory("CREATE TABLE t (a)");
    await connection.run("BEGIN");
    await connection.run("INSERT INTO t VALUES (1)");
    await connection.cancel();
    await assert.rejects(connection.run("INSERT INTO t VALUES (2)"), { code: "cancelled" });
    await connection.run("ROLLBACK");
    assert.deepEqual(await query("SELECT * FROM t"), []);
    await close();
  });
});

describe("opening a file of SQLite", () => {
  it("makes the file, and refuses a folder that is not there and a file that is no database", async () => {
    const folder = temporaryFolder();
    const open = (name: string) =>
      openSqliteDatabase({ file: join(folder.path, name), projectDirectory: sqliteDriverFolder });
    try {
      await (await open("new.db")).close();
      assert.ok(existsSync(join(folder.path, "new.db")));
      await assert.rejects(open("none/a.db"), { code: "unreachable", message: /its folder doesn't exist/ });
      writeFileSync(join(folder.path, "text.db"), "This is a text and no database.\n".repeat(100));
      await assert.rejects(open("text.db"), { code: "unreachable", message: /file is not a database/ });
    } finally {
      folder.remove();
    }
  });

  it("says what to install where there is no driver", function () {
    const folder = temporaryFolder();
    try {
      const name = openSqliteDriver(":memory:", sqliteDriverFolder).name;
      if (name === "node:sqlite") {
        this.skip();
      }
      assert.throws(() => openSqliteDriver(":memory:", folder.path), {
        code: "driver-missing",
        hint: "Run `npm install better-sqlite3` in the project, or update Node.",
      });
    } finally {
      folder.remove();
    }
  });
});

describe("the lock of a run on SQLite", () => {
  const options = (timeoutMilliseconds: number, onWaiting: (holder: unknown) => void = () => undefined) => ({
    key: "a",
    timeoutMilliseconds,
    signal: new AbortController().signal,
    onWaiting,
  });

  it("keeps a second run out until the first is over, says who has it, and leaves nothing behind", async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, "a.db");
    const open = () => openSqliteDatabase({ file, projectDirectory: sqliteDriverFolder });
    const [first, second] = [await open(), await open()];
    try {
      const lock = await first.lock(options(0));
      await assert.rejects(second.lock(options(0)), {
        code: "lock-timeout",
        message: new RegExp(`process ${String(process.pid)}, alembic-ts, for \\d+ s`),
      });
      let waited: unknown;
      const waiting = second.lock(
        options(60_000, (holder) => {
          waited = holder;
          void lock.release();
        }),
      );
      await (await waiting).release();
      assert.equal(Reflect.get(Object(waited), "processId"), process.pid);
      assert.ok(!existsSync(`${file}.migrating`));
    } finally {
      await first.close();
      await second.close();
      folder.remove();
    }
  });

  it("is one lock, by whichever link the file is reached", async () => {
    const folder = temporaryFolder();
    const [file, link] = [join(folder.path, "a.db"), join(folder.path, "link.db")];
    const open = (path: string) => openSqliteDatabase({ file: path, projectDirectory: sqliteDriverFolder });
    const first = await open(file);
    symlinkSync(file, link);
    const second = await open(link);
    try {
      const lock = await first.lock(options(0));
      await assert.rejects(second.lock(options(0)), { code: "lock-timeout" });
      await lock.release();
    } finally {
      await first.close();
      await second.close();
      folder.remove();
    }
  });

  it("lets one in at a time, of many that come together", async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, "a.db");
    let inside = 0;
    let most = 0;
    try {
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          const database = await openSqliteDatabase({ file, projectDirectory: sqliteDriverFolder });
          const lock = await database.lock(options(60_000));
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setTimeout(resolve, 20));
          inside -= 1;
          await lock.release();
          await database.close();
        }),
      );
      assert.equal(most, 1);
    } finally {
      folder.remove();
    }
  });
});
