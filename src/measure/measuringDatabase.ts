import { randomBytes } from "node:crypto";
import type { CommandContext } from "../context/commandContext";
import { openTarget } from "../context/openTarget";
import { openScratchDatabase } from "../context/scratchDatabase";
import type { Database } from "../database/database";
import { ConfigError } from "../project/errors";
import { requireReadable } from "../project/normaliseConfig";
import { quoteIdentifier } from "../sql/quote";

/**
 * An empty PostgreSQL database to measure on, gone when it is closed: embedded, or where the config has a `shadowUrl` a new
 * database of its own on that server. The shadow database itself is left alone.
 * @throws ConfigError, DatabaseError
 */
export async function openMeasuringDatabase(context: CommandContext): Promise<Database> {
  requireReadable(context.config, "shadowUrl");
  const { shadowUrl } = context.config;
  return shadowUrl === undefined ? openScratchDatabase(context) : openBeside(context, shadowUrl);
}

async function openBeside(context: CommandContext, shadowUrl: string): Promise<Database> {
  const target = await context.readUrl(shadowUrl, "the config's shadowUrl");
  if (target.kind !== "server" || !URL.canParse(target.url)) {
    throw new ConfigError("config-invalid", "shadowUrl does not name a PostgreSQL server.", {
      file: context.config.configPath,
      key: "shadowUrl",
      hint: "Write it as postgresql://user@host/database, or remove it to use the embedded PostgreSQL.",
    });
  }
  const quiet = { ...context, report: () => undefined };
  const name = `alembic_scratch_${randomBytes(6).toString("hex")}`;
  const shadow = (await openTarget(target, quiet)).database;
  const drop = async (): Promise<void> => {
    try {
      await shadow.connection.run(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)}`);
    } finally {
      await shadow.close();
    }
  };
  try {
    await shadow.connection.run(`CREATE DATABASE ${quoteIdentifier(name)}`);
    const url = new URL(target.url);
    url.pathname = `/${name}`;
    const { database } = await openTarget({ ...target, url: url.href }, quiet);
    return {
      ...database,
      async close() {
        await database.close();
        await drop();
      },
    };
  } catch (error) {
    await drop().catch(() => undefined);
    throw error;
  }
}
