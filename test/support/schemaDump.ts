import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Client } from "pg";
import { catalogSnapshot } from "./catalogSnapshot";

const volatileLines = [/^\\(un)?restrict\b/, /^--/, /^SET /, /^SELECT pg_catalog\.set_config/, /^\s*$/];

/** A dump without the lines that change with the tool or the moment: comments, settings, restrict tokens, blank lines. */
function normalizeDump(dump: string): string {
  const lines = dump.split("\n").filter((line) => !volatileLines.some((pattern) => pattern.test(line)));
  return lines.map((line) => `${line}\n`).join("");
}

/** The schema of a database as `pg_dump` prints it, without owners and grants. Statements follow one another without blank lines. */
export async function dumpWithPgDump(pgDump: string, url: string): Promise<string> {
  const args = ["--schema-only", "--no-owner", "--no-privileges", `--dbname=${url}`];
  const { stdout } = await promisify(execFile)(pgDump, args, { maxBuffer: 256 * 1024 * 1024 });
  return normalizeDump(stdout);
}

/** The schema of a database as the catalog prints it, where no `pg_dump` of the server's version is at hand. */
export async function dumpWithCatalog(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await catalogSnapshot(client);
  } finally {
    await client.end();
  }
}
