import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import * as path from "node:path";
import { readServerAddress } from "../database/serverAddress";
import type { DatabaseTarget } from "../project/databaseTarget";
import { CommandError } from "./commandError";

export interface BackupOptions {
  readonly target: DatabaseTarget;
  readonly directory: string;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * Dumps a server's database with `pg_dump`, in its custom format, which `pg_restore` reads.
 * @returns the file
 * @throws CommandError `backup-failed`: nothing may be changed in a database whose backup failed
 */
export async function backUpDatabase(options: BackupOptions): Promise<string> {
  if (options.target.kind !== "server") {
    throw new CommandError(
      "backup-failed",
      "Only a PostgreSQL server can be backed up with pg_dump.",
      "Leave --backup out, or copy the database's files yourself.",
    );
  }
  const address = readServerAddress(options.target.url);
  const stamp = options.now.toISOString().replace(/[-:]/g, "").replace(/\..*$/, "");
  const file = path.join(options.directory, `${address.database.replace(/[^\w.-]/g, "_")}-${stamp}.dump`);
  await mkdir(options.directory, { recursive: true });
  const failure = await runDump(file, address, options.signal);
  if (failure !== undefined) {
    await rm(file, { force: true });
    throw new CommandError(
      "backup-failed",
      `The backup failed, and nothing was changed: ${failure}`,
      "pg_dump must be on the PATH and at least as new as the server.",
    );
  }
  return file;
}

/** The password goes by the environment: arguments can be seen by everybody on the machine. */
function runDump(
  file: string,
  address: ReturnType<typeof readServerAddress>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const args = [
    "--format=custom",
    `--file=${file}`,
    `--host=${address.host}`,
    `--port=${address.port}`,
    `--username=${address.user}`,
    "--no-password",
    `--dbname=${address.database}`,
  ];
  const environment =
    address.password === undefined ? process.env : { ...process.env, PGPASSWORD: address.password };
  return new Promise((resolve) => {
    const child = spawn("pg_dump", args, { env: environment, stdio: ["ignore", "ignore", "pipe"], signal });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString("utf8");
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) =>
      resolve(code === 0 ? undefined : complaint.trim() || `pg_dump ended with ${String(code)}`),
    );
  });
}
