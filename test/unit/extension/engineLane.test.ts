import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import type { RunResponse } from "../../../src/engine/protocol";
import { EngineLane } from "../../../src/extension/engine/engineLane";
import { EngineProcess, EngineStopped } from "../../../src/extension/engine/engineProcess";

describe("EngineLane", () => {
  const started: EngineProcess[] = [];
  let kills = 0;

  /** A lane on the stand-in for the engine, which gives cancelled requests 100 ms. */
  function openLane(): EngineLane<EngineProcess> {
    kills = 0;
    return new EngineLane({
      start: () => {
        const process = new EngineProcess({
          modulePath: join(__dirname, "fakeEngine.mjs"),
          directory: __dirname,
          onProgress: () => undefined,
          onDropQuestion: () => Promise.resolve("cancel"),
          onRenameQuestion: () => Promise.resolve("cancel"),
          onProductionQuestion: () => Promise.resolve(false),
          onOutput: () => undefined,
        });
        started.push(process);
        return process;
      },
      idleTime: 60_000,
      cancelPatience: 100,
      onKill: () => (kills += 1),
    });
  }
  function run(
    lane: EngineLane<EngineProcess>,
    target: string,
    { token } = new CancellationTokenSource(),
    onSent?: () => void,
  ): Promise<RunResponse | undefined> {
    const request = {
      runId: 1,
      configPath: "/shop/alembic.config.ts",
      database: {},
      command: "upgrade",
      options: { target },
    } as const;
    return lane.use<RunResponse>(token, (process) => {
      onSent?.();
      return process.run(request, token);
    });
  }
  /** Starts a run that never answers, and gives it once it has been sent. */
  function hang(
    lane: EngineLane<EngineProcess>,
    source?: CancellationTokenSource,
  ): Promise<{ readonly answer: Promise<RunResponse | undefined> }> {
    return new Promise((resolve) => {
      const answer = run(lane, "hang", source, () => resolve({ answer }));
    });
  }
  const answered = { kind: "ok", result: { kind: "ran", steps: [], heads: ["1"] } };
  afterEach(() => started.splice(0).forEach((process) => process.kill()));

  it("sends what waited behind a killed engine to a new one, in order", async () => {
    const lane = openLane();
    await run(lane, "head");
    const source = new CancellationTokenSource();
    const hanging = await hang(lane, source);
    const waiting = [run(lane, "head"), run(lane, "head")];
    source.cancel();
    assert.equal(await hanging.answer, undefined);
    assert.deepEqual(await Promise.all(waiting), [answered, answered]);
    assert.deepEqual([kills, started.length], [1, 2]);
  });

  it("sends what waited behind a crashed engine to a new one", async () => {
    const lane = openLane();
    const crashing = run(lane, "crash");
    const waiting = run(lane, "head");
    await assert.rejects(crashing, EngineStopped);
    assert.deepEqual(await waiting, answered);
    assert.equal(started.length, 2);
  });

  it("drops a request that is cancelled while it waits, at once", async () => {
    const lane = openLane();
    const first = new CancellationTokenSource();
    const hanging = await hang(lane, first);
    const second = new CancellationTokenSource();
    const waiting = run(lane, "head", second);
    second.cancel();
    assert.equal(await waiting, undefined);
    assert.equal(kills, 0);
    first.cancel();
    assert.equal(await hanging.answer, undefined);
    assert.deepEqual(await run(lane, "head"), answered);
  });

  it("sends nothing more once it is closed", async () => {
    const lane = openLane();
    const hanging = await hang(lane);
    const waiting = run(lane, "head");
    lane.close();
    started[0]?.kill();
    await assert.rejects(hanging.answer, EngineStopped);
    assert.equal(await waiting, undefined);
    assert.equal(started.length, 1);
  });

  it("ends an engine that nobody uses, and starts another one when it is needed again", async () => {
    const ended = new EventEmitter();
    let count = 0;
    const lane = new EngineLane({
      start: () => {
        const name = `engine ${String((count += 1))}`;
        return { isUsable: true, name, stop: () => ended.emit("stop", name), kill: () => undefined };
      },
      idleTime: 0,
      cancelPatience: 100,
      onKill: () => undefined,
    });
    const { token } = new CancellationTokenSource();
    const nameOf = (): Promise<string | undefined> => lane.use(token, ({ name }) => Promise.resolve(name));
    const stopped = once(ended, "stop");
    assert.deepEqual(await Promise.all([nameOf(), nameOf()]), ["engine 1", "engine 1"]);
    assert.deepEqual(await stopped, ["engine 1"]);
    assert.equal(await nameOf(), "engine 2");
    lane.close();
  });
});
