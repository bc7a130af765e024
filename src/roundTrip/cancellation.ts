import type { CommandContext } from "../context/commandContext";
import { DatabaseError } from "../database/databaseError";

/** @throws DatabaseError `cancelled` once the user has cancelled */
export function refuseWhenCancelled({ signal }: CommandContext): void {
  if (signal.aborted) {
    throw new DatabaseError("cancelled", "Cancelled.");
  }
}

/** Lets a cancellation through; every other failure is an outcome. */
export function rethrowCancellation(context: CommandContext, error: unknown): void {
  refuseWhenCancelled(context);
  if (error instanceof DatabaseError && error.code === "cancelled") {
    throw error;
  }
}
