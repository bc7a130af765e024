/**
 * Create addresses
 *
 * TypeORM migration CreateAddresses1700950400001, in src/migrations/1700950400001-CreateAddresses.ts.
 *
 * Revision ID: 1700950400001
 * Revises: 1700864000001
 * Create Date: 2023-11-25 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700950400001";
export const down_revision: string | string[] | null = "1700864000001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateAddresses1700950400001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateAddresses1700950400001", "down");
}
