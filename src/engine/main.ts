import { Socket } from "node:net";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { protocolDescriptor } from "./protocol";
import { serveEngine } from "./serveEngine";

// Not a standard stream: programs that the user's code starts inherit those, read from them and print to them.
const line = new Socket({ fd: protocolDescriptor, readable: true, writable: true });
// The editor is gone, which the end of the line says as well.
line.on("error", () => process.exit(0));

const connection = createMessageConnection(new StreamMessageReader(line), new StreamMessageWriter(line));
serveEngine(connection);
// The editor is gone: nobody waits for an answer any more.
connection.onClose(() => process.exit(0));
connection.listen();
