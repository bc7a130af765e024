import type { Database } from "../database/database";
import type { CommandContext } from "./commandContext";

/** An empty embedded PostgreSQL, in memory only; closing it ends it. */
export function openScratchDatabase(context: CommandContext): Promise<Database> {
  return context.embedded.openScratch({
    onWaiting: (reason) => context.report({ kind: "waiting", reason }),
  });
}
