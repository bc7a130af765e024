// Stands in for the engine: what it does is the command's target.
import { execFileSync } from "node:child_process";
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const line = new Socket({ fd: 3, readable: true, writable: true });
const connection = createMessageConnection(new StreamMessageReader(line), new StreamMessageWriter(line));
connection.onRequest("run", async ({ runId, options }, token) => {
  switch (options.target) {
    case "crash":
      process.exit(3);
      break;
    case "hang":
      writeSync(2, "hanging\n");
      for (;;) {
        // Deaf to everything, as an endless loop in a migration is.
      }
    case "wait":
      console.error("waiting");
      if (!token.isCancellationRequested) {
        await new Promise((resolve) => token.onCancellationRequested(resolve));
      }
      return { kind: "cancelled" };
    case "print":
      console.error("printed by user code");
      break;
    case "inherit":
      // Reads what it is given to the end, and prints what would be the protocol's.
      execFileSync(
        process.execPath,
        ["-e", 'require("fs").readFileSync(0); console.log("Content-Length: 5\\r\\n\\r\\nhello")'],
        { stdio: "inherit" },
      );
      break;
  }
  await connection.sendNotification("progress", { runId, event: { kind: "waiting", reason: "for you" } });
  return { kind: "ok", result: { kind: "ran", steps: [], heads: [process.env.ELECTRON_RUN_AS_NODE] } };
});
connection.onClose(() => process.exit(0));
connection.listen();
