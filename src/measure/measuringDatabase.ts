import { randomBytes } from "node:crypto";
import type { CommandContext } from "../context/commandContext";
import { openTarget } from "../context/openTarget";
import { openScratchDatabase } from "../context/scratchDatabase";
import type { Connection } from "../database/connection";
import type { Database } from "../database/database";
import { ConfigError } from "../project/errors";
import { requireReadable } from "../project/normaliseConfig";
import { quoteIdentifier } from "../sql/quote";

/** The comment on a scratch database, by which a later run knows what a killed one has left. */
const mark = "alembic-ts: scratch database of one run, dropped at its end";

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
    await dropAbandoned(shadow.connection);
    await shadow.connection.run(`CREATE DATABASE ${quoteIdentifier(name)}`);
    const url = new URL(target.url);
    url.pathname = `/${name}`;
    const { database } = await openTarget({ ...target, url: url.href }, quiet);
    // Not before it is connected to: who finds the mark and no connection knows that nobody is about to come.
    await shadow.connection.run(`COMMENT ON DATABASE ${quoteIdentifier(name)} IS '${mark}'`);
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

/** Drops the scratch databases of this role that nobody is connected to: a run that was killed could not. */
async function dropAbandoned(connection: Connection): Promise<void> {
  const { rows } = await connection.run(
    `SELECT d.datname FROM pg_catalog.pg_database d
      WHERE d.datname ~ '^alembic_scratch_[0-9a-f]{12}$'
        AND pg_catalog.shobj_description(d.oid, 'pg_database') = '${mark}'
        AND d.datdba = (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = current_user)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)`,
  );
  for (const { datname } of rows) {
    // Another run may be dropping it too. The server refuses to drop what somebody is connected to.
    await connection
      .run(`DROP DATABASE IF EXISTS ${quoteIdentifier(String(datname))}`)
      .catch(() => undefined);
  }
}
