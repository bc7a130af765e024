/**
 * Add users
 *
 * Revision ID: abc123
 * Revises: aaa, bbb
 * Create Date: 2025-10-01 21:15:00
 */

export const revision = "abc123";
export const down_revision: string | string[] | null = ["aaa", "bbb"];
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade(): Promise<void> {}

export async function downgrade(): Promise<void> {}
