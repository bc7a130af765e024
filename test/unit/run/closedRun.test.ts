import assert from "node:assert/strict";
import { createServer, type AddressInfo, connect } from "node:net";
import { once } from "node:events";
import { DataSource } from "typeorm";
import { withNetwork } from "../../../src/machine/closedNetwork";
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
    await assert.rejects(closed("a1", "scratch", open), {
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
      const refusing = closed("a1", "script", () => send("inside"));
      await Promise.all([assert.rejects(refusing, refused), send("outside")]);
      const later = closed("a1", "script", () =>
        new Promise((resolve) => setImmediate(resolve)).then(() => send("later")),
      );
      await assert.rejects(later, refused);
      const failed = once(before, "error");
      closed("a1", "script", () => before.write("over one of before"));
      const [error] = (await failed) as readonly Error[];
      assert.equal(error?.message, refused.message);
      await closed("a1", "script", () => withNetwork(() => send("for the project")));
      assert.deepEqual(accepted, ["outside", "for the project"]);
    } finally {
      server.close();
    }
  });
});
