import type { RunFailure } from "../../engine/protocol";

export type EngineErrorCode = "engine-start" | "engine-stopped" | "forgotten-url";

/** Makes a failure of the engine itself, or of what it needs, look like one of a command, so that it is shown the same way. */
export function engineFailure(code: EngineErrorCode, message: string, hint: string): RunFailure {
  return { code, message, hint, location: undefined, sql: undefined };
}
