import assert from "node:assert/strict";
import { endProcessTree } from "../../../src/machine/endProcessTree";

describe("ending a program and what it started", () => {
  const taskkill = ["D:\\Windows\\System32\\taskkill.exe", "/PID", "7", "/T", "/F"];
  const cases = [
    { platform: "linux", signal: "SIGINT", status: 0, done: ["kill -7 SIGINT"] },
    { platform: "darwin", signal: "SIGKILL", status: 0, done: ["kill -7 SIGKILL"] },
    { platform: "win32", signal: "SIGINT", status: 0, done: [taskkill.join(" ")] },
    { platform: "win32", signal: "SIGKILL", status: null, done: [taskkill.join(" "), "kill 7 SIGKILL"] },
    { platform: "win32", signal: "SIGKILL", status: 128, done: [taskkill.join(" "), "kill 7 SIGKILL"] },
  ] as const;
  for (const { platform, signal, status, done } of cases) {
    it(`on ${platform}, by ${signal}${status === 0 ? "" : `, where taskkill ends with ${String(status)}`}`, () => {
      const calls: string[] = [];
      endProcessTree(7, signal, {
        platform,
        systemRoot: "D:\\Windows",
        kill: (processId, name) => void calls.push(`kill ${String(processId)} ${name}`),
        run: (program, args) => {
          calls.push([program, ...args].join(" "));
          return status;
        },
      });
      assert.deepEqual(calls, done);
    });
  }

  it("minds none that have ended", () => {
    const kill = (): never => {
      throw new Error("ESRCH");
    };
    endProcessTree(7, "SIGINT", { platform: "linux", systemRoot: undefined, kill, run: () => 0 });
    endProcessTree(7, "SIGINT", { platform: "win32", systemRoot: undefined, kill, run: () => 1 });
  });
});
