import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { readCatalogFacts } from "../../src/database/catalogFacts/readCatalogFacts";
import type { Connection } from "../../src/database/connection";
import { introspect } from "../../src/database/introspect/introspect";
import { clientConnection } from "../../src/database/postgresConnection";
import type { SchemaModel } from "../../src/schema/model/schemaModel";
import { openPglite } from "../support/pglite";
import { sharedPostgres } from "../support/sharedPostgres";
import { createTestDatabase } from "./compare/roundTrip";

const script = `
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s');
  CREATE DOMAIN email AS varchar(80) COLLATE "C" DEFAULT 'a@b' NOT NULL CONSTRAINT at CHECK (VALUE LIKE '%@%');
  CREATE TYPE pair AS (a integer, "B" text);
  CREATE SEQUENCE tickets AS smallint START 10 INCREMENT 10 CYCLE;
  CREATE TABLE users (
    id serial CONSTRAINT pk PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 5) UNIQUE DEFERRABLE INITIALLY DEFERRED,
    email email UNIQUE,
    mood mood NOT NULL DEFAULT 'ok',
    moods mood[] DEFAULT '{ok}',
    name varchar(50) COLLATE "C",
    shout text GENERATED ALWAYS AS (upper(name)) STORED,
    amount numeric(10,2) DEFAULT 0.5 CONSTRAINT positive CHECK (amount > 0),
    born timestamp(3) with time zone DEFAULT '2020-01-01 00:00:00+00',
    during tstzrange,
    CONSTRAINT apart EXCLUDE USING gist (during WITH &&) WHERE (id > 0)
  ) WITH (fillfactor = 70);
  CREATE TABLE "Odd ""Name" (
    user_id integer CONSTRAINT fk REFERENCES users ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE,
    ticket integer DEFAULT nextval('tickets')
  );
  ALTER TABLE "Odd ""Name" ADD CONSTRAINT later CHECK (ticket > 0) NOT VALID;
  CREATE UNIQUE INDEX ix ON users (lower(name) text_pattern_ops DESC, mood, name COLLATE "POSIX" DESC NULLS LAST)
    INCLUDE (amount) WITH (fillfactor = 80) WHERE mood <> 'sad';
  CREATE TABLE parted (id integer, at date) PARTITION BY RANGE (at);
  CREATE TABLE parted_2020 PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
  CREATE UNLOGGED TABLE child (more integer) INHERITS (parent_of_child);
  CREATE VIEW names WITH (security_barrier = true) AS SELECT u.id, u.name FROM users u WHERE u.mood = 'ok' WITH LOCAL CHECK OPTION;
  ALTER VIEW names ALTER COLUMN name SET DEFAULT 'nobody';
  CREATE RULE names_kept AS ON DELETE TO names DO INSTEAD NOTHING;
  CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM names;
  CREATE UNIQUE INDEX counted_n ON counted (n);
  ALTER TABLE users ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON users AS RESTRICTIVE FOR UPDATE USING (id = 1) WITH CHECK (amount > 1);
  CREATE FUNCTION total(n integer DEFAULT 3) RETURNS integer LANGUAGE sql AS 'SELECT n';
  CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
  CREATE TRIGGER touch BEFORE UPDATE OF name, mood ON users FOR EACH ROW WHEN (old.id > 1) EXECUTE FUNCTION touched('x');
  ALTER TABLE users DISABLE TRIGGER touch;
  CREATE STATISTICS pair_of (ndistinct, dependencies) ON id, name FROM users;
  COMMENT ON TABLE users IS 'people'; COMMENT ON COLUMN users.name IS 'it''s'; COMMENT ON INDEX ix IS 'index';
  COMMENT ON CONSTRAINT pk ON users IS 'key'; COMMENT ON TYPE mood IS 'mood'; COMMENT ON VIEW names IS 'view';
`.replace(
  "CREATE UNLOGGED TABLE child",
  "CREATE TABLE parent_of_child (id integer CHECK (id > 0)); CREATE UNLOGGED TABLE child",
);

const goldenFile = join(__dirname, "../golden/introspect/schema.json");

/** What differs by the version of the server alone: 16 and later print no table names in a view of one table. */
function comparable(model: SchemaModel): unknown {
  return JSON.parse(
    JSON.stringify({
      ...model,
      serverVersion: 0,
      casts: model.casts.filter(({ source }) => source === "integer").length > 5,
      extensions: [],
      views: model.views.map((view) => ({
        ...view,
        definition: view.definition.replaceAll(/\b(u|users|names)\.(?=\w)/g, "").replaceAll(/\s+/g, " "),
      })),
    }),
  );
}

async function usePglite<Result>(use: (connection: Connection) => Promise<Result>): Promise<Result> {
  const pglite = await openPglite();
  try {
    const { createPgConfig } = await import("@electric-sql/pglite/node-postgres");
    const client = new Client(createPgConfig(pglite.database as never));
    await client.connect();
    const connection = clientConnection(client, { onNotice: undefined, cancel: () => Promise.resolve() });
    const result = await use(connection);
    await connection.close();
    return result;
  } finally {
    await pglite.close();
  }
}

/** The connection to a server that says to be of another version. */
function ofVersion(connection: Connection, version: number): Connection {
  return {
    ...connection,
    async query(text, values) {
      const rows = await connection.query(text, values);
      return rows.map((row) => ("server_version" in row ? { ...row, server_version: String(version) } : row));
    },
  };
}

const whole = { schemas: [{ name: "public" }], defaultSchema: "public" };

