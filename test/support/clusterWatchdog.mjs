// Ends a PostgreSQL cluster when the process that started it is gone, however it went: its end of our standard input
// closes with it. Arguments: the cluster's folder.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const [folder] = process.argv.slice(2);

function postmaster() {
  try {
    return Number(readFileSync(join(folder, "data", "postmaster.pid"), "utf8").split("\n", 1)[0]);
  } catch {
    return undefined;
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(name, () => undefined);
}
process.stdin.resume();
process.stdin.on("error", () => undefined);
process.stdin.on("close", async () => {
  const pid = postmaster();
  if (pid !== undefined && signal(pid, "SIGQUIT")) {
    for (let waited = 0; waited < 5_000 && signal(pid, 0); waited += 50) {
      await delay(50);
    }
    signal(pid, "SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
