// Projects of revision files for the benchmark, for alembic-ts and for Python's Alembic.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ id: string, down: readonly string[] }} BenchRevision */

/** A line of revisions: r00001, r00002, … @returns {readonly BenchRevision[]} */
export function linearRevisions(count) {
  return Array.from({ length: count }, (_, index) => ({
    id: revisionId(index + 1),
    down: index === 0 ? [] : [revisionId(index)],
  }));
}

/** A ladder of diamonds, each of three revisions: two beside each other, and the merge of both. */
export function diamondRevisions(count) {
  const revisions = [{ id: revisionId(1), down: [] }];
  while (revisions.length < count) {
    const below = revisions.at(-1).id;
    const [left, right, merge] = [1, 2, 3].map((offset) => revisionId(revisions.length + offset));
    revisions.push(
      { id: left, down: [below] },
      { id: right, down: [below] },
      { id: merge, down: [left, right] },
    );
  }
  return revisions.slice(0, count);
}

/** Fifty branches from one base, each as long as the others. */
export function branchedRevisions(count) {
  const branches = 50;
  return Array.from({ length: count }, (_, index) => ({
    id: revisionId(index + 1),
    down: index === 0 ? [] : [revisionId(Math.max(index + 1 - branches, 1))],
  }));
}

function revisionId(number) {
  return `r${String(number).padStart(5, "0")}`;
}

/** Writes a project of alembic-ts; a revision's `upgrade` is the text of its function. */
export function writeProject(folder, revisions, { upgrade = () => "", config = {} } = {}) {
  mkdirSync(join(folder, "migrations", "versions"), { recursive: true });
  writeFileSync(
    join(folder, "alembic.config.json"),
    JSON.stringify({ scriptLocation: "migrations", ...config }),
  );
  writeFileSync(join(folder, "package.json"), "{}");
  for (const revision of revisions) {
    writeFileSync(
      join(folder, "migrations", "versions", `${revision.id}_change.ts`),
      typescriptRevision(revision, upgrade(revision)),
    );
  }
}

function typescriptRevision({ id, down }, upgrade) {
  const parents =
    down.length === 0 ? "null" : down.length === 1 ? JSON.stringify(down[0]) : JSON.stringify(down);
  return `/**
 * change ${id}
 *
 * Revision ID: ${id}
 * Revises: ${down.join(", ")}
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = ${JSON.stringify(id)};
export const down_revision: string | string[] | null = ${parents};
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
${upgrade}
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("t_${id}");
}
`;
}

/** Writes the same project for Python's Alembic. */
export function writeAlembicProject(
  folder,
  revisions,
  { upgrade = () => "    pass", url = "", perMigration = true } = {},
) {
  mkdirSync(join(folder, "migrations", "versions"), { recursive: true });
  writeFileSync(join(folder, "alembic.ini"), "[alembic]\nscript_location = migrations\n");
  writeFileSync(
    join(folder, "migrations", "env.py"),
    `from alembic import context
from sqlalchemy import create_engine

if context.is_offline_mode():
    raise SystemExit("live only")
with create_engine(${JSON.stringify(url)}).connect() as connection:
    context.configure(connection=connection, target_metadata=None, transaction_per_migration=${perMigration ? "True" : "False"})
    with context.begin_transaction():
        context.run_migrations()
`,
  );
  writeFileSync(join(folder, "migrations", "script.py.mako"), "");
  for (const revision of revisions) {
    writeFileSync(
      join(folder, "migrations", "versions", `${revision.id}_change.py`),
      pythonRevision(revision, upgrade(revision)),
    );
  }
}

function pythonRevision({ id, down }, upgrade) {
  const parents =
    down.length === 0
      ? "None"
      : down.length === 1
        ? `'${down[0]}'`
        : `(${down.map((parent) => `'${parent}'`).join(", ")})`;
  return `"""change ${id}

Revision ID: ${id}
Revises: ${down.join(", ")}
Create Date: 2025-10-01 21:15:00
"""
from alembic import op
import sqlalchemy as sa

revision = '${id}'
down_revision = ${parents}
branch_labels = None
depends_on = None


def upgrade():
${upgrade}


def downgrade():
    op.drop_table('t_${id}')
`;
}
