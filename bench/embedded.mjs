// Part of `npm run bench:editor`: what the editor's engine takes on the embedded database beside a real server, command by
// command. The engine stays, as it does in the editor. Never fails on time. BENCH_SERVER_URL names the server's database.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const rounds = Number(process.env.BENCH_ROUNDS ?? 10);
const goal = 1.5;

/** The example with an engine of its own. */
function startEngine(databaseUrl) {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-bench-embedded-"));
  const example = join(repository, "examples", "educational-platform");
  cpSync(example, folder, {
    recursive: true,
    filter: (source) => !/node_modules|\.alembic|\.env$/.test(source.slice(example.length)),
  });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, ".env"), `DATABASE_URL=${databaseUrl}\n`);
  const engine = spawn(process.execPath, [join(repository, "dist", "engine.js")], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const line = engine.stdio[3];
  const connection = createMessageConnection(new StreamMessageReader(line), new StreamMessageWriter(line));
  connection.listen();
  const configPath = join(folder, "alembic.config.ts");
  return {
    async run(command, options) {
      const began = performance.now();
      const response = await connection.sendRequest("run", {
        runId: 1,
        configPath,
        database: { url: databaseUrl },
        command,
        options,
      });
      if (response.kind !== "ok") {
        throw new Error(`${command}: ${JSON.stringify(response)}`);
      }
      return performance.now() - began;
    },
    async close() {
      const ended = new Promise((resolve) => engine.once("exit", resolve));
      line.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const commands = [
  ["refresh", "status", {}],
  ["upgrade of one revision", "upgrade", { target: "head" }],
  ["preview of its SQL", "upgrade", { target: "mno345:pqr678", sql: true }],
  ["autogenerate", "revision", { message: "x", autogenerate: true, dryRun: true, noRenames: true }],
  ["downgrade of one revision", "downgrade", { target: "-1" }],
];

/** Milliseconds of each command: the first time, and the median of the others. */
async function measure(databaseUrl) {
  const engine = startEngine(databaseUrl);
  const times = new Map();
  try {
    const began = await engine.run("status", {});
    await engine.run("upgrade", { target: "mno345" });
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, command, options] of commands) {
        times.set(name, [...(times.get(name) ?? []), await engine.run(command, options)]);
      }
    }
    const warm = [...times].map(([name, [, ...others]]) => [name, median(others)]);
    const cold = times.get("autogenerate")?.[0] ?? 0;
    return new Map([["first use", began], ["autogenerate, the first", cold], ...warm]);
  } finally {
    await engine.close();
  }
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const serverUrl = process.env.BENCH_SERVER_URL;
if (serverUrl === undefined) {
  console.log(
    "\nThe embedded database beside a server: set BENCH_SERVER_URL to an empty database to measure it.",
  );
} else {
  const server = await measure(serverUrl);
  const embedded = await measure("embedded:");
  console.log(`\nThe engine's commands, by database (medians of ${rounds - 1}, after the first)`);
  for (const [name, onServer] of server) {
    const onEmbedded = embedded.get(name) ?? 0;
    const isFirst = name.includes("first");
    const verdict = isFirst
      ? `${(onEmbedded - onServer).toFixed(0)} ms more, of 2000: ${onEmbedded - onServer <= 2000 ? "met" : "missed"}`
      : `${(onEmbedded / onServer).toFixed(2)} of ${goal}: ${onEmbedded <= goal * onServer ? "met" : "missed"}`;
    console.log(
      `  ${name.padEnd(28)} server ${onServer.toFixed(0).padStart(6)} ms   embedded ${onEmbedded.toFixed(0).padStart(6)} ms   ${verdict}`,
    );
  }
}
