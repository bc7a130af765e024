// Preloaded by `timeProcessor`: leaves what the process has used of the processor, in milliseconds.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.BENCH_PROCESSOR_FILE, String((user + system) / 1000));
});
