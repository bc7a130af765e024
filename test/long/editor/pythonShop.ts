import { execFile, execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const environment = `import os
from alembic import context
from sqlalchemy import create_engine


def offline():
    context.configure(url=os.environ["SHOP_DATABASE_URL"], literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def online():
    with create_engine(os.environ["SHOP_DATABASE_URL"]).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()


offline() if context.is_offline_mode() else online()
`;

const template = `"""\${message}

Revision ID: \${up_revision}
Revises: \${down_revision | comma,n}
Create Date: \${create_date}

"""
from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}

# revision identifiers, used by Alembic.
revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}


def upgrade():
    \${upgrades if upgrades else "pass"}


def downgrade():
    \${downgrades if downgrades else "pass"}
`;

/** A revision as Alembic's template writes it. */
export function pythonRevision(
  id: string,
  parent: string | undefined,
  message: string,
  { upgrade, downgrade = "pass" }: { readonly upgrade: string; readonly downgrade?: string },
): string {
  const parents = parent === undefined ? "None" : `'${parent}'`;
  return `"""${message}

Revision ID: ${id}
Revises: ${parent ?? ""}
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
    ${downgrade}
`;
}

/** A folder with files in it. */
export interface Workspace {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  read(name: string): string;
  /** The names of the revision files, sorted. */
  revisions(): readonly string[];
  /** What the real `alembic` prints in it. */
  alembic(...args: readonly string[]): Promise<string>;
  remove(): void;
}

/** A shop's project of Python's Alembic, with three revisions of its own, in the folder `shop`. */
export function makeShop(url: string): Workspace {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-python-")));
  const folder = join(parent, "shop");
  const write: Workspace["write"] = (files) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  write({
    "alembic.ini": "[alembic]\nscript_location = migrations\n",
    "migrations/env.py": environment,
    "migrations/script.py.mako": template,
    "migrations/versions/a1_create_users.py": pythonRevision("a1", undefined, "create users", {
      upgrade: "op.create_table('users', sa.Column('id', sa.Integer, primary_key=True))",
      downgrade: "op.drop_table('users')",
    }),
    "migrations/versions/b2_add_email.py": pythonRevision("b2", "a1", "add email", {
      upgrade: "op.add_column('users', sa.Column('email', sa.String(200)))",
      downgrade: "op.drop_column('users', 'email')",
    }),
    "migrations/versions/c3_index_email.py": pythonRevision("c3", "b2", "index email", {
      upgrade: "op.create_index('ix_users_email', 'users', ['email'])",
      downgrade: "op.drop_index('ix_users_email')",
    }),
  });
  return {
    folder,
    write,
    read: (name) => readFileSync(join(folder, name), "utf8"),
    revisions: () =>
      readdirSync(join(folder, "migrations/versions"))
        .filter((name) => name.endsWith(".py"))
        .sort(),
    alembic: async (...args) => {
      const env = { ...process.env, SHOP_DATABASE_URL: url };
      return (await promisify(execFile)("alembic", args, { cwd: folder, env })).stdout;
    },
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/**
 * Python's Alembic is what these tests are about: without it they fail.
 * @throws Error that says what to install
 */
export function requireAlembic(): void {
  try {
    execFileSync("alembic", ["--version"], { stdio: "ignore" });
    execFileSync("/usr/bin/python3", ["-c", "import alembic, psycopg2"], { stdio: "ignore" });
  } catch (error) {
    throw new Error("This test runs the real Alembic. Install it: apt-get install alembic python3-psycopg2", {
      cause: error,
    });
  }
}

/** The processes that run Alembic in a folder. */
export function alembicProcesses(folder: string): readonly string[] {
  return execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(join(folder, "alembic.ini")) && line.includes("alembic"));
}
