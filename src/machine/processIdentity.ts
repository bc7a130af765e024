import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, so that others can tell it from a later one of the same number, and from one of another container. */
export interface ProcessIdentity {
  readonly processId: number;
  /** Within which process ids mean the same: a machine since it was started, and one of its containers. */
  readonly space: string;
  /** When it was started, by the kernel's own clock; absent where that can't be known. */
  readonly started?: string;
}

/** The process that this runs in. */
export function ownIdentity(): ProcessIdentity {
  const started = startOf("self");
  return { processId: process.pid, space: processSpace(), ...(started === undefined ? {} : { started }) };
}

/**
 * Whether a process is still there. `unknown`: it is of another machine or container, or its number may be another's
 * by now.
 */
export function lifeOf(other: ProcessIdentity): "alive" | "dead" | "unknown" {
  if (other.space !== processSpace()) {
    return "unknown";
  }
  if (!isTaken(other.processId)) {
    return "dead";
  }
  const started = seesOwnProcesses() ? startOf(String(other.processId)) : undefined;
  if (started === undefined || other.started === undefined) {
    return "unknown";
  }
  return started === other.started ? "alive" : "dead";
}

function processSpace(): string {
  const kernel = read("/proc/sys/kernel/random/boot_id") ?? process.platform;
  return [hostname(), kernel.trim(), link("/proc/self/ns/pid") ?? ""].join(" ").trim();
}

/** A container may see the list of its machine's processes, in which its own numbers are those of others. */
function seesOwnProcesses(): boolean {
  return link("/proc/self") === String(process.pid);
}

/** The 22nd field of Linux's list; the name, the second, may hold blanks and brackets. */
function startOf(entry: string): string | undefined {
  const status = read(`/proc/${entry}/stat`);
  return status?.slice(status.lastIndexOf(")") + 2).split(" ")[19];
}

function isTaken(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && Reflect.get(error, "code") === "EPERM";
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function link(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}
