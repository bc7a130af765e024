import { Socket } from "node:net";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { KeptDatabases } from "../database/keptDatabases";
import { protocolDescriptor } from "./protocol";
import { serveEngine } from "./serveEngine";

// Not a standard stream: programs that the user's code starts inherit those, read from them and print to them.
const line = new Socket({ fd: protocolDescriptor, readable: true, writable: true });
const embedded = new KeptDatabases();

/** The editor is gone, and nobody waits for an answer any more. */
function end(): void {
  void embedded.close().finally(() => process.exit(0));
}

// The end of the line says it as well.
line.on("error", end);

const connection = createMessageConnection(new StreamMessageReader(line), new StreamMessageWriter(line));
serveEngine(connection, embedded);
connection.onClose(end);
connection.listen();

// Without an export, the bundler takes this for CommonJS, and each module that it imports for one that is to be run late.
export {};
