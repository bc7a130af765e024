import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { runProgram } from "./commandLine";
import { installedBinaries } from "./postgresBinaries";

/**
 * Runs a script that `--sql` printed, as a database's administrator does: `psql -v ON_ERROR_STOP=1`. Where the machine has
 * no psql its statements, each ended by a semicolon and an empty line, are sent one by one.
 * @throws Error with psql's words at the first statement that fails
 */
export async function runScript(url: string, script: string): Promise<void> {
  const psql = installedBinaries()
    .map(({ folder }) => join(folder, process.platform === "win32" ? "psql.exe" : "psql"))
    .find((file) => existsSync(file));
  if (psql === undefined) {
    await sendStatements(url, script);
    return;
  }
  const args = ["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", `--dbname=${url}`];
  const { exitCode, stderr } = await runProgram(psql, args, { cwd: tmpdir() }, script);
  if (exitCode !== 0) {
    throw new Error(`psql ended with ${String(exitCode)}: ${stderr}`);
  }
}

async function sendStatements(url: string, script: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of script.split(/;\n\n/)) {
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}
