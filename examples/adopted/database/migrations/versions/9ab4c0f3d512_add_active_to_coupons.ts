/**
 * Add active to coupons
 *
 * Revision ID: 9ab4c0f3d512
 * Revises: 1701641600001
 * Create Date: 2026-11-29 11:14:50
 */
import type { Migration } from "alembic-ts";

export const revision = "9ab4c0f3d512";
export const down_revision: string | string[] | null = "1701641600001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.addColumn("coupons", "active", {
    type: "boolean",
    nullable: false,
    default: true,
  });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropColumn("coupons", "active");
}
