import { spawnSync } from "node:child_process";
import { win32 } from "node:path";

/** What ends a program: this machine, or a test's. */
export interface Ending {
  readonly platform: NodeJS.Platform;
  /** The folder of Windows, from `SystemRoot`. */
  readonly systemRoot: string | undefined;
  /** Node's `process.kill`, for which a negative number is a group. */
  readonly kill: (processId: number, signal: NodeJS.Signals) => void;
  /** Runs a program to its end; its exit code, null where there is no such program. */
  readonly run: (program: string, args: readonly string[]) => number | null;
}

const thisMachine: Ending = {
  platform: process.platform,
  systemRoot: process.env["SystemRoot"],
  kill: (processId, signal) => void process.kill(processId, signal),
  run: (program, args) => spawnSync(program, args, { stdio: "ignore", windowsHide: true }).status,
};

/** Whether what is to be ended with all that it started has to be started as the first of a group. */
export function needsGroup({ platform }: Pick<Ending, "platform"> = thisMachine): boolean {
  return platform !== "win32";
}

/**
 * Signals a program and all that it started: a wrapper that is ended alone would leave the program that it wraps. Windows
 * has no groups and no interruption from outside: there all of them are killed, whatever the signal.
 * @param processId of the first of a group, where there are groups
 */
export function endProcessTree(
  processId: number,
  signal: NodeJS.Signals,
  { platform, systemRoot = "C:\\Windows", kill, run }: Ending = thisMachine,
): void {
  try {
    if (needsGroup({ platform })) {
      kill(-processId, signal);
      return;
    }
    // By its whole path: Windows would look for a bare name in the project's folder first.
    const program = win32.join(systemRoot, "System32", "taskkill.exe");
    if (run(program, ["/PID", String(processId), "/T", "/F"]) !== 0) {
      kill(processId, "SIGKILL");
    }
  } catch {
    // All of them have ended.
  }
}
