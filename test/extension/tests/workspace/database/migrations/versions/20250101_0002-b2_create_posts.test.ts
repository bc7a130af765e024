import assert from "node:assert/strict";
import type { RevisionTest } from "alembic-ts";

export async function keepsUsers({ connection, upgrade, downgrade }: RevisionTest): Promise<void> {
  await connection.execute("INSERT INTO users VALUES (1), (2)");
  await upgrade();
  await downgrade();
  assert.deepEqual(await connection.query("SELECT id FROM users ORDER BY id"), [{ id: 1 }, { id: 2 }]);
}

export const seesPosts = async ({ connection, upgrade }: RevisionTest): Promise<void> => {
  await upgrade();
  await connection.execute("INSERT INTO posts VALUES (7)");
  assert.deepEqual(await connection.query("SELECT id FROM posts"), [{ id: 8 }]);
};

export const notATest = 1;
