import { createWriteStream } from "node:fs";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { serveEngine } from "./serveEngine";

const standardOutput = 1;

// The protocol has standard output for itself; what the user's code prints goes to stderr, which the editor logs.
const protocolOutput = createWriteStream("", { fd: standardOutput });
process.stdout.write = process.stderr.write.bind(process.stderr);

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(protocolOutput),
);
serveEngine(connection);
// The editor is gone: nobody waits for an answer any more.
connection.onClose(() => process.exit(0));
connection.listen();
