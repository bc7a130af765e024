import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { chmod, mkdtemp } from "node:fs/promises";
import { Socket, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { PostgresBinaries } from "./postgresBinaries";

/** How PostgreSQL is told to end: wait for clients, end their sessions, or drop everything as a crash would. */
export type StopMode = "smart" | "fast" | "immediate";

/** A cluster of the tests' own on a port of the loopback. */
export interface PostgresCluster {
  readonly port: number;
  /** Where it has its socket; undefined unless it is encrypted. */
  readonly socketFolder: string | undefined;
  start(): Promise<void>;
  stop(mode: StopMode): Promise<void>;
  /** Stops it for good and removes its folder. */
  remove(): Promise<void>;
}

export interface ClusterOptions {
  /** Whether a commit waits for the disk, as servers do by default. @default false */
  readonly isDurable?: boolean;
  /**
   * Whether it offers TLS, with a certificate of `tls/authority.crt` for `localhost`, and a socket in `socketFolder`; the role
   * `encrypted`, which has no password, is let in by TLS alone. @default false
   */
  readonly isEncrypted?: boolean;
}

const signals: Readonly<Record<StopMode, NodeJS.Signals>> = {
  smart: "SIGTERM",
  fast: "SIGINT",
  immediate: "SIGQUIT",
};

// Durability is not what the tests look at, but a commit must outlive an immediate shutdown: synchronous_commit stays on.
const carelessSettings = ["fsync=off", "full_page_writes=off"];

// Catalog queries are dear on paper and few: compiling one takes ten times as long as running it.
const settings = [
  "listen_addresses=127.0.0.1",
  "max_connections=200",
  "timezone=UTC",
  "log_timezone=UTC",
  "jit=off",
];

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: the account that it takes instead, or undefined where we are not root. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      continue;
    }
  }
  throw new Error("PostgreSQL cannot run as root, and this machine has no account `postgres` or `nobody`.");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("The system gave no port.")),
      );
    });
  });
}

function canRun(program: string, account: Account): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore", ...account });
    return true;
  } catch {
    return false;
  }
}

