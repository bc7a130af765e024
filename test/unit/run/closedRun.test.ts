import assert from "node:assert/strict";
import * as programs from "node:child_process";
import { createServer, type AddressInfo, connect } from "node:net";
import { once } from "node:events";
import { DataSource } from "typeorm";
import { withNetwork } from "../../../src/machine/closedNetwork";
import { withPrograms } from "../../../src/machine/closedPrograms";
import { closed } from "../../../src/run/closedRun";

describe("code of a revision that may connect to nothing", () => {
  it("opens no file of SQLite by a DataSource, and may outside", async () => {
    let opened = 0;
    class Driver {
      constructor() {
        opened += 1;
        throw new Error("opened");
      }
    }
    const open = (): Promise<unknown> =>
      new DataSource({ type: "better-sqlite3", database: ":memory:", driver: Driver }).initialize();
    await assert.rejects(closed({ revision: "a1", because: "scratch", agent: undefined }, open), {
      code: "connects-elsewhere",
      message:
        'Revision a1 opens its own connection to ":memory:" of a DataSource (better-sqlite3): refused, because it runs on a scratch database and must not change another one.',
    });
    assert.equal(opened, 0);
    await assert.rejects(open(), { message: "opened" });
    assert.equal(opened, 1);
  });

  it("reaches no address by a socket, now or later, while others do", async () => {
    const accepted: string[] = [];
    const server = createServer((socket) => {
      socket.on("data", (data) => accepted.push(data.toString()));
      socket.on("error", () => undefined);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const send = async (text: string): Promise<void> => {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.end(text);
      await once(socket, "close");
    };
    const before = connect(port, "127.0.0.1");
    await once(before, "connect");
    const refused = {
      code: "connects-elsewhere",
      message: `Revision a1 opens its own connection to 127.0.0.1:${String(port)}: refused, because only its statements are collected and no database may change.`,
    };
    try {
      const refusing = closed({ revision: "a1", because: "script", agent: undefined }, () => send("inside"));
      await Promise.all([assert.rejects(refusing, refused), send("outside")]);
      const later = closed({ revision: "a1", because: "script", agent: undefined }, () =>
        new Promise((resolve) => setImmediate(resolve)).then(() => send("later")),
      );
      await assert.rejects(later, refused);
      const failed = once(before, "error");
      closed({ revision: "a1", because: "script", agent: undefined }, () =>
        before.write("over one of before"),
      );
      const [error] = (await failed) as readonly Error[];
      assert.equal(error?.message, refused.message);
      await closed({ revision: "a1", because: "script", agent: undefined }, () =>
        withNetwork(() => send("for the project")),
      );
      assert.deepEqual(accepted, ["outside", "for the project"]);
    } finally {
      server.close();
    }
  });

  it("starts no program under an agent, in any of the ways to start one, and any where a person gave the command", async () => {
    const forAgent = { revision: "a1", because: "scratch", agent: "Claude Code" } as const;
    const ways: readonly (() => unknown)[] = [
      () => programs.execFileSync(process.execPath, ["-v"]),
      () => programs.execSync("node -v"),
      () => programs.spawnSync(process.execPath, ["-v"]),
      () => programs.spawn(process.execPath, ["-v"]),
      () => programs.exec("node -v"),
      () => programs.execFile(process.execPath, ["-v"]),
      () => programs.fork("x.js"),
    ];
    for (const start of ways) {
      assert.throws(() => closed(forAgent, start), {
        code: "starts-programs",
        message:
          /^Revision a1 starts \S+: refused, because a coding agent \(Claude Code\) gave the command and a program may change any database\.$/,
      });
    }
    await assert.rejects(
      closed(forAgent, () => Promise.resolve().then(() => programs.execSync("node -v"))),
      { code: "starts-programs" },
    );
    const ofProject = closed(forAgent, () =>
      withPrograms(() => programs.execFileSync(process.execPath, ["-v"])),
    );
    assert.match(String(ofProject), /^v\d/);
    const forPerson = { ...forAgent, agent: undefined };
    assert.match(String(closed(forPerson, () => programs.execFileSync(process.execPath, ["-v"]))), /^v\d/);
    assert.match(String(programs.execFileSync(process.execPath, ["-v"])), /^v\d/);
  });
});
