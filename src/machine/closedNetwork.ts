import { AsyncLocalStorage } from "node:async_hooks";
import { Socket } from "node:net";

/** Makes the error of a connection that is refused, which is told where it was to go: `localhost:5432`. */
export type RefuseConnection = (place: string) => Error;

const refusals = new AsyncLocalStorage<RefuseConnection | undefined>();
/** Those without an address are pipes, and stdout may be one. */
const connected = new WeakSet<Socket>();
let isWatched = false;

/**
 * Runs code that may reach nothing outside of this process: whatever it connects, or sends over a connection that was
 * there before, ends with an error, also in what it leaves going on. Programs that it starts are not held. Inside of another
 * call, that one is told too.
 */
export function withoutNetwork<Result>(refuse: RefuseConnection, work: () => Result): Result {
  watchSockets();
  const outer = refusals.getStore();
  const both: RefuseConnection = (place) => {
    outer?.(place);
    return refuse(place);
  };
  return refusals.run(both, work);
}

/** Runs code, inside of `withoutNetwork`, for which that does not count. */
export function withNetwork<Result>(work: () => Result): Result {
  return refusals.run(undefined, work);
}

/** What refuses connections here; undefined where they may be made. */
export function connectionRefusal(): RefuseConnection | undefined {
  return refusals.getStore();
}

interface SocketMethods {
  connect: (this: Socket, ...where: unknown[]) => Socket;
  write: (this: Socket, ...what: unknown[]) => boolean;
}

/** Every driver and client written in JavaScript goes through these two. */
function watchSockets(): void {
  if (isWatched) {
    return;
  }
  isWatched = true;
  const sockets = Socket.prototype as unknown as SocketMethods;
  const { connect, write } = sockets;
  sockets.connect = function (...where) {
    const refuse = refusals.getStore();
    connected.add(this);
    return refuse === undefined ? connect.apply(this, where) : this.destroy(refuse(describePlace(where)));
  };
  sockets.write = function (...what) {
    const refuse = refusals.getStore();
    if (refuse === undefined || !(connected.has(this) || this.remoteAddress !== undefined)) {
      return write.apply(this, what);
    }
    if (!this.destroyed) {
      this.destroy(refuse(describePlace([{ host: this.remoteAddress, port: this.remotePort }])));
    }
    return false;
  };
}

/** Of the arguments of `connect`: a port and a host, a path, or an object with them, which `net` itself puts in a list. */
function describePlace(where: readonly unknown[]): string {
  const [first, second] = where.flat();
  const { path, host, port } =
    typeof first === "object" && first !== null
      ? { path: undefined, host: undefined, port: undefined, ...first }
      : Number.isNaN(Number(first))
        ? { path: first, host: undefined, port: undefined }
        : { path: undefined, host: second, port: first };
  if (typeof path === "string") {
    return path;
  }
  const name = typeof host === "string" ? host : "localhost";
  const isPort = typeof port === "number" || typeof port === "string";
  return isPort ? `${name.includes(":") ? `[${name}]` : name}:${port}` : name;
}