/** The binaries where the account can reach them: below a home of root's it cannot, so they are copied. */
function reachableBinaries(binaries: PostgresBinaries, folder: string, account: Account | undefined): string {
  if (account === undefined || canRun(join(binaries.folder, "postgres"), account)) {
    return binaries.folder;
  }
  cpSync(dirname(binaries.folder), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  return join(folder, "native", "bin");
}

async function answers(port: number): Promise<boolean> {
  const client = new Client({ host: "127.0.0.1", port, user: "postgres", database: "postgres" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Enough for the databases of a runner's worker, of 8 MB each. */
const roomOfClusters = 4 * 1024 ** 3;

/** Where files are made quickest, because they are never on a disk: each database of a test is some 300 files. */
function quickFolder(): string {
  try {
    const memory = "/dev/shm";
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= roomOfClusters ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function onceEnded(child: ChildProcess): Promise<void> {
  return ended(child) ? Promise.resolve() : new Promise((resolve) => child.once("exit", () => resolve()));
}

/**
 * What `initdb` makes, once for all test runs on this machine: it takes a second of each file of tests otherwise, and a copy a
 * tenth of that.
 */
function freshData(bin: string, account: Account | undefined): string {
  const version = execFileSync(join(bin, "postgres"), ["--version"], { encoding: "utf8", ...account });
  const name = createHash("sha256")
    .update(`${bin}\n${version}\n${String(account?.uid)}`)
    .digest("hex");
  // Not below the tests' cache, which only we may enter.
  const folder = join(tmpdir(), "alembic-ts-clusters");
  const made = join(folder, name.slice(0, 16));
  if (existsSync(made)) {
    return made;
  }
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const making = mkdtempSync(join(folder, "making-"));
  if (account !== undefined) {
    chownSync(making, account.uid, account.gid);
  }
  const initdb = [
    "--pgdata",
    making,
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ];
  execFileSync(join(bin, "initdb"), initdb, { stdio: ["ignore", "ignore", "pipe"], cwd: making, ...account });
  try {
    renameSync(making, made);
  } catch (error) {
    // Another process was faster.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(made)) {
      throw error;
    }
  }
  return made;
}

/** PostgreSQL takes no key that others can read. */
function copyCertificate(data: string, account: Account | undefined): void {
  for (const name of ["server.crt", "server.key"]) {
    const file = join(data, name);
    writeFileSync(file, readFileSync(join(__dirname, "tls", name)), { mode: 0o600 });
    if (account !== undefined) {
      chownSync(file, account.uid, account.gid);
    }
  }
}

/**
 * Makes a cluster in a temporary folder and starts it: loopback only, a free port, superuser `postgres` without a
 * password, every other user with one. It ends with this process, also when that is killed.
 */
export async function createCluster(
  binaries: PostgresBinaries,
  { isDurable = false, isEncrypted = false }: ClusterOptions = {},
): Promise<PostgresCluster> {
  const account = unprivilegedAccount();
  const folder = await mkdtemp(join(isDurable ? tmpdir() : quickFolder(), "alembic-ts-postgres-"));
  const watchdog = spawn(process.execPath, [join(__dirname, "clusterWatchdog.mjs"), folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) {
    watchdog.stdin.unref();
  }
  if (account !== undefined) {
    chownSync(folder, account.uid, account.gid);
  }
  await chmod(folder, 0o700);
  const bin = reachableBinaries(binaries, folder, account);
  const data = join(folder, "data");
  const log = join(folder, "log.txt");
  const template = freshData(bin, account);
  if (account === undefined) {
    cpSync(template, data, { recursive: true });
  } else {
    // The copy has to be the account's, who may not read what is ours.
    execFileSync("cp", ["-R", template, data], { stdio: "ignore", cwd: folder, ...account });
  }
  const forEncrypted = [
    "local all all trust",
    "hostssl all encrypted 127.0.0.1/32 trust",
    "host all encrypted 127.0.0.1/32 reject",
  ];
  writeFileSync(
    join(data, "pg_hba.conf"),
    [
      ...(isEncrypted ? forEncrypted : []),
      "host all postgres 127.0.0.1/32 trust",
      "host all all 127.0.0.1/32 scram-sha-256",
      "",
    ].join("\n"),
  );
  if (isEncrypted) {
    copyCertificate(data, account);
  }
  const chosen = [
    ...settings,
    ...(isDurable ? [] : carelessSettings),
    `unix_socket_directories=${isEncrypted ? folder : ""}`,
    ...(isEncrypted ? ["ssl=on"] : []),
  ];
  const port = await freePort();
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const output = openSync(log, "a");
    const args = ["-D", data, "-p", String(port), ...chosen.flatMap((setting) => ["-c", setting])];
    const child = spawn(join(bin, "postgres"), args, {
      cwd: folder,
      detached: true,
      stdio: ["ignore", output, output],
      ...account,
    });
    closeSync(output);
    child.unref();
    server = child;
    for (let waited = 0; waited < 60_000 && !ended(child); waited += 50) {
      if (await answers(port)) {
        return;
      }
      await delay(50);
    }
    throw new Error(`PostgreSQL from ${bin} did not start:\n${readFileSync(log, "utf8").slice(-4000)}`);
  }

  async function stop(mode: StopMode): Promise<void> {
    if (server !== undefined && !ended(server)) {
      server.ref();
      server.kill(signals[mode]);
      await onceEnded(server);
    }
    server = undefined;
  }

  async function remove(): Promise<void> {
    await stop("immediate");
    watchdog.ref();
    watchdog.stdin?.end();
    await onceEnded(watchdog);
  }

  await start();
  return { port, socketFolder: isEncrypted ? folder : undefined, start, stop, remove };
}
