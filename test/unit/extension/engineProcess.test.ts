import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import type { ProgressNotification, RunRequest } from "../../../src/engine/protocol";
import { EngineProcess, EngineStopped } from "../../../src/extension/engine/engineProcess";

const request = (target: string): RunRequest<"upgrade"> => ({
  runId: 7,
  configPath: "/shop/alembic.config.ts",
  database: {},
  command: "upgrade",
  options: { target },
});

describe("EngineProcess", () => {
  const started: EngineProcess[] = [];
  const progress: ProgressNotification[] = [];
  let output = "";
  const printed = new EventEmitter();
  const heard = async (text: string): Promise<void> => {
    while (!output.includes(text)) {
      await once(printed, "text");
    }
  };
  const start = (modulePath = join(__dirname, "fakeEngine.mjs")): EngineProcess => {
    progress.length = 0;
    output = "";
    const engine = new EngineProcess({
      modulePath,
      directory: __dirname,
      onProgress: (notification) => progress.push(notification),
      onDropQuestion: () => Promise.resolve("cancel"),
      onRenameQuestion: () => Promise.resolve("cancel"),
      onProductionQuestion: ({ environment }) => Promise.resolve(environment === "confirmed"),
      onOutput: (text) => {
        output += text;
        printed.emit("text");
      },
    });
    started.push(engine);
    return engine;
  };
  const { token } = new CancellationTokenSource();
  const stopped = (reason: EngineStopped["reason"]) => (error: unknown) =>
    error instanceof EngineStopped && error.reason === reason;
  afterEach(() => started.splice(0).forEach((engine) => engine.kill()));

  it("runs as Node, answers, and tells of progress on the way", async () => {
    assert.deepEqual(await start().run(request("head"), token), {
      kind: "ok",
      result: { kind: "ran", steps: [], heads: ["1"] },
    });
    assert.deepEqual(progress, [{ runId: 7, event: { kind: "waiting", reason: "for you" } }]);
  });

  it("lets a debugger attach where a launch configuration names a port, and nowhere else", async () => {
    await start().run(request("print"), token);
    assert.doesNotMatch(output, /Debugger listening/);
    process.env["ALEMBIC_TS_INSPECT_ENGINE"] = "0";
    try {
      await start().run(request("print"), token);
      assert.match(output, /Debugger listening on ws:\/\/127\.0\.0\.1:/);
    } finally {
      delete process.env["ALEMBIC_TS_INSPECT_ENGINE"];
    }
  });

  it("passes on what user code prints", async () => {
    await start().run(request("print"), token);
    assert.match(output, /printed by user code/);
  });

  it("goes on where a program of user code inherits the standard streams, reads and prints", async () => {
    const engine = start();
    assert.equal((await engine.run(request("inherit"), token)).kind, "ok");
    assert.equal((await engine.run(request("head"), token)).kind, "ok");
    assert.match(output, /hello/);
  });

  it("cancels a run that listens", async () => {
    const source = new CancellationTokenSource();
    const answer = start().run(request("wait"), source.token);
    await heard("waiting");
    source.cancel();
    assert.deepEqual(await answer, { kind: "cancelled" });
  });

  it("ends a run that hangs", async () => {
    const engine = start();
    const answer = engine.run(request("hang"), token);
    const failure = assert.rejects(answer, stopped("killed"));
    await heard("hanging");
    engine.kill();
    await failure;
    assert.equal(engine.isUsable, false);
  });

  it("says that the process ended in the middle", async () => {
    const engine = start();
    await assert.rejects(engine.run(request("crash"), token), stopped("exited"));
    assert.equal(engine.isUsable, false);
  });

  it("says that the engine could not be loaded", async () => {
    await assert.rejects(
      start(join(__dirname, "noEngine.mjs")).run(request("head"), token),
      stopped("exited"),
    );
    assert.match(output, /Cannot find module/);
  });

  it("ends by itself when it is told to stop", async () => {
    const engine = start();
    await engine.run(request("head"), token);
    engine.stop();
    assert.equal(engine.isUsable, false);
    await assert.rejects(engine.run(request("head"), token));
  });
});
