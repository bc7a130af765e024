import { createServer, type AddressInfo, type Socket } from "node:net";

/** What a broken server does where the first statement comes. */
export type Breakage =
  /** Refuses whoever comes, as PostgreSQL does with a wrong password. */
  | { readonly kind: "refusal"; readonly sqlState: string; readonly message: string }
  | { readonly kind: "reset" }
  | { readonly kind: "silent" }
  /** Says why it ends, as PostgreSQL does with a session that an administrator ends, and hangs up. */
  | { readonly kind: "fatal"; readonly sqlState: string; readonly message: string };

export interface BrokenServer {
  readonly url: string;
  /** How many clients asked to cancel. */
  cancelRequests(): number;
  stop(): Promise<void>;
}

const sslRequest = 80_877_103;
const cancelRequest = 80_877_102;

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type, "latin1"), length, body]);
}

/** Authentication worked, a key to cancel with, and ready for a statement. */
const greeting = Buffer.concat([
  message("R", Buffer.alloc(4)),
  message("K", Buffer.from([0, 0, 0, 1, 0, 0, 0, 2])),
  message("Z", Buffer.from("I")),
]);

function breakOff(client: Socket, breakage: Breakage): void {
  switch (breakage.kind) {
    case "reset":
      client.resetAndDestroy();
      break;
    case "silent":
      break;
    case "refusal":
    case "fatal": {
      const { sqlState, message: text } = breakage;
      client.end(message("E", Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${text}\0\0`)));
      break;
    }
  }
}

/** Starts what looks like a PostgreSQL until the first statement comes. */
export async function startBrokenServer(breakage: Breakage): Promise<BrokenServer> {
  const sockets = new Set<Socket>();
  let cancelled = 0;
  const server = createServer((client) => {
    sockets.add(client);
    client.on("error", () => client.destroy());
    let isGreeted = false;
    client.on("data", (chunk: Buffer) => {
      const code = chunk.length >= 8 ? chunk.readInt32BE(4) : 0;
      if (isGreeted) {
        breakOff(client, breakage);
      } else if (code === sslRequest) {
        client.write("N");
      } else if (code === cancelRequest) {
        cancelled += 1;
        client.end();
      } else if (breakage.kind === "refusal") {
        breakOff(client, breakage);
      } else {
        isGreeted = true;
        client.write(greeting);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://app:secret-word@127.0.0.1:${String(port)}/shop`,
    cancelRequests: () => cancelled,
    async stop() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
