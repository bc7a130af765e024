/**
 * Add country
 *
 * TypeORM migration AddCountry1701036800001, in src/migrations/1701036800001-AddCountry.ts.
 *
 * Revision ID: 1701036800001
 * Revises: 1700950400001
 * Create Date: 2023-11-26 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701036800001";
export const down_revision: string | string[] | null = "1700950400001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddCountry1701036800001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddCountry1701036800001", "down");
}
