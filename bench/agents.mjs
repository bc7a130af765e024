// How long an agent waits for the MCP server beside Node's own start, and for a plan with its ID beside the same SQL as a script.
// `node bench/agents.mjs`. The goals are 500 ms, and 1.2 times.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { require as requireTypeScript } from "tsx/cjs/api";
import { builtCommandLine } from "./build.mjs";
import { race, timeProgram } from "./measure.mjs";
import { linearRevisions, writeProject } from "./project.mjs";

const commandLine = builtCommandLine();
const count = Number(process.env.BENCH_REVISIONS ?? 1000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

/** Milliseconds until the server has answered the first request. */
function serverReady(cwd) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [commandLine, "mcp"], { cwd, stdio: ["pipe", "pipe", "inherit"] });
    child.on("error", reject);
    child.stdout.once("data", () => {
      const milliseconds = performance.now() - began;
      child.stdin.end();
      child.once("close", () => resolve(milliseconds));
    });
    const params = {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "bench", version: "1" },
    };
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`);
  });
}

function tell(name, value, goal, unit) {
  const mark = value <= goal ? "" : "  (slower)";
  console.log(
    `${name.padEnd(64)} ${value.toFixed(unit === "ms" ? 0 : 2).padStart(7)} ${unit}, goal ${goal}${mark}`,
  );
}

const { startPostgres } = requireTypeScript("../test/support/postgresServer.ts", import.meta.url);
const server = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), "alembic-ts-bench-"));
try {
  writeProject(folder, linearRevisions(count), {
    upgrade: ({ id }) => `  await op.createTable("t_${id}", { columns: { id: { type: "integer" } } });`,
  });
  const env = { DATABASE_URL: await server.createDatabase() };
  const run = (...args) => timeProgram(process.execPath, [commandLine, ...args], { cwd: folder, env });
  // The first runs compile the revisions.
  await run("upgrade", "head", "--plan");
  const medians = await race(
    {
      node: () => timeProgram(process.execPath, ["-e", ""], { cwd: folder }),
      server: () => serverReady(folder),
      script: () => run("upgrade", "base:head", "--sql"),
      heads: () => run("heads"),
      current: () => run("current"),
      plan: () => run("upgrade", "head", "--plan"),
    },
    rounds,
  );
  tell("MCP server until it answers, after Node's start", medians.server - medians.node, 500, "ms");
  // The script opens no database, which is what `current` does beside `heads`.
  const without = medians.script + medians.current - medians.heads;
  tell(
    `plan of ${count} steps with its ID, to the script and opening the database`,
    medians.plan / without,
    1.2,
    "times",
  );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
