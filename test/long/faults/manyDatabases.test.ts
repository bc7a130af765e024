import assert from "node:assert/strict";
import { startCommand } from "../../support/faultRun";
import { createProjectFolder, revisionText } from "../../support/projectFolder";
import { queryRows, versionRows } from "../../support/queryRows";
import { sharedPostgres } from "../../support/sharedPostgres";
import { upgradeTenants } from "../../support/tenantRuns";

describe("many databases in one command", () => {
  it("upgrades 200 tenants' schemas, at most 8 at a time, of which 5 fail; run again, only those 5", async () => {
    await upgradeTenants(await sharedPostgres(), {
      tenants: 200,
      failing: [3, 50, 51, 120, 200],
      parallel: 8,
    });
  });

  it("upgrades all environments, and names the ones that fail or can't be reached", async () => {
    const server = await sharedPostgres();
    const urls = [
      await server.createDatabase(),
      await server.createDatabase(),
      await server.createDatabase(),
    ];
    const [first = "", second = "", third = ""] = urls;
    await queryRows(second, "CREATE TABLE orders ()");
    const project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({
        scriptLocation: "migrations",
        environments: {
          first: { url: first },
          second: { url: second },
          third: { url: third },
          away: { url: "postgresql://postgres@127.0.0.1:1/nowhere" },
        },
      }),
      "migrations/versions/a1_orders.ts": revisionText({
        id: "a1",
        upgrade: '  await op.createTable("orders", { columns: { id: { type: "integer" } } });',
      }),
    });
    try {
      const args = ["--environment", "all", "upgrade", "head"];
      const result = await startCommand(project.path, undefined, args).ended;
      assert.equal(result.exitCode, 255, result.stdout + result.stderr);
      assert.match(result.stdout, /^first +ok +1 step, now at a1$/m);
      assert.match(
        result.stdout,
        /^second +failed +Revision a1 failed in upgrade\(\): relation "orders" already exists$/m,
      );
      assert.match(result.stdout, /^third +ok +1 step, now at a1$/m);
      assert.match(
        result.stdout,
        /^away +failed +Can't connect to nowhere on 127\.0\.0\.1:1: connection refused\.$/m,
      );
      assert.match(result.stdout, /^2 ok, 2 failed, 0 cancelled$/m);
      assert.deepEqual(await Promise.all(urls.map((url) => versionRows(url))), [["a1"], undefined, ["a1"]]);
      await queryRows(second, "DROP TABLE orders");
      const again = await startCommand(project.path, undefined, [
        "--environment",
        "first,second,third",
        "upgrade",
        "head",
      ]).ended;
      assert.equal(again.exitCode, 0, again.stdout + again.stderr);
      assert.match(
        again.stdout,
        /^first +ok +0 steps, now at a1\nsecond +ok +1 step, now at a1\nthird +ok +0 steps, now at a1$/m,
      );
    } finally {
      project.remove();
    }
  });
});
