import assert from "node:assert/strict";
import type { Client } from "pg";
import { rules } from "../../src/lint/rules/ruleTable";
import { sharedPostgres } from "../support/sharedPostgres";
import { withClient } from "../support/withClient";

/** What the flagged form of a rule does to the tables that are there before it, and what the safe form does. */
interface Claim {
  readonly code: string;
  readonly setup?: string;
  /** Where the rule's own example needs more than a database. */
  readonly flagged?: string;
  readonly safe?: string;
  /** Of each table: the strongest lock, whether it is rewritten, whether its rows are read. */
  readonly does: readonly string[];
  /** Undefined where PostgreSQL refuses the safe form in a transaction, which therefore keeps no lock. */
  readonly safely: readonly string[] | undefined;
}

const heap = "CREATE ACCESS METHOD heap_2 TYPE TABLE HANDLER heap_tableam_handler";
const partitions =
  "CREATE TABLE events (id bigint) PARTITION BY RANGE (id); CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM (1) TO (2)";
const rewritten = ["users: AccessExclusiveLock, rewritten, read"];
const catalogOnly = ["users: AccessExclusiveLock"];
const readUnderLock = ["users: AccessExclusiveLock, read"];

const claims: readonly Claim[] = [
  {
    code: "truncate",
    does: ["events: AccessExclusiveLock, rewritten"],
    safely: ["events: RowExclusiveLock, read"],
  },
  { code: "column-type-rewrites", does: rewritten, safely: catalogOnly },
  { code: "volatile-default-rewrites", does: rewritten, safely: catalogOnly },
  { code: "stored-generated-column-rewrites", does: rewritten, safely: catalogOnly },
  { code: "auto-increment-column-rewrites", does: rewritten, safely: catalogOnly },
  {
    code: "persistence-change-rewrites",
    setup: "ALTER TABLE events SET UNLOGGED",
    does: ["events: AccessExclusiveLock, rewritten, read"],
    safely: ["events: AccessShareLock"],
  },
  {
    code: "storage-move-rewrites",
    setup: heap,
    flagged: "ALTER TABLE events SET ACCESS METHOD heap_2",
    safe: "CREATE TABLE events_2 (LIKE events) USING heap_2",
    does: ["events: AccessExclusiveLock, rewritten, read"],
    safely: ["events: AccessShareLock"],
  },
  { code: "cluster-rewrites", does: rewritten, safely: ["users: ShareUpdateExclusiveLock"] },
  { code: "check-constraint-scans", does: readUnderLock, safely: catalogOnly },
  {
    code: "foreign-key-scans",
    does: ["posts: ShareRowExclusiveLock, read", "users: ShareRowExclusiveLock"],
    safely: ["posts: ShareRowExclusiveLock", "users: ShareRowExclusiveLock"],
  },
  {
    code: "foreign-key-of-new-table",
    setup: "DROP TABLE posts",
    does: ["users: ShareRowExclusiveLock"],
    safely: [],
  },
  {
    code: "unique-constraint-builds-index",
    setup: "CREATE UNIQUE INDEX ix_email ON users (email)",
    does: readUnderLock,
    safely: catalogOnly,
  },
  {
    code: "primary-key-builds-index",
    setup:
      "ALTER TABLE users DROP CONSTRAINT users_pkey, ALTER id SET NOT NULL; CREATE UNIQUE INDEX ix_id ON users (id)",
    does: readUnderLock,
    safely: catalogOnly,
  },
  {
    code: "exclusion-constraint-builds-index",
    setup: "CREATE TABLE bookings (room int4range)",
    flagged: "ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH &&)",
    safe: "CREATE TABLE bookings_2 (room int4range, CONSTRAINT no_overlap EXCLUDE USING gist (room WITH &&))",
    does: ["bookings: AccessExclusiveLock, read"],
    safely: [],
  },
  { code: "not-null-scans", does: readUnderLock, safely: catalogOnly },
  {
    code: "column-with-constraint",
    setup: "ALTER TABLE users DROP COLUMN email CASCADE",
    does: readUnderLock,
    safely: catalogOnly,
  },
  {
    code: "validated-in-same-transaction",
    setup: "ALTER TABLE users ADD CONSTRAINT ck_age CHECK (age >= 0) NOT VALID",
    flagged:
      "ALTER TABLE users ADD CONSTRAINT ck_2 CHECK (age >= 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT ck_2",
    does: readUnderLock,
    safely: ["users: ShareUpdateExclusiveLock, read"],
  },
  {
    code: "domain-constraint-scans",
    setup: "CREATE DOMAIN age AS integer; ALTER TABLE posts ADD COLUMN age age",
    does: ["posts: ShareLock, read"],
    safely: [],
  },
  {
    code: "index-not-concurrent",
    setup: "DROP INDEX ix_users_email",
    does: ["users: ShareLock, read"],
    safely: undefined,
  },
  { code: "drop-index-not-concurrent", does: catalogOnly, safely: undefined },
  { code: "reindex-not-concurrent", does: ["users: ShareLock, read"], safely: undefined },
  {
    code: "detach-partition-not-concurrent",
    setup: `DROP TABLE events; ${partitions}`,
    does: ["events: AccessExclusiveLock", "events_2020: AccessExclusiveLock"],
    safely: undefined,
  },
  {
    code: "attach-partition-scans",
    setup: `DROP TABLE events; ${partitions}; ALTER TABLE events DETACH PARTITION events_2020`,
    does: ["events: ShareUpdateExclusiveLock", "events_2020: AccessExclusiveLock, read"],
    safely: ["events_2020: AccessExclusiveLock"],
  },
  {
    code: "refresh-not-concurrent",
    setup:
      "CREATE MATERIALIZED VIEW totals AS SELECT id FROM users; CREATE UNIQUE INDEX ix_totals ON totals (id)",
    does: ["totals: AccessExclusiveLock, rewritten, read", "users: AccessShareLock, read"],
    safely: ["totals: ExclusiveLock, read", "users: AccessShareLock, read"],
  },
  {
    code: "trigger-locks-table",
    setup: "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
    safe: "CREATE OR REPLACE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
    does: ["users: ShareRowExclusiveLock"],
    safely: [],
  },
  {
    code: "trigger-locks-table",
    setup:
      "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$; CREATE TRIGGER audit BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION audit()",
    flagged: "DROP TRIGGER audit ON users",
    safe: "SELECT 1",
    does: catalogOnly,
    safely: [],
  },
  { code: "row-security-locks-table", safe: "SELECT 1", does: catalogOnly, safely: [] },
  {
    code: "replace-view-locks",
    setup: "CREATE VIEW active_users AS SELECT id FROM users",
    does: ["active_users: AccessExclusiveLock", "users: AccessShareLock"],
    safely: ["users: AccessShareLock"],
  },
  { code: "lock-table", does: catalogOnly, safely: ["users: RowShareLock"] },
  {
    code: "many-tables-locked",
    does: ["posts: AccessExclusiveLock", "users: AccessExclusiveLock"],
    safely: catalogOnly,
  },
];

