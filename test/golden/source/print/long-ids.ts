/**
 * Add users
 *
 * Revision ID: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
 * Revises: 0123456789abcdef0123456789abcdef
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision =
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
export const down_revision: string | string[] | null =
  "0123456789abcdef0123456789abcdef";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = [
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
];

export async function upgrade({}: Migration): Promise<void> {}

export async function downgrade({}: Migration): Promise<void> {}
