import assert from "node:assert/strict";
import { Client } from "pg";
import { introspect } from "../../src/database/introspect/introspect";
import { clientConnection } from "../../src/database/postgresConnection";
import { definitionsOf } from "../../src/drift/definition";
import { sharedPostgres } from "../support/sharedPostgres";

/** @param isRecent whether the server has NULLS NOT DISTINCT, and SET NULL of some columns: PostgreSQL 15 */
const script = (isRecent: boolean): string => `
  CREATE SCHEMA "App"; CREATE SCHEMA hidden;
  CREATE TABLE "App"."People" (id int, "Group" int, UNIQUE (id, "Group"), CONSTRAINT pk PRIMARY KEY ("Group", id) INCLUDE (name), name text);
  CREATE TABLE hidden.p (gone int, id int, code int UNIQUE, PRIMARY KEY (id, code));
  ALTER TABLE hidden.p DROP COLUMN gone;
  CREATE TABLE t (
    gone int, a int UNIQUE DEFERRABLE, b int, c int CONSTRAINT ck CHECK (c > 0) NO INHERIT, "select" int, during int4range,
    CONSTRAINT fk_people FOREIGN KEY (b, "select") REFERENCES "App"."People" ON UPDATE CASCADE ON DELETE SET DEFAULT,
    CONSTRAINT fk_hidden FOREIGN KEY (c) REFERENCES hidden.p (code) MATCH FULL DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_some FOREIGN KEY (b, "select") REFERENCES hidden.p ON DELETE SET NULL${isRecent ? " (b)" : ""},
    CONSTRAINT uq UNIQUE${isRecent ? " NULLS NOT DISTINCT" : ""} (b, "select") INCLUDE (c),
    CONSTRAINT ex EXCLUDE USING gist (during WITH &&, int4range(a, b) WITH &&) WHERE (a > 0)
  );
  ALTER TABLE t ADD CONSTRAINT ck_row CHECK (t IS NOT NULL AND tableoid > 0);
  ALTER TABLE t DROP COLUMN gone;
  ALTER TABLE t ADD CONSTRAINT fk_later FOREIGN KEY (b) REFERENCES hidden.p (code) NOT VALID;
  ALTER TABLE t ADD CONSTRAINT ck_two CHECK (a < b AND b < c) NOT VALID;
  CREATE INDEX ix ON t (b, (a + c), "select" DESC); CREATE INDEX ix_name ON "App"."People" (name COLLATE "C", name);
`;

describe("the text of a constraint, in a report of drift", () => {
  it("is the server's, though the server is asked for few of them", async () => {
    const server = await sharedPostgres();
    const url = await server.createDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(script(server.majorVersion >= 15));
      const model = await introspect(
        clientConnection(client, { onNotice: undefined, cancel: () => Promise.resolve() }),
        {
          schemas: [{ name: "public" }, { name: "App" }],
          defaultSchema: "public",
        },
      );
      const { rows } = await client.query<{ name: string; text: string }>(
        `SELECT conname AS name, replace(pg_get_constraintdef(oid), 'public.', '') AS text FROM pg_constraint
         WHERE conrelid IN ('t'::regclass, '"App"."People"'::regclass) AND contype <> 'n' ORDER BY conname COLLATE "C"`,
      );
      const printed = model.tables.flatMap((table) =>
        table.constraints.map((after) => ({
          name: after.name,
          text: definitionsOf({ kind: "constraint", table, before: undefined, after })[1],
        })),
      );
      assert.deepEqual(
        printed.sort((left, right) => (left.name < right.name ? -1 : 1)),
        rows,
      );
      assert.deepEqual(
        model.tables.flatMap(({ indexes }) =>
          indexes.map(({ name, elements }) => [
            name,
            elements.map(({ text, collation }) => [text, collation]),
          ]),
        ),
        [
          [
            "ix_name",
            [
              ["name", "C"],
              ["name", undefined],
            ],
          ],
          [
            "ix",
            [
              ["b", undefined],
              ["((a + c))", undefined],
              ["select", undefined],
            ],
          ],
        ],
      );
    } finally {
      await client.end();
    }
  });
});