/** VACUUM runs in no transaction; tests have no server before 11, nor of 19; the others rewrite rows, or say what a type costs later. */
const shownOtherwise = [
  "vacuum-full-rewrites",
  "constant-default-rewrites",
  "merge-or-split-partitions",
  "update-without-where",
  "integer-key",
  "varchar-limit",
];

const tables =
  "CREATE TABLE users (id integer PRIMARY KEY, name text, email varchar(50), age integer, phone text);" +
  "CREATE TABLE posts (id bigint, user_id bigint); CREATE TABLE events (id bigint, created_at date);" +
  "CREATE INDEX ix_users_email ON users (email); INSERT INTO users (id, age, email) VALUES (1, 1, 'a')";

/** From the weakest on (PostgreSQL, "Explicit Locking"). */
const modes =
  "{AccessShareLock,RowShareLock,RowExclusiveLock,ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}";

interface RelationState {
  readonly oid: number;
  readonly name: string;
  readonly file: string | null;
  readonly scans: string;
  readonly lock: string | null;
}

async function relations(client: Client): Promise<readonly RelationState[]> {
  const { rows } = await client.query<RelationState>(
    `SELECT c.oid, c.relname AS name, pg_relation_filenode(c.oid)::text AS file,
       pg_stat_get_xact_numscans(c.oid)::text AS scans,
       (SELECT mode FROM pg_locks WHERE relation = c.oid AND pid = pg_backend_pid()
        ORDER BY array_position($1::text[], mode) DESC LIMIT 1) AS lock
     FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
     ORDER BY c.relname`,
    [modes],
  );
  return rows;
}

