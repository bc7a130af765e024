import assert from "node:assert/strict";
import { DriftProjects, found, run, upgraded, type DriftReport } from "./driftProjects";
import { queryRows } from "../support/queryRows";

describe("alembic-ts drift", function () {
  this.timeout(120_000);
  const projects = new DriftProjects();
  after(() => projects.remove());

  it("says what differs, how, and what the revisions make", async () => {
    const folder = projects.simple();
    const url = await upgraded(folder);
    const name = new URL(url).pathname.slice(1);
    await queryRows(url, `ALTER TABLE users ALTER name TYPE varchar(50), DROP COLUMN email`);
    await queryRows(url, `CREATE VIEW by_hand AS SELECT 1 AS one`);
    const { stdout, exitCode } = await run(folder, url, "drift");
    assert.equal(
      stdout.replace(/ on [\w.]+:\d+/, ""),
      `3 differences between ${name} and revision b2:
~ changed     column users.name
    revisions: text
    database:  character varying(50)
- missing     column users.email
    revisions: text
+ unexpected  view by_hand
    database:  AS SELECT 1 AS one
`,
    );
    assert.equal(exitCode, 255);
  });

  it("prints the fix, and drops only where that is asked for", async () => {
    const folder = projects.simple();
    const url = await upgraded(folder);
    await queryRows(
      url,
      `ALTER TABLE users DROP COLUMN email, ADD COLUMN phone text, ALTER name SET NOT NULL`,
    );
    await queryRows(url, `CREATE TABLE by_hand ()`);
    await queryRows(url, `GRANT SELECT ON users TO PUBLIC`);
    const left = "WARNING Not fixed: unexpected privileges users.public\n";
    const sql = await run(folder, url, "drift", "--sql");
    assert.equal(
      sql.stdout,
      "ALTER TABLE users ALTER COLUMN name DROP NOT NULL;\n\nALTER TABLE users ADD COLUMN email text;\n",
    );
    assert.match(sql.stderr, /^WARNING Not fixed: unexpected table by_hand$/m);
    assert.ok(sql.stderr.endsWith(left), sql.stderr);
    const operations = await run(folder, url, "drift", "--operations");
    assert.match(operations.stdout, /^await op\.alterColumn\("users", "name", \{.*nullable: true/s);
    const drop = await run(folder, url, "drift", "--sql", "--drop");
    assert.match(drop.stdout, /^ALTER TABLE users DROP COLUMN phone;$/m);
    assert.match(drop.stdout, /^DROP TABLE by_hand;$/m);
    await queryRows(url, drop.stdout);
    assert.deepEqual(await found(folder, url), [["unexpected privileges users.public"], 255]);
    assert.deepEqual([sql.exitCode, operations.exitCode, drop.exitCode], [255, 255, 255]);
  });

  it("compares two environments, without a revision and without their URLs", async () => {
    const other = projects.simple();
    const [staging, production] = [await upgraded(other, "a1"), await upgraded(other)];
    const folder = projects.create({
      environments: { staging: { url: staging }, production: { url: production, production: true } },
    });
    const { stdout, stderr, exitCode } = await run(
      folder,
      "",
      "drift",
      "--between",
      "staging,production",
      "--json",
    );
    const report = JSON.parse(stdout) as DriftReport;
    assert.deepEqual(
      [report.differences.map(({ change, kind, name }) => `${change} ${kind} ${name}`), exitCode],
      [["missing version row a1", "unexpected version row b2", "unexpected column users.email"], 255],
    );
    assert.ok(!(stdout + stderr).includes("postgres://") && !(stdout + stderr).includes("postgresql://"));
    const refusals = await Promise.all(
      [["staging,staging"], ["staging"], ["staging,nowhere"], ["staging,production", "--to", "head"]].map(
        async (args) => (await run(folder, "", "drift", "--between", ...args)).exitCode,
      ),
    );
    assert.ok(
      refusals.every((status) => status !== 0 && status !== 1),
      refusals.join(", "),
    );
  });
});
