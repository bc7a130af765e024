// Stands in for the engine: what it does is the command's target.
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
connection.onRequest("run", async ({ runId, options }, token) => {
  switch (options.target) {
    case "crash":
      process.exit(3);
      break;
    case "hang":
      for (;;) {
        // Deaf to everything, as an endless loop in a migration is.
      }
    case "wait":
      if (!token.isCancellationRequested) {
        await new Promise((resolve) => token.onCancellationRequested(resolve));
      }
      return { kind: "cancelled" };
    case "print":
      console.error("printed by user code");
      break;
  }
  await connection.sendNotification("progress", { runId, event: { kind: "waiting", reason: "for you" } });
  return { kind: "ok", result: { kind: "ran", steps: [], heads: [process.env.ELECTRON_RUN_AS_NODE] } };
});
connection.onClose(() => process.exit(0));
connection.listen();
