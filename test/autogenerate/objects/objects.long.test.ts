import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedPostgres } from "../../support/sharedPostgres";
import { runSql, withDatabase } from "../support/checkSet";
import { checkObjects, objectProject, usersSource, writeObjects, type Files } from "./objectCase";
import { objectCases } from "./objectCases";

/** The rest of them is in test/long. */
const some = objectCases.filter(({ isQuick }) => isQuick === true);

describe("objects kept in files", function () {
  this.timeout(120_000);
  this.slow(10_000);
  let shadow: string;
  before(async () => (shadow = await (await sharedPostgres()).createDatabase()));

  for (const given of some) {
    it(given.name, async () => checkObjects(await sharedPostgres(), given, shadow));
  }

  it("give what docs/objects.md shows", async () => {
    const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "objects.md"), "utf8");
    const shown = [...page.matchAll(/^```sql\n-- database\/(\S+)\n(.*?)^```/gms)];
    const files: Files = Object.fromEntries(
      shown.map(([, path = "", text = ""]) => [path.replace("objects/", ""), text]),
    );
    const [, generated = ""] =
      /^```ts\n(import type \{ Migration \} from "alembic-ts";\n.*?)^```/ms.exec(page) ?? [];
    await withDatabase(await sharedPostgres(), async (url) => {
      const project = objectProject(url, shadow);
      try {
        const source = usersSource({ name: "text", email: "text" });
        writeObjects(project, files);
        await project.autogenerate(source);
        await project.upgrade();
        const view = files["named_users.sql"] ?? "";
        writeObjects(project, { ...files, "named_users.sql": view.replace("id, name", "id, name, email") });
        await project.autogenerate(source);
        const [, body = ""] = /upgrade\([^]*?\{\n([^]*?)\n\}/.exec(generated) ?? [];
        const flat = (text: string): string => text.replaceAll(/\s+/g, " ").replaceAll("sql`", "`");
        assert.ok(body.length > 100);
        assert.ok(
          flat(project.lastRevision()).includes(flat(body).replace("database/", "")),
          project.lastRevision(),
        );
      } finally {
        project.remove();
      }
    });
  });

  it("are refused at their place, and leave nothing behind", async () => {
    await withDatabase(await sharedPostgres(), async (url) => {
      const project = objectProject(url, shadow);
      await runSql(url, "CREATE TABLE users (id serial PRIMARY KEY, name text)");
      const source = usersSource({ name: "text" });
      const refusals: Readonly<Record<string, readonly [files: Files, error: RegExp]>> = {
        "two statements": [
          { "a.sql": "CREATE VIEW a AS SELECT 1;\nDROP TABLE users;\n" },
          /^object-not-one-statement objects\/a\.sql:2:1: This is a second statement/,
        ],
        "another statement": [
          { "a.sql": "-- no\n  DROP TABLE users" },
          /^object-not-supported objects\/a\.sql:2:3: /,
        ],
        "an error of syntax, which another file stands on": [
          { "a.sql": "CREATE VIEW a AS SELECT * FROM b", "b.sql": "CREATE VIEW b AS\nSELECT id\nFORM users" },
          /^object-refused objects\/b\.sql:3:1: .*syntax error at or near "FORM"|^object-refused objects\/b\.sql:3:6: /,
        ],
        "an error of syntax in a body": [
          {
            "f.sql": "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETRUN 1;\nEND $$",
          },
          /^object-refused objects\/f\.sql:3:\d+: .*syntax error/,
        ],
        "a column that there is not": [
          { "a.sql": "CREATE VIEW a AS\n  SELECT nme FROM users" },
          /^object-refused objects\/a\.sql:2:10: .*column "nme" does not exist/,
        ],
        "two files for one view": [
          {
            "a.sql": "CREATE VIEW a AS SELECT 1 AS x",
            "b.sql": "CREATE OR REPLACE VIEW public.a AS SELECT 1 AS x",
          },
          /^object-defined-twice objects\/b\.sql:1:1: objects\/a\.sql also defines the view a\./,
        ],
        "two files for one function": [
          {
            "a.sql": "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "b.sql": "CREATE OR REPLACE FUNCTION f(a integer) RETURNS int LANGUAGE sql AS 'SELECT 2'",
          },
          /^object-defined-twice objects\/b\.sql:1:1: objects\/a\.sql also defines the function f\./,
        ],
        "a module without a definition": [
          { "a.ts": "export const text = 'CREATE VIEW a AS SELECT 1';" },
          /^object-file-unreadable objects\/a\.ts: /,
        ],
      };
      try {
        for (const [name, [files, error]] of Object.entries(refusals)) {
          writeObjects(project, files);
          await assert.rejects(project.check(source), (thrown: Error & { readonly code?: unknown }) => {
            assert.match(`${String(thrown.code)} ${thrown.message}`, error, name);
            return true;
          });
        }
        project.configure({ config: { objects: join(project.directory, "none") } });
        await assert.rejects(project.check(source), /none: The folder of objects can't be read/);
      } finally {
        project.remove();
      }
    });
  });
});
