import assert from "node:assert/strict";
import type { RevisionTest } from "alembic-ts";

/** Adds users with these values of `status`, and gives the values by the users' names later. */
async function seed({ connection, sql }: RevisionTest, statuses: readonly string[]) {
  for (const status of statuses) {
    await connection.execute(
      sql`INSERT INTO users (email, full_name, organization_id, status)
          VALUES (${`${status}@example.com`}, ${status}, gen_random_uuid(), ${status})`,
    );
  }
  return async () => {
    const rows = await connection.query<{ full_name: string; status: string }>(
      "SELECT full_name, status FROM users",
    );
    return Object.fromEntries(rows.map((row) => [row.full_name, row.status]));
  };
}

export async function renamesStatuses(test: RevisionTest): Promise<void> {
  const statuses = await seed(test, ["enabled", "disabled"]);
  await test.upgrade();
  assert.deepEqual(await statuses(), { enabled: "active", disabled: "inactive" });
  await test.downgrade();
  assert.deepEqual(await statuses(), { enabled: "enabled", disabled: "disabled" });
}

export async function keepsOtherStatuses(test: RevisionTest): Promise<void> {
  const statuses = await seed(test, ["pending"]);
  await test.upgrade();
  assert.deepEqual(await statuses(), { pending: "pending" });
}
