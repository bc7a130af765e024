import type { Connection } from "./connection";
import { DatabaseError } from "./databaseError";

const insufficientPrivilege = "42501";

/** What `read` gives, or undefined where the role may not read it; the open transaction goes on. */
export async function unlessForbidden<Result>(
  connection: Connection,
  read: () => Promise<Result>,
): Promise<Result | undefined> {
  await connection.run("SAVEPOINT alembic_reading");
  try {
    const result = await read();
    await connection.run("RELEASE SAVEPOINT alembic_reading");
    return result;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.sqlState !== insufficientPrivilege) {
      throw error;
    }
    await connection.run("ROLLBACK TO SAVEPOINT alembic_reading");
    return undefined;
  }
}
