/**
 * Widen names
 *
 * TypeORM migration WidenNames1700864000001, in src/migrations/1700864000001-WidenNames.ts.
 *
 * Revision ID: 1700864000001
 * Revises: 1700777600001
 * Create Date: 2023-11-24 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700864000001";
export const down_revision: string | string[] | null = "1700777600001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("WidenNames1700864000001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("WidenNames1700864000001", "down");
}
