/**
 * Add unique email
 *
 * TypeORM migration AddUniqueEmail1700086400001, in src/migrations/1700086400001-AddUniqueEmail.ts.
 *
 * Revision ID: 1700086400001
 * Revises: 1700000000001
 * Create Date: 2023-11-15 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700086400001";
export const down_revision: string | string[] | null = "1700000000001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddUniqueEmail1700086400001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddUniqueEmail1700086400001", "down");
}
