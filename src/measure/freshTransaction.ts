import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";

/** What ends with a transaction, other than its locks and settings. */
const keptByTransaction = `
  SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = pg_catalog.pg_my_temp_schema())
    OR EXISTS (SELECT FROM pg_catalog.pg_cursors WHERE NOT is_holdable) AS found`;

/** All that SET and SET LOCAL have changed. */
const sessionSettings = `
  SELECT name, pg_catalog.current_setting(name) AS value FROM pg_catalog.pg_settings
  WHERE source = 'session' AND context IN ('user', 'superuser')
  UNION ALL SELECT 'role', pg_catalog.current_setting('role')`;

/**
 * Commits the transaction of a scratch database and begins the next one, with the settings that this one has. False,
 * and nothing is done, where what follows may need something of it that a commit ends.
 */
export async function beginAnew(connection: Connection): Promise<boolean> {
  const [kept] = await connection.query(keptByTransaction);
  if (kept?.["found"] !== false || !(await areConstraintsMet(connection))) {
    return false;
  }
  const settings = await connection.query(sessionSettings);
  await connection.run("COMMIT AND CHAIN");
  for (const { name, value } of settings) {
    await connection.run(
      "SELECT pg_catalog.set_config($1, $2, true) WHERE pg_catalog.current_setting($1) IS DISTINCT FROM $2",
      [name, value],
    );
  }
  return true;
}

/** Whether what constraints have put off until the commit would let it pass. */
async function areConstraintsMet(connection: Connection): Promise<boolean> {
  await connection.run("SAVEPOINT alembic_measure");
  try {
    await connection.run("SET CONSTRAINTS ALL IMMEDIATE");
    await connection.run("RELEASE SAVEPOINT alembic_measure");
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== "statement-failed") {
      throw error;
    }
    await connection.run("ROLLBACK TO SAVEPOINT alembic_measure");
    await connection.run("RELEASE SAVEPOINT alembic_measure");
    return false;
  }
}
