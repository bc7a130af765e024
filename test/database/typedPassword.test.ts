import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { openTarget } from "../../src/context/openTarget";
import { embeddedDatabases } from "../../src/database/embeddedDatabase";

/** A server that asks for the password in the clear, and has no database for those who know it. */
function passwordServer(password: string): Server {
  const errorMessage = (code: string): Buffer => {
    const fields = Buffer.from(`SFATAL\0C${code}\0Mrefused\0\0`);
    const head = Buffer.from("E\0\0\0\0");
    head.writeInt32BE(fields.length + 4, 1);
    return Buffer.concat([head, fields]);
  };
  return createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      if (data[0] !== "p".charCodeAt(0)) {
        socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
        return;
      }
      const given = data.toString("utf8", 5, data.length - 1);
      socket.end(errorMessage(given === password ? "3D000" : "28P01"));
    });
  });
}

describe("a password that was typed in", () => {
  let server: Server;
  let port: number;
  before(async () => {
    server = passwordServer("typed in");
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  after(() => server.close());

  for (const { title, name, code } of [
    { title: "counts for the database that it is for", name: "shop", code: "no-such-database" },
    { title: "is not sent to another database", name: "other", code: "authentication-failed" },
  ]) {
    it(title, async () => {
      const url = `postgresql://ann:wrong@127.0.0.1:${String(port)}/shop?sslmode=disable`;
      await assert.rejects(
        openTarget(
          { kind: "server", url, source: "the test" },
          {
            report: () => undefined,
            signal: new AbortController().signal,
            embedded: embeddedDatabases,
            config: { directory: __dirname },
            passwords: new Map([[`${name} on 127.0.0.1:${String(port)}`, "typed in"]]),
          },
        ),
        { name: "DatabaseError", code },
      );
    });
  }
});
