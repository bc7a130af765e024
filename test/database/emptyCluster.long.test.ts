import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { embeddedDatabases } from "../../src/database/embeddedDatabase";
import { readEmptyCluster, writeCluster } from "../../src/database/emptyCluster";

const manifest = join(dirname(require.resolve("@electric-sql/pglite")), "..", "package.json");
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
const program = join(__dirname, "..", "support", "embeddedOpener.ts");

describe("the packed empty cluster", function () {
  this.timeout(120_000);
  let folder: string;
  let packed: string;
  let writeEmptyCluster: (file: string) => Promise<void>;

  before(async () => {
    ({ writeEmptyCluster } = await import("../../scripts/emptyCluster.mjs"));
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-empty-cluster-"));
    packed = join(folder, "emptyCluster.bin");
    await writeEmptyCluster(packed);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is what its header says, and packed again only where it is not", async () => {
    const before = readFileSync(packed);
    await writeEmptyCluster(packed);
    assert.deepEqual(readFileSync(packed), before);
    const entries = (await readEmptyCluster(version, packed)) ?? [];
    const kinds = new Map(entries.map(({ path, content }) => [path, content?.length]));
    assert.deepEqual(
      ["base", "pg_notify", "PG_VERSION", "postgresql.auto.conf", "postmaster.pid"].map((name) => [
        name,
        kinds.has(name),
        kinds.get(name),
      ]),
      [
        ["base", true, undefined],
        ["pg_notify", true, undefined],
        ["PG_VERSION", true, 3],
        ["postgresql.auto.conf", true, 88],
        ["postmaster.pid", false, undefined],
      ],
    );
  });

  it("has no file's bytes twice, and a log of one segment that is nearly empty", async () => {
    const entries = (await readEmptyCluster(version, packed)) ?? [];
    const log = entries.filter(({ path }) => /^pg_wal\/[0-9A-F]{24}$/.test(path));
    const written = log.map(({ content }) => content?.filter((byte) => byte !== 0).length ?? 0);
    assert.ok(log.length === 1 && (written[0] ?? 0) < 4_096, `${written.join(", ")} bytes are in its log`);
    assert.ok(statSync(packed).size < 800_000, `it has ${statSync(packed).size} bytes`);
  });

  it("gives each file bytes of its own", async () => {
    const entries = (await readEmptyCluster(version, packed)) ?? [];
    const twins = ["base/1/PG_VERSION", "base/4/PG_VERSION"].map((name) => {
      const content = entries.find(({ path }) => path === name)?.content;
      assert.ok(content !== undefined, name);
      return content;
    });
    twins[0]?.fill(0);
    assert.equal(Buffer.from(twins[1] ?? []).toString(), "18\n");
  });

  const damages: readonly {
    readonly name: string;
    readonly damage: (bytes: Buffer) => Buffer | undefined;
  }[] = [
    { name: "is missing", damage: () => undefined },
    { name: "is empty", damage: () => Buffer.alloc(0) },
    { name: "was cut off", damage: (bytes) => bytes.subarray(0, bytes.length - 1) },
    { name: "was cut off in its header", damage: (bytes) => bytes.subarray(0, 20) },
    {
      name: "has a changed byte",
      damage: (bytes) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(1_000) ^ 1, 1_000);
        return changed;
      },
    },
    { name: "has no header", damage: () => Buffer.from("null\nnothing") },
  ];
  for (const { name, damage } of damages) {
    it(`is not used where it ${name}`, async () => {
      const file = join(folder, "damaged.bin");
      rmSync(file, { force: true });
      const bytes = damage(readFileSync(packed));
      if (bytes !== undefined) {
        writeFileSync(file, bytes);
      }
      assert.equal(await readEmptyCluster(version, file), undefined);
    });
  }

  it("is not used by another version of PGlite", async () => {
    assert.equal(await readEmptyCluster("0.0.1", packed), undefined);
  });

  it("is written for its owner alone to read", async () => {
    const directory = join(folder, "written");
    writeCluster(directory, (await readEmptyCluster(version, packed)) ?? []);
    const isForOthers = (name: string): boolean => (statSync(join(directory, name)).mode & 0o077) !== 0;
    // Windows knows no such modes: a folder within the user's own is for nobody else.
    const expected = process.platform === "win32";
    assert.deepEqual(["", "base", "PG_VERSION"].map(isForOthers), [expected, expected, expected]);
  });
});

