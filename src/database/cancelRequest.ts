import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import { Connection as WireConnection, type Client } from "pg";

/** How long the server's answer to a request to cancel is waited for. */
const patienceMilliseconds = 5_000;

/** What `pg` has and its types leave out: a connection that sends nothing but a request to cancel. */
interface CancelSender extends EventEmitter {
  readonly stream: Duplex;
  connect(portOrSocket: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * Asks the server to stop the statement that a client's session is running, by PostgreSQL's own CancelRequest
 * (protocol, "Canceling Requests in Progress"): it needs no session of its own, so that a role that has used up its
 * connections can cancel too. Resolves when the server has hung up, which is all the answer there is.
 * @throws Error the server could not be reached in time
 */
export function requestCancel(client: Client): Promise<void> {
  const processId: unknown = Reflect.get(client, "processID");
  const secretKey: unknown = Reflect.get(client, "secretKey");
  if (typeof processId !== "number" || typeof secretKey !== "number") {
    return Promise.reject(new Error("The server gave no key to cancel with."));
  }
  const ssl: unknown = Reflect.get(client, "ssl");
  const sslNegotiation: unknown = Reflect.get(client, "sslNegotiation");
  const sender = Reflect.construct(WireConnection, [{ ssl, sslNegotiation }]) as CancelSender;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => finish(new Error("The server did not answer in time.")),
      patienceMilliseconds,
    );
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      sender.stream.destroy();
      if (error === undefined) {
        resolve();
      } else {
        reject(error);
      }
    };
    const send = (): void => sender.cancel(processId, secretKey);
    const isEncrypted = ssl !== undefined && ssl !== false && ssl !== null;
    sender.on("connect", () => {
      if (!isEncrypted) {
        send();
      } else if (sslNegotiation !== "direct") {
        sender.requestSsl();
      }
    });
    sender.on("sslconnect", send);
    sender.on("error", finish);
    sender.on("end", () => finish());
    const { host, port } = client;
    if (host.startsWith("/")) {
      sender.connect(`${host}/.s.PGSQL.${String(port)}`);
    } else {
      sender.connect(port, host);
    }
  });
}
