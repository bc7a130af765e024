/**
 * Drop *\/ "all" /* `x` \ *\\/
 *
 *   @deprecated
 * * star
 * 日本 __proto__
 *
 * Revision ID: abc123
 * Revises:
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "abc123";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({}: Migration): Promise<void> {}

export async function downgrade({}: Migration): Promise<void> {}
