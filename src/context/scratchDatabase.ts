import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../database/database";
import { openEmbeddedDatabase } from "../database/embeddedDatabase";
import type { CommandContext } from "./commandContext";

const lockTimeoutMilliseconds = 60_000;

/** An empty embedded PostgreSQL of its own, which closing removes. */
export async function openScratchDatabase(context: CommandContext): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), "alembic-ts-scratch-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const database = await openEmbeddedDatabase({
      directory: join(folder, "database"),
      lockTimeoutMilliseconds,
      signal: context.signal,
      onWaiting: (reason) => context.report({ kind: "waiting", reason }),
    });
    return {
      ...database,
      async close() {
        await database.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