describe("introspection", function () {
  this.timeout(60_000);

  it("reads everything that the model has", async () => {
    const database = await createTestDatabase(await sharedPostgres(), script);
    try {
      const model = comparable(await introspect(database.connection, whole));
      if (process.env["UPDATE_GOLDEN"] === "1" || !existsSync(goldenFile)) {
        mkdirSync(dirname(goldenFile), { recursive: true });
        writeFileSync(goldenFile, `${JSON.stringify(model, undefined, 1)}\n`);
      }
      assert.deepEqual(model, JSON.parse(readFileSync(goldenFile, "utf8")));
    } finally {
      await database.close();
    }
  });

  it("reads the same from PGlite", async () => {
    const model = await usePglite(async (connection) => {
      await connection.run(script);
      return comparable(await introspect(connection, whole));
    });
    assert.deepEqual(model, JSON.parse(readFileSync(goldenFile, "utf8")));
  });

  it("reads a server newer than those it knows as the newest of them", async () => {
    const own = { schema: "public", names: ["alembic_version"] };
    await usePglite(async (connection) => {
      await connection.run(script);
      const read = async (each: Connection): Promise<unknown> => [
        comparable(await introspect(each, whole)),
        await readCatalogFacts(each, "public", own),
      ];
      const known = await read(connection);
      for (const version of [190_000, 200_003]) {
        assert.deepEqual(await read(ofVersion(connection, version)), known, String(version));
      }
    });
  });

  it("reads a scratch schema in a transaction as if it were the real one, and leaves no trace", async () => {
    const database = await createTestDatabase(
      await sharedPostgres(),
      "CREATE EXTENSION citext; CREATE TABLE users (other citext); SET search_path TO public, pg_temp; SET datestyle TO 'German'",
    );
    const { connection } = database;
    try {
      await connection.run(
        'BEGIN; CREATE SCHEMA scratch_1; CREATE SCHEMA "Scratch 2"; SET LOCAL search_path TO scratch_1, public',
      );
      await connection.run(`${script}; ALTER TABLE users ADD c citext;
        CREATE TABLE "Scratch 2".log (id serial PRIMARY KEY, user_id integer REFERENCES users, m mood DEFAULT 'ok', s public.citext);
        ALTER TABLE users ADD log_id integer REFERENCES "Scratch 2".log;
        CREATE VIEW logged AS SELECT id FROM "Scratch 2".log`);
      const scratch = await introspect(connection, {
        schemas: [
          { name: "scratch_1", as: "public" },
          { name: "Scratch 2", as: "audit" },
        ],
        defaultSchema: "public",
      });
      await connection.run("ROLLBACK");
      assert.equal((await connection.query("SHOW datestyle"))[0]?.["DateStyle"], "German, DMY");
      assert.equal((await connection.query("SHOW search_path"))[0]?.["search_path"], "public, pg_temp");
      await connection.run(`DROP TABLE users; CREATE SCHEMA audit; SET datestyle TO 'ISO'; ${script}; ALTER TABLE users ADD c citext;
        CREATE TABLE audit.log (id serial PRIMARY KEY, user_id integer REFERENCES users, m mood DEFAULT 'ok', s public.citext);
        ALTER TABLE users ADD log_id integer REFERENCES audit.log; CREATE VIEW logged AS SELECT id FROM audit.log`);
      const real = await introspect(connection, {
        schemas: [{ name: "public" }, { name: "audit" }],
        defaultSchema: "public",
      });
      const definitions = ["definition"];
      const strip = (model: SchemaModel): unknown =>
        JSON.parse(
          JSON.stringify(
            { ...model, schemas: model.schemas.map(({ name }) => name).sort() },
            (key, value: unknown) =>
              definitions.includes(key) && typeof value === "string" && value.startsWith("FOREIGN KEY")
                ? ""
                : value,
          ),
        );
      assert.deepEqual(strip(scratch), strip(real));
    } finally {
      await database.close();
    }
  });

  it("sends as many queries for two hundred tables as for one", async () => {
    const database = await createTestDatabase(
      await sharedPostgres(),
      "CREATE TABLE t (id serial PRIMARY KEY)",
    );
    try {
      const count = async (): Promise<number> => {
        let queries = 0;
        await introspect(
          {
            ...database.connection,
            query: (text, values) => {
              queries += 1;
              return database.connection.query(text, values);
            },
          },
          whole,
        );
        return queries;
      };
      const one = await count();
      await database.connection.run(
        "DO $$ BEGIN FOR i IN 1..200 LOOP EXECUTE format('CREATE TABLE t%s (id serial PRIMARY KEY, t int REFERENCES t)', i); END LOOP; END $$",
      );
      assert.deepEqual([one, await count()], [14, 14]);
    } finally {
      await database.close();
    }
  });

  it("reads wanted tables alone, and never the tool's own", async () => {
    const database = await createTestDatabase(
      await sharedPostgres(),
      "CREATE TABLE a (id serial); CREATE TABLE b (id serial); CREATE TABLE alembic_version (version_num varchar(32)); CREATE VIEW v AS SELECT 1 AS n; CREATE EXTENSION pg_stat_statements",
    );
    try {
      const names = async (
        options: Partial<Parameters<typeof introspect>[1]>,
      ): Promise<readonly string[]> => {
        const model = await introspect(database.connection, { ...whole, ...options });
        return [...model.tables, ...model.views, ...model.functions].map(({ name }) => name);
      };
      const ignoredTables = [{ schema: "public", name: "alembic_version" }];
      assert.deepEqual(await names({ ignoredTables }), ["a", "b", "v"]);
      assert.deepEqual(await names({ ignoredTables, tables: [{ schema: "public", name: "b" }] }), ["b"]);
    } finally {
      await database.close();
    }
  });
});
