import assert from "node:assert/strict";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { catalogSnapshot, type CatalogReader } from "../support/catalogSnapshot";
import { copyExample, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";
import { withClient } from "../support/withClient";

/** One of the guide's six patterns, and what the database's own catalogs say of it. */
interface Pattern {
  readonly name: string;
  readonly revision: string;
  /** Run before the upgrade: rows that a data migration changes. */
  readonly rows?: string;
  readonly facts: readonly { readonly query: string; readonly rows: readonly unknown[] }[];
  /** Facts that hold again after the downgrade, beside the catalogs. */
  readonly factsAfterDowngrade?: Pattern["facts"];
}

const columnsOf = (table: string, columns: string): string => `
  SELECT column_name AS name, data_type AS type, udt_name AS udt, character_maximum_length AS length,
         is_nullable AS nullable, column_default AS default, is_generated AS generated
    FROM information_schema.columns
   WHERE table_schema = 'public' AND table_name = '${table}' AND column_name ~ '^(${columns})$'
   ORDER BY ordinal_position`;

const indexesOf = (table: string, names: string): string => `
  SELECT c.relname AS name, m.amname AS method, i.indisunique AS unique,
         pg_get_expr(i.indpred, i.indrelid) AS predicate,
         ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnatts) k) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
   WHERE i.indrelid = 'public.${table}'::regclass AND c.relname ~ '^(${names})$'
   ORDER BY c.relname`;

const statuses = "SELECT email, status FROM users ORDER BY email";
const plain = { length: null, default: null, generated: "NEVER" };

const patterns: readonly Pattern[] = [
  {
    name: "1, a table",
    revision: "abc123",
    facts: [
      {
        query: columnsOf("user_profiles", ".*"),
        rows: [
          { ...plain, name: "id", type: "uuid", udt: "uuid", nullable: "NO" },
          { ...plain, name: "user_id", type: "uuid", udt: "uuid", nullable: "NO" },
          { ...plain, name: "bio", type: "text", udt: "text", nullable: "YES" },
          { ...plain, name: "skills", type: "ARRAY", udt: "_varchar", nullable: "YES" },
          ...["created_at", "updated_at"].map((name) => ({
            ...plain,
            name,
            type: "timestamp with time zone",
            udt: "timestamptz",
            nullable: name === "created_at" ? "NO" : "YES",
            default: "now()",
          })),
        ],
      },
      {
        query: `SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute
                 WHERE attrelid = 'public.user_profiles'::regclass AND attname = 'skills'`,
        rows: [{ type: "character varying(50)[]" }],
      },
      {
        query: `SELECT contype AS kind, conname AS name, confrelid::regclass::text AS references,
                       confdeltype AS on_delete, confupdtype AS on_update,
                       ARRAY(SELECT attname::text FROM unnest(conkey) k JOIN pg_attribute ON attrelid = conrelid AND attnum = k) AS columns
                  FROM pg_constraint WHERE conrelid = 'public.user_profiles'::regclass AND contype <> 'n' ORDER BY contype`,
        rows: [
          {
            kind: "f",
            name: "user_profiles_user_id_fkey",
            references: "users",
            on_delete: "c",
            on_update: "a",
            columns: ["user_id"],
          },
          {
            kind: "p",
            name: "user_profiles_pkey",
            references: "-",
            on_delete: " ",
            on_update: " ",
            columns: ["id"],
          },
          {
            kind: "u",
            name: "uq_user_profiles_user_id",
            references: "-",
            on_delete: " ",
            on_update: " ",
            columns: ["user_id"],
          },
        ],
      },
      {
        query: indexesOf("user_profiles", "idx_.*"),
        rows: [
          {
            name: "idx_user_profiles_user_id",
            method: "btree",
            unique: false,
            predicate: null,
            columns: ["user_id"],
          },
        ],
      },
    ],
  },
  {
    name: "2, columns",
    revision: "def456",
    facts: [
      {
        query: columnsOf("users", "email_verified.*"),
        rows: [
          {
            ...plain,
            name: "email_verified",
            type: "boolean",
            udt: "bool",
            nullable: "NO",
            default: "false",
          },
          {
            ...plain,
            name: "email_verified_at",
            type: "timestamp with time zone",
            udt: "timestamptz",
            nullable: "YES",
          },
        ],
      },
    ],
  },
  {
    name: "3, a composite and a partial index",
    revision: "ghi789",
    facts: [
      {
        query: indexesOf("users", "idx_users_(org_status|active)"),
        rows: [
          {
            name: "idx_users_active",
            method: "btree",
            unique: false,
            predicate: "((status)::text = 'active'::text)",
            columns: ["organization_id", "status"],
          },
          {
            name: "idx_users_org_status",
            method: "btree",
            unique: false,
            predicate: null,
            columns: ["organization_id", "status"],
          },
        ],
      },
    ],
  },
  {
    name: "4, an enum type",
    revision: "jkl012",
    facts: [
      {
        query: `SELECT enumlabel AS label FROM pg_enum WHERE enumtypid = 'public.user_role'::regtype ORDER BY enumsortorder`,
        rows: ["student", "teacher", "admin", "parent"].map((label) => ({ label })),
      },
      {
        query: columnsOf("users", "role"),
        rows: [
          {
            ...plain,
            name: "role",
            type: "USER-DEFINED",
            udt: "user_role",
            nullable: "NO",
            default: "'student'::user_role",
          },
        ],
      },
      {
        query: indexesOf("users", "idx_users_role"),
        rows: [
          { name: "idx_users_role", method: "btree", unique: false, predicate: null, columns: ["role"] },
        ],
      },
    ],
  },
  {
    name: "5, a data migration",
    revision: "mno345",
    rows: `INSERT INTO users (email, full_name, organization_id, status) VALUES
             ('a@x', 'A', gen_random_uuid(), 'enabled'), ('b@x', 'B', gen_random_uuid(), 'disabled'),
             ('c@x', 'C', gen_random_uuid(), 'invited')`,
    facts: [
      {
        query: statuses,
        rows: [
          { email: "a@x", status: "active" },
          { email: "b@x", status: "inactive" },
          { email: "c@x", status: "invited" },
        ],
      },
    ],
    factsAfterDowngrade: [
      {
        query: statuses,
        rows: [
          { email: "a@x", status: "enabled" },
          { email: "b@x", status: "disabled" },
          { email: "c@x", status: "invited" },
        ],
      },
    ],
  },
  {
    name: "6, full-text search",
    revision: "pqr678",
    rows: `INSERT INTO educational_content (organization_id, title, description)
           VALUES (gen_random_uuid(), 'Migrations', 'Learning to migrate')`,
    facts: [
      {
        query: columnsOf("educational_content", "search_vector"),
        rows: [
          {
            ...plain,
            name: "search_vector",
            type: "tsvector",
            udt: "tsvector",
            nullable: "YES",
            generated: "ALWAYS",
          },
        ],
      },
      {
        query: `SELECT attgenerated AS generated, regexp_replace(pg_get_expr(adbin, adrelid), '\\s+', ' ', 'g') AS expression
                  FROM pg_attribute JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                 WHERE attrelid = 'public.educational_content'::regclass AND attname = 'search_vector'`,
        rows: [
          {
            generated: "s",
            expression:
              "to_tsvector('english'::regconfig, (((((COALESCE(title, ''::character varying))::text || ' '::text) || COALESCE(description, ''::text)) || ' '::text) || COALESCE(content, ''::text)))",
          },
        ],
      },
      {
        query: indexesOf("educational_content", "idx_content_search"),
        rows: [
          {
            name: "idx_content_search",
            method: "gin",
            unique: false,
            predicate: null,
            columns: ["search_vector"],
          },
        ],
      },
      {
        query:
          "SELECT title FROM educational_content WHERE search_vector @@ to_tsquery('english', 'learn & migration')",
        rows: [{ title: "Migrations" }],
      },
    ],
  },
];

/** A database as a test reaches it behind the back of the command line. */
interface TestDatabase {
  /** Variables that lead the command line to it. */
  readonly env: Readonly<Record<string, string>>;
  read<Result>(use: (reader: CatalogReader) => Promise<Result>): Promise<Result>;
}

async function serverDatabase(): Promise<TestDatabase> {
  const url = await (await sharedPostgres()).createDatabase();
  return {
    env: { DATABASE_URL: url },
    read: (use) => withClient(url, use),
  };
}

/** The cluster below the project's `.alembic/`, opened between two commands, each of which has it to itself. */
function embeddedDatabase(project: ProjectFolder): TestDatabase {
  return {
    env: {},
    async read(use) {
      const database = await PGlite.create({ dataDir: join(project.path, ".alembic", "database") });
      try {
        return await use(database);
      } finally {
        await database.close();
      }
    },
  };
}

async function checkFacts(reader: CatalogReader, facts: Pattern["facts"]): Promise<void> {
  for (const { query, rows } of facts) {
    assert.deepEqual((await reader.query(query)).rows, rows);
  }
}

const kinds = {
  "on a PostgreSQL server": serverDatabase,
  "on the embedded PostgreSQL": (project: ProjectFolder) => Promise.resolve(embeddedDatabase(project)),
};

/** The guide's six patterns, each up and down, on a database of one kind. */
export function describeGuidePatterns(kind: keyof typeof kinds): void {
  describe(`the guide's patterns ${kind}`, function () {
    this.timeout(180_000);
    let project: ProjectFolder;
    let database: TestDatabase;
    /** The revision before the pattern at hand, and the catalogs there. */
    let previous = "init000";
    let catalogsBefore: string;

    async function migrate(command: "upgrade" | "downgrade", target: string): Promise<void> {
      const result = await project.run([command, target], { env: database.env });
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    }

    before(async () => {
      project = copyExample();
      database = await kinds[kind](project);
      await migrate("upgrade", "init000");
      catalogsBefore = await database.read(catalogSnapshot);
    });
    after(() => project.remove());

    for (const pattern of patterns) {
      it(`goes up and down: ${pattern.name}`, async () => {
        const { rows } = pattern;
        if (rows !== undefined) {
          await database.read((reader) => reader.query(rows));
        }
        await migrate("upgrade", pattern.revision);
        const catalogs = await database.read(async (reader) => {
          await checkFacts(reader, pattern.facts);
          return catalogSnapshot(reader);
        });
        await migrate("downgrade", previous);
        await database.read(async (reader) => {
          assert.equal(await catalogSnapshot(reader), catalogsBefore);
          await checkFacts(reader, pattern.factsAfterDowngrade ?? []);
        });
        // The next pattern's upgrade passes through this one again.
        previous = pattern.revision;
        catalogsBefore = catalogs;
      });
    }
  });
}
