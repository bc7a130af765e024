/**
 * Add full-text search to content
 *
 * Revision ID: pqr678
 * Revises: mno345
 * Create Date: 2025-10-01 22:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "pqr678";
export const down_revision: string | string[] | null = "mno345";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

/** Add full-text search support. */
export async function upgrade({ op, sql }: Migration): Promise<void> {
  // Add tsvector column with computed value
  await op.addColumn("educational_content", "search_vector", {
    type: "tsvector",
    generated: {
      expression: sql`to_tsvector('english', coalesce(title, '') || ' ' || coalesce(description, '') || ' ' || coalesce(content, ''))`,
      stored: true,
    },
    nullable: true,
  });

  // Add GIN index for fast full-text search
  await op.createIndex("idx_content_search", "educational_content", ["search_vector"], { using: "gin" });
}

/** Remove full-text search. */
export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropIndex("idx_content_search", "educational_content");
  await op.dropColumn("educational_content", "search_vector");
}