describe("an embedded database that is made", function () {
  this.timeout(120_000);
  let folder: string;
  let directory: string;
  let started: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-embedded-made-"));
    directory = join(folder, ".alembic", "database");
  });
  afterEach(() => {
    for (const child of started) {
      child.kill("SIGKILL");
    }
    started = [];
    rmSync(folder, { recursive: true, force: true });
  });

  function start(): ChildProcess {
    const child = spawn(process.execPath, ["--import", "tsx", program, directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    started.push(child);
    return child;
  }
  const open = () =>
    embeddedDatabases.open({
      directory,
      lockTimeoutMilliseconds: 60_000,
      signal: new AbortController().signal,
      onWaiting: () => undefined,
    });

  it("is whole or not there when the process that makes it is killed", async () => {
    const home = dirname(directory);
    mkdirSync(home);
    const changes = watch(home);
    const maker = start();
    for await (const [, name] of on(changes, "change")) {
      if (name === "database.new") {
        break;
      }
    }
    const ended = once(maker, "exit");
    maker.kill("SIGKILL");
    await ended;
    changes.close();
    assert.equal(existsSync(directory) && !existsSync(join(directory, "PG_VERSION")), false);
    const database = await open();
    const rows = await database.connection.query("SELECT count(*)::integer AS databases FROM pg_database");
    await database.close();
    assert.deepEqual([rows, readdirSync(home).sort()], [[{ databases: 3 }], [".gitignore", "database"]]);
  });

  it("is made once by processes that come at the same time, and used by each in turn", async () => {
    const programs = [start(), start(), start()];
    const outputs = await Promise.all(programs.map(async ({ stdout }) => (stdout ? text(stdout) : "")));
    assert.deepEqual(outputs.map((output) => output.replace("opening\n", "")).sort(), ["1\n", "2\n", "3\n"]);
    assert.deepEqual(readdirSync(dirname(directory)).sort(), [".gitignore", "database"]);
  });

  it("has its contrib modules, whose libraries are compiled when they are first used", async () => {
    const compiler = globalThis as unknown as {
      WebAssembly: { instantiate: (code: object) => Promise<unknown> };
    };
    const { instantiate } = compiler.WebAssembly;
    let libraries = 0;
    compiler.WebAssembly.instantiate = (code, ...rest: readonly unknown[]) => {
      libraries += ArrayBuffer.isView(code) ? 1 : 0;
      return Reflect.apply(instantiate, compiler.WebAssembly, [code, ...rest]) as Promise<unknown>;
    };
    const results: unknown[] = [];
    try {
      const first = await open();
      await first.connection.run("CREATE EXTENSION pgcrypto; CREATE EXTENSION hstore");
      await first.close();
      const second = await open();
      const query = "SELECT encode(digest('a', 'md5'), 'hex') AS digest, ('a=>1'::hstore -> 'a') AS value";
      results.push(...(await second.connection.query(query)));
      await second.close();
    } finally {
      compiler.WebAssembly.instantiate = instantiate;
    }
    assert.deepEqual([results, libraries], [[{ digest: "0cc175b9c0f1b6a831c399e269772661", value: "1" }], 0]);
  });

  it("does not take the place of files that are no database, or the rest of one", async () => {
    mkdirSync(join(directory, "base"), { recursive: true });
    await assert.rejects(open(), {
      name: "DatabaseError",
      code: "embedded-damaged",
      message: `The embedded database in ${directory} can't be opened: the folder contains files, but not PG_VERSION.`,
      hint: "Restore the folder from a backup. To start with an empty database, move its files elsewhere.",
    });
    assert.deepEqual(readdirSync(directory), ["base"]);
    assert.equal(existsSync(`${directory}.lock`), false);
  });

  it("takes the place of an empty folder", async () => {
    mkdirSync(directory, { recursive: true });
    await (await open()).close();
    assert.equal(existsSync(join(directory, "PG_VERSION")), true);
  });
});
