import assert from "node:assert/strict";
import { Client } from "pg";
import { catalogSnapshot } from "../../support/catalogSnapshot";
import { openPglite } from "../../support/pglite";
import { type PostgresServer, startPostgres } from "../../support/postgresServer";
import { sharedPostgres } from "../../support/sharedPostgres";

const schema = `
  CREATE TYPE status AS ENUM ('new', 'done');
  CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
  CREATE SCHEMA app;
  CREATE TABLE app.users (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email email NOT NULL UNIQUE,
    status status NOT NULL DEFAULT 'new',
    twice integer GENERATED ALWAYS AS (id * 2) STORED
  );
  CREATE TABLE app.posts (
    id serial PRIMARY KEY,
    user_id integer REFERENCES app.users ON DELETE CASCADE,
    rank numeric(5, 2) DEFAULT 1.5 CONSTRAINT positive CHECK (rank > 0)
  );
  CREATE INDEX posts_rank ON app.posts (rank DESC) WHERE rank > 1;
  CREATE VIEW app.ranked AS SELECT id FROM app.posts WHERE rank > 1;
  CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
  CREATE TRIGGER touch BEFORE UPDATE ON app.posts FOR EACH ROW EXECUTE FUNCTION app.touch();
  COMMENT ON COLUMN app.posts.rank IS 'how high';
`;

const snapshot = `schema app
schema public
enum public.status: 'new', 'done'
domain public.email: text constraint email_check CHECK ((VALUE ~~ '%@%'::text))
table app.posts
table app.users
column app.posts   1 id: integer not null default nextval('app.posts_id_seq'::regclass)
column app.posts   2 user_id: integer
column app.posts   3 rank: numeric(5,2) default 1.5
column app.users   1 id: integer not null generated always as identity
column app.users   2 email: public.email not null
column app.users   3 status: public.status not null default 'new'::public.status
column app.users   4 twice: integer generated always as ((id * 2)) stored
constraint app.posts positive: CHECK ((rank > (0)::numeric))
constraint app.posts posts_pkey: PRIMARY KEY (id)
constraint app.posts posts_user_id_fkey: FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE CASCADE
constraint app.users users_email_key: UNIQUE (email)
constraint app.users users_pkey: PRIMARY KEY (id)
index app.posts_rank: CREATE INDEX posts_rank ON app.posts USING btree (rank DESC) WHERE (rank > (1)::numeric)
view app.ranked:  SELECT id
   FROM app.posts
  WHERE (rank > (1)::numeric);
sequence app.posts_id_seq: integer start 1 increment 1 min 1 max 2147483647 cache 1 owned by app.posts.id
sequence app.users_id_seq: integer start 1 increment 1 min 1 max 2147483647 cache 1 owned by app.users.id
function app.touch(): CREATE OR REPLACE FUNCTION app.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RETURN new; END $function$
trigger app.posts touch: CREATE TRIGGER touch BEFORE UPDATE ON app.posts FOR EACH ROW EXECUTE FUNCTION app.touch()
comment on table column app.posts.rank: 'how high'
`;

async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

function normalized(text: string): string {
  // Before 16, a view of one table prints `posts.id` where later versions print `id`.
  return text.replace("SELECT posts.id\n", "SELECT id\n").replace("WHERE (posts.rank > ", "WHERE (rank > ");
}

describe("a PostgreSQL for tests", function () {
  this.timeout(60_000);

  it("gives empty databases that do not see one another", async () => {
    const server = await sharedPostgres();
    const [left, right] = [await server.createDatabase(), await server.createDatabase()];
    await query(left, "CREATE TABLE t (id integer)");
    assert.deepEqual(await query(right, "SELECT to_regclass('t') AS found"), [{ found: null }]);
  });

  it("dumps equal schemas to equal text, and different ones to different text", async () => {
    const server = await sharedPostgres();
    const urls = [await server.createDatabase(), await server.createDatabase()] as const;
    await query(urls[0], schema);
    await query(urls[1], schema);
    const [left, right] = [await server.dumpSchema(urls[0]), await server.dumpSchema(urls[1])];
    assert.equal(left, right);
    assert.match(left, /posts_rank/);
    await query(urls[1], "ALTER TABLE app.posts ALTER rank SET NOT NULL");
    assert.notEqual(left, await server.dumpSchema(urls[1]));
  });

  it("prints the catalog of a server and of PGlite alike", async () => {
    const server = await sharedPostgres();
    const url = await server.createDatabase();
    await query(url, schema);
    const client = new Client({ connectionString: url });
    await client.connect();
    const pglite = await openPglite();
    try {
      await pglite.database.exec(schema);
      assert.equal(normalized(await catalogSnapshot(client)), snapshot);
      assert.equal(await catalogSnapshot(pglite.database), snapshot);
    } finally {
      await pglite.close();
      await client.end();
    }
  });
});

describe("a PostgreSQL of a test's own", function () {
  this.timeout(60_000);
  let server: PostgresServer;

  before(async function () {
    server = await startPostgres();
    if (!server.isOwn) {
      this.skip();
    }
  });
  after(() => server.stop());

  it("lets a user with a password in, and nobody with a wrong one", async () => {
    const url = await server.createDatabase({ owner: "password" });
    await query(url, "CREATE TABLE t (id integer)");
    assert.deepEqual(await query(url, "SELECT current_user AS name"), [{ name: "alembic_app" }]);
    await assert.rejects(query(url.replace("%40", "x"), "SELECT 1"), /password authentication failed/);
  });

  it("keeps what was committed through a crash and a restart", async () => {
    const url = await server.createDatabase();
    await query(url, "CREATE TABLE t AS SELECT 1 AS id");
    await server.immediateShutdown();
    await assert.rejects(query(url, "SELECT 1"), /ECONNREFUSED/);
    await server.restart();
    assert.deepEqual(await query(url, "SELECT id FROM t"), [{ id: 1 }]);
    await server.restart();
    assert.deepEqual(await query(url, "SELECT id FROM t"), [{ id: 1 }]);
  });
});
