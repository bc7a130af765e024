import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

describe("check --json", function () {
  this.timeout(60_000);
  this.slow(10_000);

  it("gives what docs/json.md shows, and fails where something differs", async () => {
    const page = readFileSync(join(__dirname, "..", "..", "docs", "json.md"), "utf8");
    const [, example = ""] = /^## Differences from the entities\n.*?```json\n(.*?)^```/ms.exec(page) ?? [];
    const url = await (await sharedPostgres()).createDatabase();
    await queryRows(url, "CREATE TABLE audit (happened timestamptz)");
    const project = createProjectFolder({
      "package.json": '{ "name": "shop" }',
      "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
      "migrations/versions/.gitkeep": "",
      "alembic.config.json": '{ "scriptLocation": "migrations", "dataSource": "src/data-source.ts" }',
      "src/data-source.ts": `import { Column, DataSource, Entity, PrimaryColumn } from "typeorm";
@Entity("users")
export class User {
  @PrimaryColumn() id!: number;
  @Column() name!: string;
}
export const dataSource = new DataSource({ type: "postgres", entities: [User] });
`,
    });
    try {
      project.linkModules();
      const result = await project.run(["check", "--json"], { env: { DATABASE_URL: url } });
      const given = result.stdout.replace(/alembic_ts_test_\w+ on [\w.:]+/, "shop on localhost:5432");
      assert.deepEqual([result.exitCode, JSON.parse(given)], [255, JSON.parse(example)]);
      assert.match(result.stderr, /^FAILED: New upgrade operations detected: create table users$/m);
    } finally {
      project.remove();
    }
  });
});
