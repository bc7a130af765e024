// Runs the post-write hooks as on Windows, and prints the process that would be started for each instead of starting it.
import childProcess from "node:child_process";
import { EventEmitter } from "node:events";
import { createRequire, syncBuiltinESMExports } from "node:module";
import path from "node:path";

const [hooks, file, node] = JSON.parse(process.argv[2]);
const started = [];
childProcess.spawn = (command, args, { windowsVerbatimArguments }) => {
  started.push({ command, args, windowsVerbatimArguments: windowsVerbatimArguments === true });
  const child = new EventEmitter();
  setImmediate(() => child.emit("close", 0, null));
  return child;
};
path.delimiter = path.win32.delimiter;
syncBuiltinESMExports();
Object.defineProperty(process, "platform", { value: "win32" });
process.execPath = node;
process.env.PATHEXT = ".exe;.cmd";
process.env.comspec = "cmd.exe";

const { runPostWriteHooks } = createRequire(import.meta.url)("../../../src/project/runPostWriteHooks.ts");
await runPostWriteHooks(hooks, file);
console.log(JSON.stringify(started));
