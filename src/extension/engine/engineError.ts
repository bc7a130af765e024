import type { RunFailure } from "../../engine/protocol";

/** Makes a failure of the engine itself look like one of a command, so that it is shown the same way. */
export function engineFailure(
  code: "engine-start" | "engine-stopped",
  message: string,
  hint: string,
): RunFailure {
  return { code, message, hint, location: undefined, sql: undefined };
}
