import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { protocolDescriptor, runRequest, type RunRequest } from "../../src/engine/protocol";
import { commandLineFile, plainEnvironment, runCommandLine } from "../support/commandLine";
import { createFaultProject } from "../support/faultProject";

describe("the embedded database in the editor's engine", function () {
  this.timeout(60_000);
  const project = createFaultProject({ kind: "transactional", revisions: 3, transactionPerMigration: true });
  const lock = join(project.path, ".alembic", "database.lock");
  let engine: ChildProcess;
  let line: Duplex;
  let send: (request: Pick<RunRequest, "command" | "options">) => Promise<unknown>;

  before(() => {
    engine = spawn(process.execPath, [join(dirname(commandLineFile()), "engine.js")], {
      cwd: project.path,
      env: plainEnvironment(),
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    line = engine.stdio[protocolDescriptor] as Duplex;
    const connection = createMessageConnection(new StreamMessageReader(line), new StreamMessageWriter(line));
    connection.listen();
    const request = { runId: 1, configPath: join(project.path, "alembic.config.json"), database: {} };
    send = async (run) => {
      const response = await connection.sendRequest(runRequest, { ...request, ...run } as RunRequest);
      assert.equal(response.kind, "ok", JSON.stringify(response));
      return response.kind === "ok" ? response.result : undefined;
    };
  });
  after(() => {
    engine.kill("SIGKILL");
    project.remove();
  });

  it("stays open between runs, is given up to the command line, and is closed at the end", async () => {
    await send({ command: "upgrade", options: { target: "+1" } });
    assert.equal(existsSync(lock), true);
    await send({ command: "upgrade", options: { target: "+1" } });
    const other = await runCommandLine(["upgrade", "head"], { cwd: project.path });
    assert.equal(other.exitCode, 0, other.stderr);
    assert.doesNotMatch(other.stderr, /waiting for/i);
    assert.deepEqual(Reflect.get(Object(await send({ command: "status", options: {} })), "rows"), ["r003"]);
    assert.equal(existsSync(lock), true);
    const ended = once(engine, "exit");
    line.end();
    assert.deepEqual(await ended, [0, null]);
    assert.equal(existsSync(lock), false);
    const last = await runCommandLine(["current", "--json"], { cwd: project.path });
    assert.equal(last.exitCode, 0, last.stderr);
  });
});
