/**
 * Add users
 *
 * Revision ID: it's "so" \
 * Revises: __proto__, a'b, c"d
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = 'it\'s "so" \\ \n';
export const down_revision: string | string[] | null = [
  "__proto__",
  "a'b",
  'c"d',
];
export const branch_labels: string[] | null = ["ünï"];
export const depends_on: string[] | null = null;

export async function upgrade({}: Migration): Promise<void> {}

export async function downgrade({}: Migration): Promise<void> {}
