import type { Connection } from "../../database/connection";

/** Does something of which nothing is to stay: in a transaction of its own, or in a savepoint of the one that is open. */
export async function takenBack<Result>(
  connection: Connection,
  isInTransaction: boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  await connection.run(isInTransaction ? "SAVEPOINT before_scratch" : "BEGIN");
  try {
    return await work();
  } finally {
    await connection.run(isInTransaction ? "ROLLBACK TO SAVEPOINT before_scratch" : "ROLLBACK");
  }
}
