import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, open, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { DatabaseError } from "../database/databaseError";
import { libpqEnvironment } from "../database/libpqEnvironment";
import type { ServerAttempt } from "../database/serverAttempts";
import { CommandError } from "../context/commandError";

export interface BackupOptions {
  /** How the database that is to be changed was reached; undefined where no server was. */
  readonly server: ServerAttempt | undefined;
  /** Its environment and tenant, where it has them: part of the file's name. */
  readonly label: string | undefined;
  readonly directory: string;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * Dumps a server's database with `pg_dump`, in its custom format, and has `pg_restore` read the dump. The file, which only
 * its owner can read, has its name when it is whole.
 * @returns the file
 * @throws CommandError `backup-failed`: nothing may be changed in a database whose backup failed
 * @throws DatabaseError `cancelled`
 */
export async function backUpDatabase(options: BackupOptions): Promise<string> {
  const { server, directory, signal } = options;
  if (server === undefined) {
    throw new CommandError(
      "backup-failed",
      "Only a PostgreSQL server can be backed up with pg_dump.",
      "Leave out --backup, or copy the database's files yourself.",
    );
  }
  await makeBackupFolder(directory);
  const file = path.join(directory, fileName(options, server.address.database));
  const partial = `${file}.partial`;
  const secrets = await mkdtemp(path.join(tmpdir(), "alembic-ts-backup-"));
  try {
    const variables = await libpqEnvironment(server, secrets);
    await (await open(partial, "wx", 0o600)).close();
    const dump = ["--format=custom", `--file=${partial}`, "--no-password"];
    await runClient("pg_dump", dump, { variables, signal });
    await runClient("pg_restore", ["--list", partial], { variables, signal });
    await rename(partial, file);
    return file;
  } catch (error) {
    throw signal.aborted ? cancelled() : backupError(error);
  } finally {
    await rm(partial, { force: true });
    await rm(secrets, { recursive: true, force: true });
  }
}

/** Dumps hold what the database holds: they are nobody else's, and not for a repository. */
async function makeBackupFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(path.join(directory, ".gitignore"), "*\n", { flag: "wx" }).catch(() => undefined);
}

/** No two are alike, whatever runs at the same time. */
function fileName({ label, now }: BackupOptions, database: string): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, "");
  const parts = [label, database].filter((part) => part !== undefined && part !== "");
  const name = parts.map((part) => part?.replace(/[^\p{L}\p{N}_.-]/gu, "_")).join("-");
  return `${[...name].slice(0, 60).join("")}-${stamp}-${randomBytes(3).toString("hex")}.dump`;
}

interface ClientRun {
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The whole connection goes by the environment: arguments can be seen by everybody on the machine. */
function runClient(
  program: string,
  args: readonly string[],
  { variables, signal }: ClientRun,
): Promise<void> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...Object.fromEntries(own), ...variables },
      stdio: ["ignore", "ignore", "pipe"],
      signal,
    });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString("utf8");
    });
    let failure: Error | undefined;
    child.on("error", (error) => {
      failure = error;
      // What the program started may hold the pipe open after it.
      child.stderr.destroy();
    });
    child.on("close", (code) => {
      if (failure === undefined && code === 0) {
        resolve();
      } else {
        reject(failure ?? new Error(complaint.trim() || `${program} ended with ${String(code)}`));
      }
    });
  });
}

function cancelled(): DatabaseError {
  return new DatabaseError("cancelled", "Cancelled during the backup; nothing was changed.");
}

function backupError(error: unknown): CommandError {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /^spawn (pg_dump|pg_restore) ENOENT$/.exec(message)?.[1];
  if (missing !== undefined) {
    return new CommandError(
      "backup-failed",
      `The backup failed, and nothing was changed: there is no ${missing} on the PATH.`,
      "Install PostgreSQL's client programs (on Debian and Ubuntu: postgresql-client), or leave out --backup.",
    );
  }
  return new CommandError(
    "backup-failed",
    `The backup failed, and nothing was changed: ${message}`,
    /version mismatch/.test(message)
      ? "Install a pg_dump that is at least as new as the server."
      : "Correct that and run the command again, or leave out --backup.",
  );
}
