import { randomBytes } from "node:crypto";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A pooler that keeps a server connection for each client, or a few for all, which change hands with transactions. */
export type PoolMode = "session" | "transaction";

export interface FakePooler {
  /** Of the database behind it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Messages of PostgreSQL's protocol, whole ones, out of a stream. */
function messages(onMessage: (type: string, message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const length = rest.readInt32BE(1) + 1;
      onMessage(String.fromCharCode(rest[0] ?? 0), rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

/** The key with which a client may cancel is the pooler's own: that of the server's process belongs to nobody. */
function ownKey(): Buffer {
  const key = Buffer.concat([Buffer.from("K\0\0\0\x0c", "latin1"), randomBytes(8)]);
  key.writeInt32BE(1 + Math.floor(Math.random() * 1_000_000), 5);
  return key;
}

function startupMessage(url: URL): Buffer {
  const parameters = `user\0${url.username}\0database\0${url.pathname.slice(1)}\0\0`;
  const body = Buffer.concat([Buffer.from([0, 3, 0, 0]), Buffer.from(parameters)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

/** Answers the client's wish for encryption, then gives its startup message. */
function greet(client: Socket, onStartup: (message: Buffer) => void): void {
  client.once("data", (chunk: Buffer) => {
    if (chunk.length === 8 && chunk.readInt32BE(4) === 80_877_103) {
      client.write("N");
      greet(client, onStartup);
    } else {
      onStartup(chunk);
    }
  });
}

function relaySession(client: Socket, startup: Buffer, url: URL): Socket {
  const backend = connect(Number(url.port), url.hostname, () => backend.write(startup));
  backend.on(
    "data",
    messages((type, message) => void client.write(type === "K" ? ownKey() : message)),
  );
  backend.on("close", () => client.end());
  client.on("data", (chunk: Buffer) => backend.write(chunk));
  client.on("close", () => backend.end());
  return backend;
}

/** A server connection of a pool, and the client that has it until its transaction ends. */
interface Backend {
  readonly socket: Socket;
  readonly greeting: readonly Buffer[];
  owner: Socket | undefined;
}

/** @param onReady called whenever a transaction has ended */
function openBackend(url: URL, onReady: (backend: Backend) => void): Promise<Backend> {
  return new Promise((resolve) => {
    const greeting: Buffer[] = [];
    let isReady = false;
    const socket = connect(Number(url.port), url.hostname, () => socket.write(startupMessage(url)));
    const backend: Backend = { socket, greeting, owner: undefined };
    socket.on(
      "data",
      messages((type, message) => {
        if (isReady) {
          backend.owner?.write(message);
          if (type === "Z" && message[5] === "I".charCodeAt(0)) {
            backend.owner = undefined;
            onReady(backend);
          }
        } else if (type === "Z") {
          isReady = true;
          resolve(backend);
        } else if (type !== "K") {
          greeting.push(message);
        }
      }),
    );
  });
}

interface Pool {
  readonly backends: readonly Backend[];
  take(client: Socket): void;
}

/** Opens so many server connections, of which each transaction gets the one that was free for longest. */
async function openPool(url: URL, size: number): Promise<Pool> {
  const waiting: { readonly client: Socket; readonly chunks: Buffer[] }[] = [];
  let free: readonly Backend[] = [];
  const begin = (backend: Backend): void => {
    free = [...free.filter((each) => each !== backend), backend];
    for (let [next] = free; next !== undefined && waiting.length > 0; [next] = free) {
      const { socket } = next;
      const first = waiting.shift();
      next.owner = first?.client;
      free = free.slice(1);
      first?.chunks.forEach((chunk) => socket.write(chunk));
    }
  };
  const backends = await Promise.all(Array.from({ length: size }, () => openBackend(url, begin)));
  free = backends;
  const send = (client: Socket, chunk: Buffer): void => {
    const own = backends.find(({ owner }) => owner === client);
    const queued = waiting.find((entry) => entry.client === client);
    if (chunk[0] === "X".charCodeAt(0)) {
      client.end();
    } else if (own !== undefined) {
      own.socket.write(chunk);
    } else if (queued !== undefined) {
      queued.chunks.push(chunk);
    } else {
      waiting.push({ client, chunks: [chunk] });
      const [next] = free;
      if (next !== undefined) {
        begin(next);
      }
    }
  };
  return {
    backends,
    take(client) {
      backends[0]?.greeting.forEach((message) => client.write(message));
      client.write(ownKey());
      client.write(Buffer.from("Z\0\0\0\x05I", "latin1"));
      client.on("data", (chunk: Buffer) => send(client, chunk));
    },
  };
}

/**
 * Starts a pooler before a server that asks for no password, with no more of PgBouncer than tests need.
 * @param size how many server connections transactions share
 */
export async function startFakePooler(serverUrl: string, mode: PoolMode, size = 1): Promise<FakePooler> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const shared = mode === "transaction" ? await openPool(target, size) : undefined;
  shared?.backends.forEach(({ socket }) => sockets.add(socket));
  const server = createServer((client) => {
    sockets.add(client);
    client.on("error", () => client.destroy());
    greet(client, (startup) => {
      if (shared === undefined) {
        sockets.add(relaySession(client, startup, target));
      } else {
        shared.take(client);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async stop() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
