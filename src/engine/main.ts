import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { serveEngine } from "./serveEngine";

// Stdout belongs to the protocol; what the user's code prints goes to stderr, which the editor logs.
console.log = console.error;
console.info = console.error;
console.debug = console.error;

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
serveEngine(connection);
// The editor is gone: nobody waits for an answer any more.
connection.onClose(() => process.exit(0));
connection.listen();