/** What SQL does to each table within one transaction; undefined where it is refused there. */
async function effects(client: Client, sql: string): Promise<readonly string[] | undefined> {
  const before = new Map((await relations(client)).map((relation) => [relation.oid, relation]));
  await client.query("BEGIN");
  try {
    await client.query(sql);
    return (await relations(client)).flatMap(({ oid, name, file, scans, lock }) => {
      const old = before.get(oid);
      return old === undefined || lock === null
        ? []
        : [
            [
              `${name}: ${lock}`,
              ...(file === old.file ? [] : ["rewritten"]),
              ...(scans === old.scans ? [] : ["read"]),
            ].join(", "),
          ];
    });
  } catch (error) {
    assert.equal((error as { readonly code?: unknown }).code, "25001", String(error));
    return undefined;
  } finally {
    await client.query("ROLLBACK");
  }
}

describe("what the rules of lint claim about locks, on a server", function () {
  this.timeout(60_000);
  let url = "";

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
  });

  it("are all held against one", () => {
    const shown = new Set([...claims.map(({ code }) => code), ...shownOtherwise]);
    const claiming = rules.filter(({ happens }) => /\b(?:EXCLUSIVE|SHARE) lock|\brewrit/.test(happens));
    assert.ok(claiming.length > 25);
    assert.deepEqual(
      claiming.map(({ code }) => code).filter((code) => !shown.has(code)),
      [],
    );
  });

  for (const [index, { code, setup = "", flagged, safe, does, safely }] of claims.entries()) {
    it(`${code}: ${does.join("; ")}`, async () => {
      const example = rules.find((rule) => rule.code === code)?.example;
      assert.ok(example);
      const schema = `claim_${String(index)}`;
      await withClient(url, async (client) => {
        await client.query(`CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${tables}; ${setup}`);
        assert.deepEqual(
          [await effects(client, flagged ?? example.flagged), await effects(client, safe ?? example.safe)],
          [does, safely],
        );
      });
    });
  }

  it("enum-value-used-in-transaction: a new value is refused until its transaction is committed", async () => {
    await withClient(url, async (client) => {
      await client.query("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE feelings (mood mood)");
      const use = "INSERT INTO feelings VALUES ('fine')";
      await client.query("BEGIN; ALTER TYPE mood ADD VALUE 'fine'");
      await assert.rejects(client.query(use), { code: "55P04" });
      await client.query("ROLLBACK; ALTER TYPE mood ADD VALUE 'fine'");
      await client.query(use);
    });
  });

  it("vacuum-full-rewrites: users is rewritten, and not by VACUUM", async () => {
    await withClient(url, async (client) => {
      await client.query(`CREATE SCHEMA vacuumed; SET search_path = vacuumed; ${tables}`);
      const file = async (): Promise<unknown> =>
        (await client.query("SELECT pg_relation_filenode('users')::text AS file")).rows[0];
      const first = await file();
      await client.query("VACUUM users");
      assert.deepEqual(await file(), first);
      await client.query("VACUUM FULL users");
      assert.notDeepEqual(await file(), first);
    });
  });
});
