import assert from "node:assert/strict";
import { rememberingProject, type RememberingProject } from "./support/rememberingProject";

const mark = "the migrations were loaded";

const migration = (column: string): string => `import type { MigrationInterface, QueryRunner } from "typeorm";
console.error("${mark}");
export class Items1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("CREATE TABLE items (id serial PRIMARY KEY, ${column} text DEFAULT 'a literal secret')");
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE items");
  }
}
`;

const projectFiles = {
  "package.json": "{}",
  "tsconfig.json": "{}",
  "alembic.config.ts": `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations", dataSource: "data-source.ts" });
`,
  ".env": "ITEM_NOTES=notes_of_items\n",
  "data-source.ts": `import "reflect-metadata";
import { join } from "node:path";
import { DataSource } from "typeorm";
export const notes = process.env.ITEM_NOTES;
export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [join(__dirname, "entities/*.ts")],
  migrations: [join(__dirname, "typeorm/*.ts")],
});
`,
  "entities/item.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("items") export class Item {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: "text" }) state!: string;
}
`,
  "typeorm/1700000000000-items.ts": migration("made"),
  "migrations/versions/1_items.ts": `import type { Migration } from "alembic-ts";
export const revision = "1";
export const down_revision: string | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;
export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("Items1700000000000", "up");
}
export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("Items1700000000000", "down");
}
`,
};

describe("revisions whose statements are remembered", function () {
  this.timeout(120_000);
  this.slow(20_000);
  let project: RememberingProject;

  before(async () => {
    project = await rememberingProject(projectFiles, { mark, prepare: ["upgrade", "head"] });
  });
  after(() => project.remove());

  it("are run once, and tell whose a column is, until a class is another", async () => {
    const [first, isLoadedFirst] = await project.check();
    assert.match(first, /drop column items\.made/);
    assert.equal(isLoadedFirst, true);
    assert.deepEqual(await project.check(), [first, false]);

    project.write({ "typeorm/1700000000000-items.ts": migration("other") });
    const [changed, isLoadedForChange] = await project.check();
    assert.equal(isLoadedForChange, true);
    assert.doesNotMatch(changed, /drop column/);
  });

  it("leave names behind, and nothing of values", () => {
    const [record = ""] = project.records("revisions");
    assert.match(record, /"ITEM_NOTES"/);
    assert.match(record, /"made"/);
    assert.doesNotMatch(record, /notes_of_items|literal secret|postgres:/);
  });
});
