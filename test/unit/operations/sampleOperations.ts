import type { Operations } from "../../../src/operations/operations";
import type { SqlTag } from "../../../src/operations/sqlFragment";

/** One call of each kind and of each notable form; each runs by itself after `setup` on an empty database. */
export interface Sample {
  readonly title: string;
  readonly setup?: string;
  readonly call: (op: Operations, sql: SqlTag) => Promise<void>;
}

const users = "CREATE TABLE users (id bigint PRIMARY KEY, name text, status text, age text, org_id bigint)";
const booking = "CREATE EXTENSION btree_gist; CREATE TABLE booking (room int, period tsrange)";
const events = "CREATE TABLE events (at date, kind text) PARTITION BY RANGE (at)";
const mood = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')";
const moody = `${mood}; CREATE TABLE t (m mood DEFAULT 'ok', ms mood[])`;
const view = "CREATE TABLE users (id bigint, name text); CREATE VIEW v AS SELECT id FROM users";

export const samples: readonly Sample[] = [
  {
    title: "user_profiles of the guide",
    setup: "CREATE TABLE users (id uuid PRIMARY KEY)",
    call: (op, sql) =>
      op.createTable("user_profiles", {
        columns: {
          id: { type: "uuid", primaryKey: true },
          user_id: { type: "uuid", nullable: false },
          bio: { type: "text" },
          skills: { type: "varchar(50)[]" },
          created_at: { type: "timestamptz", default: sql`now()`, nullable: false },
          updated_at: { type: "timestamptz", default: sql`now()` },
        },
        foreignKeys: [
          { columns: ["user_id"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" },
        ],
        uniques: [{ columns: ["user_id"], name: "uq_user_profiles_user_id" }],
      }),
  },
  {
    title: "table with every column option",
    setup: "CREATE SCHEMA app; CREATE TABLE app.orgs (id bigint PRIMARY KEY)",
    call: (op, sql) =>
      op.createTable("people", {
        schema: "app",
        columns: {
          id: { type: "bigint", primaryKey: true, identity: "always" },
          number: { type: "integer", identity: { start: 10, increment: 5 } },
          org_id: { type: "bigint", references: "app.orgs.id", unique: true },
          email: { type: "text", unique: "uq_people_email", collation: "C", nullable: false },
          tags: { type: "text[]", default: ["a", "b c", 'd"e', "f\\g"] },
          settings: { type: "jsonb", default: { theme: "dark", sizes: [1, 2] }, nullable: false },
          price: { type: "numeric(10,2)", default: 0, check: sql`price >= 0` },
          active: { type: "boolean", default: true, comment: "it's on" },
          doubled: { type: "numeric", generatedAs: sql`price * 2` },
          born: { type: "date", default: "2000-01-01" },
        },
        checks: [{ name: "ck_people_number", condition: sql`number > 0` }],
        comment: "People",
        with: { fillfactor: 70 },
      }),
  },
  {
    title: "composite key, exclude, unlogged",
    setup: "CREATE EXTENSION btree_gist",
    call: (op, sql) =>
      op.createTable("t", {
        columns: { a: { type: "serial" }, b: { type: "integer" }, period: { type: "tsrange" } },
        primaryKey: { name: "pk_t", columns: ["b", "a"] },
        excludes: [
          {
            name: "ex_t",
            using: "gist",
            elements: [
              ["b", "="],
              ["period", "&&"],
            ],
            where: sql`b > 0`,
            deferrable: true,
            initially: "deferred",
          },
        ],
        unlogged: true,
      }),
  },
  {
    title: "columns whose names look like numbers",
    call: (op) =>
      op.createTable("Odd Table", {
        columns: [
          { name: "b", type: "integer", primaryKey: true },
          { name: "1", type: "integer" },
          { name: 'quo"te', type: "integer" },
        ],
      }),
  },
  {
    title: "partitioned table",
    call: (op) =>
      op.createTable("events", {
        columns: { at: { type: "date", nullable: false }, kind: { type: "text" } },
        partitionBy: { strategy: "range", columns: ["at"] },
      }),
  },
  {
    title: "partition",
    setup: events,
    call: (op, sql) => op.createPartition("e25", "events", { from: [sql`MINVALUE`], to: ["2026-01-01"] }),
  },
  {
    title: "attach a partition",
    setup: `${events}; CREATE TABLE e24 (at date, kind text)`,
    call: (op) => op.attachPartition("events", "e24", { from: ["2024-01-01"], to: ["2025-01-01"] }),
  },
  {
    title: "detach a partition",
    setup: `${events}; CREATE TABLE e24 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
    call: (op) =>
      op.detachPartition("events", "e24", {
        concurrently: true,
        was: { from: ["2024-01-01"], to: ["2025-01-01"] },
      }),
  },
  {
    title: "detach a partition in a transaction",
    setup: `${events}; CREATE TABLE e24 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
    call: (op) => op.detachPartition("events", "e24", { was: { from: ["2024-01-01"], to: ["2025-01-01"] } }),
  },
  {
    title: "merge partitions",
    setup: `${events}; CREATE TABLE e24 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); CREATE TABLE e25 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
    call: (op) =>
      op.mergePartitions("events", ["e24", "e25"], "e24_to_25", {
        was: {
          e24: { from: ["2024-01-01"], to: ["2025-01-01"] },
          e25: { from: ["2025-01-01"], to: ["2026-01-01"] },
        },
      }),
  },
  {
    title: "merge partitions of another schema, without what they held",
    setup:
      "CREATE SCHEMA app; CREATE TABLE t (a integer) PARTITION BY LIST (a); CREATE TABLE app.p PARTITION OF t FOR VALUES IN (1); CREATE TABLE app.q PARTITION OF t FOR VALUES IN (2)",
    call: (op) => op.mergePartitions("t", ["p", "q"], "p", { partitionSchema: "app" }),
  },
  {
    title: "split a partition",
    setup: `${events}; CREATE TABLE e25 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
    call: (op) =>
      op.splitPartition("events", "e25", {
        e25_h1: { from: ["2025-01-01"], to: ["2025-07-01"] },
        e25_h2: { from: ["2025-07-01"], to: ["2026-01-01"] },
      }),
  },
  { title: "repack a table", setup: users, call: (op) => op.repack("users") },
  {
    title: "repack a table in the order of an index, in use",
    setup: users,
    call: (op) => op.repack("users", { usingIndex: "users_pkey", concurrently: true, analyze: true }),
  },
  {
    title: "repack a table in its order",
    setup: `${users}; ALTER TABLE users CLUSTER ON users_pkey`,
    call: (op) => op.repack("users", { usingIndex: true }),
  },
  {
    title: "drop a table",
    setup: "CREATE TABLE t (id integer PRIMARY KEY, note text)",
    call: (op) =>
      op.dropTable("t", {
        was: { columns: { id: { type: "integer", primaryKey: true }, note: { type: "text" } } },
      }),
  },
  { title: "rename a table", setup: users, call: (op) => op.renameTable("users", "people") },
  {
    title: "comment a table",
    setup: users,
    call: (op) => op.createTableComment("users", 'it\'s a "table"\nof two lines', { existingComment: null }),
  },
  {
    title: "remove a table's comment",
    setup: `${users}; COMMENT ON TABLE users IS 'old'`,
    call: (op) => op.dropTableComment("users", { existingComment: "old" }),
  },
  {
    title: "add email_verified",
    setup: users,
    call: (op) =>
      op.addColumn("users", "email_verified", { type: "boolean", nullable: false, default: false }),
  },
  {
    title: "add a column with all its constraints",
    setup: "CREATE TABLE orgs (id bigint PRIMARY KEY); CREATE TABLE users (name text)",
    call: (op, sql) =>
      op.addColumn("users", "org_id", {
        type: "bigint",
        unique: true,
        check: { condition: sql`org_id > 0`, name: "ck_users_org" },
        references: { table: "orgs", column: "id", onDelete: "set null", deferrable: true },
        comment: "where they work",
      }),
  },
  {
    title: "search vector of the guide",
    setup: "CREATE TABLE educational_content (title text, description text, content text)",
    call: (op, sql) =>
      op.addColumn("educational_content", "search_vector", {
        type: "tsvector",
        generatedAs: sql`to_tsvector('english', coalesce(title, '') || ' ' || coalesce(description, '') || ' ' || coalesce(content, ''))`,
      }),
  },
  {
    title: "add a short column",
    setup: users,
    call: (op) => op.addColumn("users", "height", { type: "integer" }),
  },
  {
    title: "add a column if there is none",
    setup: users,
    call: (op) => op.addColumn("users", "x", { type: "integer" }, { ifNotExists: true }),
  },
  {
    title: "drop a column",
    setup: users,
    call: (op) => op.dropColumn("users", "org_id", { was: { type: "bigint" } }),
  },
  {
    title: "alter all of a column",
    setup: users,
    call: (op, sql) =>
      op.alterColumn("users", "age", {
        type: "integer",
        using: sql`age::integer`,
        nullable: false,
        default: 0,
        comment: "in years",
        newName: "years",
        existingType: "text",
        existingDefault: null,
        existingComment: null,
      }),
  },
  { title: "set not null", setup: users, call: (op) => op.alterColumn("users", "name", { nullable: false }) },
  {
    title: "drop a default",
    setup: `${users}; ALTER TABLE users ALTER name SET DEFAULT 'x'`,
    call: (op) => op.alterColumn("users", "name", { default: null, existingDefault: "x" }),
  },
  {
    title: "add an identity",
    setup: users,
    call: (op) => op.alterColumn("users", "id", { identity: "by default", existingIdentity: null }),
  },
  {
    title: "change an identity",
    setup: `${users}; ALTER TABLE users ALTER id ADD GENERATED ALWAYS AS IDENTITY`,
    call: (op) =>
      op.alterColumn("users", "id", {
        identity: { start: 5, increment: 2 },
        existingIdentity: { always: true, start: 1, increment: 1 },
      }),
  },
  {
    title: "make a generated column a plain one",
    setup: "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED)",
    call: (op) => op.alterColumn("t", "b", { generated: null }),
  },
  { title: "rename a column", setup: users, call: (op) => op.renameColumn("users", "name", "full name") },
  {
    title: "composite index",
    setup: users,
    call: (op) => op.createIndex("idx_users_org_status", "users", ["org_id", "status"]),
  },
  {
    title: "index with everything",
    setup: `CREATE EXTENSION pg_trgm; ${users}`,
    call: (op, sql) =>
      op.createIndex(
        "ix_users",
        "users",
        [
          { column: "name", opclass: "text_pattern_ops", order: "desc", nulls: "last" },
          sql`lower(status)`,
          { expression: sql`org_id + 1`, order: "desc" },
        ],
        {
          unique: true,
          include: ["age"],
          nullsNotDistinct: true,
          with: { fillfactor: 80 },
          where: sql`status = 'active'`,
          concurrently: true,
          ifNotExists: true,
        },
      ),
  },
  { title: "index with a made name", setup: users, call: (op) => op.createIndex(null, "users", ["status"]) },
  {
    title: "gin index",
    setup: "CREATE TABLE c (search_vector tsvector)",
    call: (op) => op.createIndex("idx_content_search", "c", ["search_vector"], { using: "gin" }),
  },
  {
    title: "drop an index",
    setup: `${users}; CREATE INDEX ix ON users (status) WHERE age IS NULL`,
    call: (op, sql) =>
      op.dropIndex("ix", "users", {
        was: { columns: ["status"], where: sql`age IS NULL` },
        concurrently: true,
      }),
  },
  {
    title: "rename an index",
    setup: `${users}; CREATE INDEX ix ON users (status)`,
    call: (op) => op.renameIndex("ix", "ix_users_status"),
  },
  {
    title: "primary key",
    setup: "CREATE TABLE t (a integer NOT NULL, b integer NOT NULL)",
    call: (op) => op.createPrimaryKey("pk_t", "t", ["a", "b"]),
  },
  {
    title: "primary key from an index",
    setup: "CREATE TABLE t (a integer NOT NULL); CREATE UNIQUE INDEX ix_t ON t (a)",
    call: (op) => op.createPrimaryKey("pk_t", "t", ["a"], { usingIndex: "ix_t" }),
  },
  {
    title: "foreign key",
    setup: `${users}; CREATE SCHEMA app; CREATE TABLE app.orgs (id bigint PRIMARY KEY)`,
    call: (op) =>
      op.createForeignKey("fk_users_org", "users", "orgs", ["org_id"], ["id"], {
        referentSchema: "app",
        onDelete: "cascade",
        onUpdate: "set default",
        match: "full",
        deferrable: true,
        initially: "deferred",
        notValid: true,
      }),
  },
  {
    title: "unique constraint",
    setup: users,
    call: (op) =>
      op.createUniqueConstraint("uq", "users", ["name"], { nullsNotDistinct: true, include: ["age"] }),
  },
  {
    title: "check constraint",
    setup: users,
    call: (op, sql) => op.createCheckConstraint("ck_users_id", "users", sql`id > ${0}`, { notValid: true }),
  },
  {
    title: "exclude constraint",
    setup: booking,
    call: (op) =>
      op.createExcludeConstraint(
        "ex_booking",
        "booking",
        [
          ["room", "="],
          ["period", "&&"],
        ],
        { using: "gist" },
      ),
  },
  {
    title: "drop a constraint",
    setup: `${users}; ALTER TABLE users ADD CONSTRAINT uq UNIQUE (name)`,
    call: (op) =>
      op.dropConstraint("uq", "users", {
        type: "unique",
        was: { kind: "unique", name: "uq", columns: ["name"] },
      }),
  },
  {
    title: "validate a constraint",
    setup: `${users}; ALTER TABLE users ADD CONSTRAINT ck CHECK (id > 0) NOT VALID`,
    call: (op) => op.validateConstraint("ck", "users"),
  },
  {
    title: "rename a constraint",
    setup: users,
    call: (op) => op.renameConstraint("users", "users_pkey", "pk_users"),
  },
  {
    title: "insert rows",
    setup:
      "CREATE TABLE r (id integer, name text, tags text[], data jsonb, at timestamptz, big bigint, raw bytea)",
    call: (op, sql) =>
      op.bulkInsert(
        "r",
        [
          { id: 1, name: "O'Neil", tags: ["a", 'b"c', "d\\e"], data: [1, 2], at: new Date(0) },
          { id: sql`1 + 1`, name: null, big: 12345678901234567890n / 10n, raw: new Uint8Array([1, 255]) },
        ],
        { types: { data: "jsonb" } },
      ),
  },
  {
    title: "statement with values",
    setup: users,
    call: (op, sql) =>
      op.execute(
        sql`UPDATE users SET status = ${"active"}, org_id = 1 -${-1} WHERE status = ANY (${["a", "b\\"]})`,
      ),
  },
  {
    title: "several statements, one outside a transaction",
    setup: users,
    call: (op) => op.execute("CREATE INDEX CONCURRENTLY idx_users_status ON users (status); ANALYZE users;"),
  },
  {
    title: "statement of several lines",
    call: (op, sql) =>
      op.execute(sql`
    CREATE FUNCTION add(a integer, b integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
      SELECT CASE WHEN a > b THEN a ELSE b END;
    END
  `),
  },
  {
    title: "enum",
    call: (op) => op.createEnum("user_role", ["student", "teacher", "it's"], { ifNotExists: true }),
  },
  {
    title: "drop an enum",
    setup: mood,
    call: (op) => op.dropEnum("mood", { ifExists: true, was: ["sad", "ok", "happy"] }),
  },
  {
    title: "add an enum value",
    setup: mood,
    call: (op) => op.addEnumValue("mood", "fine", { after: "ok", ifNotExists: true }),
  },
  { title: "rename an enum value", setup: mood, call: (op) => op.renameEnumValue("mood", "ok", "okay") },
  {
    title: "replace an enum",
    setup: moody,
    call: (op) =>
      op.replaceEnum("mood", ["happy", "bad", "so so"], {
        mapping: { sad: "bad", ok: "so so" },
        columns: [
          { table: "t", column: "m", default: "so so", existingDefault: "ok" },
          { table: "t", column: "ms", array: true },
        ],
        was: ["sad", "ok", "happy"],
      }),
  },
  { title: "rename a type", setup: mood, call: (op) => op.renameType("mood", "Mood") },
  {
    title: "domain",
    call: (op, sql) =>
      op.createDomain("positive", "integer", {
        default: 1,
        nullable: false,
        checks: [{ name: "is_positive", condition: sql`VALUE > 0` }],
      }),
  },
  {
    title: "drop a domain",
    setup: "CREATE DOMAIN d AS text",
    call: (op) => op.dropDomain("d", { was: { type: "text" } }),
  },
  { title: "rename a domain", setup: "CREATE DOMAIN d AS text", call: (op) => op.renameDomain("d", "e") },
  {
    title: "view",
    setup: users,
    call: (op, sql) =>
      op.createView("active_users", sql`SELECT id, name FROM users WHERE status = 'active' -- only these`, {
        columns: ["a", "b"],
        with: { security_barrier: true },
        checkOption: "local",
      }),
  },
  {
    title: "replace a view",
    setup: view,
    call: (op, sql) =>
      op.replaceView("v", sql`SELECT id FROM users WHERE id > 1`, {
        was: { query: sql`SELECT id FROM users` },
      }),
  },
  {
    title: "drop a view",
    setup: view,
    call: (op, sql) => op.dropView("v", { was: { query: sql`SELECT id FROM users` } }),
  },
  { title: "rename a view", setup: view, call: (op) => op.renameView("v", "w") },
  {
    title: "materialised view",
    setup: users,
    call: (op, sql) =>
      op.createMaterializedView("totals", sql`SELECT count(*) AS n FROM users`, { withData: false }),
  },
  {
    title: "refresh a materialised view",
    setup: "CREATE MATERIALIZED VIEW totals AS SELECT 1 AS n",
    call: (op) => op.refreshMaterializedView("totals"),
  },
  {
    title: "drop a materialised view",
    setup: "CREATE MATERIALIZED VIEW totals AS SELECT 1 AS n",
    call: (op, sql) => op.dropMaterializedView("totals", { was: { query: sql`SELECT 1 AS n` } }),
  },
  {
    title: "rename a materialised view",
    setup: "CREATE MATERIALIZED VIEW totals AS SELECT 1 AS n",
    call: (op) => op.renameMaterializedView("totals", "sums"),
  },
  {
    title: "sequence",
    setup: users,
    call: (op) =>
      op.createSequence("numbers", {
        as: "bigint",
        start: 1000,
        increment: 2,
        minValue: 10,
        maxValue: null,
        cache: 5,
        cycle: true,
        ownedBy: { table: "users", column: "id" },
      }),
  },
  {
    title: "alter a sequence",
    setup: "CREATE SEQUENCE numbers",
    call: (op) => op.alterSequence("numbers", { increment: 10, was: { increment: 1 } }),
  },
  {
    title: "restart a sequence",
    setup: "CREATE SEQUENCE numbers",
    call: (op) => op.alterSequence("numbers", { restart: 5000, ownedBy: null }),
  },
  {
    title: "drop a sequence",
    setup: "CREATE SEQUENCE numbers START 5",
    call: (op) => op.dropSequence("numbers", { was: { start: 5 } }),
  },
  {
    title: "rename a sequence",
    setup: "CREATE SEQUENCE numbers",
    call: (op) => op.renameSequence("numbers", "order"),
  },
  { title: "extension", call: (op) => op.createExtension("citext", { ifNotExists: true }) },
  {
    title: "drop an extension",
    setup: "CREATE EXTENSION citext",
    call: (op) => op.dropExtension("citext", { ifExists: true }),
  },
  {
    title: "function",
    call: (op, sql) =>
      op.createFunction(
        "add_tax",
        sql`RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
  RETURN amount * (1 + rate);
END
$$`,
        { arguments: "amount numeric, rate numeric DEFAULT 0.2" },
      ),
  },
  {
    title: "replace a function",
    setup: "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    call: (op, sql) =>
      op.createFunction("one", sql`RETURNS integer LANGUAGE sql AS 'SELECT 2 - 1'`, {
        orReplace: true,
        was: sql`RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
      }),
  },
  {
    title: "drop a function",
    setup: "CREATE FUNCTION one(a integer = 1) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    call: (op, sql) =>
      op.dropFunction("one", {
        arguments: "a integer = 1",
        was: sql`RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
      }),
  },
  {
    title: "trigger",
    setup: `${users}; CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    call: (op) =>
      op.createTrigger("users_touch", "users", {
        event: "BEFORE UPDATE OF name",
        action: "FOR EACH ROW EXECUTE FUNCTION touch()",
      }),
  },
  {
    title: "drop a trigger",
    setup: `${users}; CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER tt AFTER INSERT ON users EXECUTE FUNCTION touch()`,
    call: (op) =>
      op.dropTrigger("tt", "users", { was: { event: "AFTER INSERT", action: "EXECUTE FUNCTION touch()" } }),
  },
  {
    title: "row level security",
    setup: users,
    call: (op) => op.enableRowLevelSecurity("users", { force: true }),
  },
  {
    title: "no row level security",
    setup: `${users}; ALTER TABLE users ENABLE ROW LEVEL SECURITY`,
    call: (op) => op.disableRowLevelSecurity("users"),
  },
  {
    title: "policy",
    setup: users,
    call: (op, sql) =>
      op.createPolicy("own", "users", {
        as: "restrictive",
        for: "update",
        to: ["public"],
        using: sql`id = 1`,
        withCheck: sql`id = 2`,
      }),
  },
  {
    title: "drop a policy",
    setup: `${users}; CREATE POLICY own ON users USING (id = 1)`,
    call: (op, sql) => op.dropPolicy("own", "users", { was: { using: sql`id = 1` } }),
  },
  { title: "schema", call: (op) => op.createSchema("billing", { ifNotExists: true }) },
  { title: "drop a schema", setup: "CREATE SCHEMA billing", call: (op) => op.dropSchema("billing") },
  {
    title: "rename a schema",
    setup: "CREATE SCHEMA billing",
    call: (op) => op.renameSchema("billing", "accounts"),
  },
  {
    title: "move a table",
    setup: `CREATE SCHEMA app; ${users}`,
    call: (op) => op.setSchema("table", "users", "app", { schema: "public" }),
  },
];
