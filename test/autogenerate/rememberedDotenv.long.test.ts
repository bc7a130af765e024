import assert from "node:assert/strict";
import { rememberingProject, type RememberingProject, untilSettled } from "./support/rememberingProject";

const mark = "the entities were loaded";

const projectFiles = {
  "package.json": "{}",
  "tsconfig.json": "{}",
  "alembic.config.ts": `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations", dataSource: "src/data-source.ts" });
`,
  "migrations/versions/.gitkeep": "",
  ".env": "SHOP_SCHEMA=public\nSHOP_SECRET=a_secret_of_the_shop\n",
  "settings/.env.shop": "SHOP_TABLE=items\n",
  "src/data-source.ts": `import "dotenv/config";
import { config } from "dotenv";
import "reflect-metadata";
import { join } from "node:path";
import { DataSource } from "typeorm";
config({ path: [join(__dirname, "../settings/.env.own"), join(__dirname, "../settings/.env.shop")], quiet: true });
import { Item } from "./item";
console.error("${mark}");
export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  password: process.env.SHOP_SECRET,
  schema: process.env.SHOP_SCHEMA,
  entities: [Item],
});
`,
  "src/item.ts": `import { Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity(process.env.SHOP_TABLE) export class Item { @PrimaryGeneratedColumn() id!: number; }
`,
};

describe("entities of a DataSource that reads its variables with dotenv", function () {
  this.timeout(120_000);
  this.slow(20_000);
  let project: RememberingProject;

  before(async () => {
    project = await rememberingProject(projectFiles, { mark });
  });
  after(() => project.remove());

  it("are loaded once, until a file of variables changes or comes", async () => {
    const [first, isLoadedFirst] = await project.check();
    assert.match(first, /create table items/);
    assert.equal(isLoadedFirst, true);
    assert.deepEqual(await project.check(), [first, false]);
    const [record = ""] = project.records("entities");
    assert.match(record, /"SHOP_SECRET"/);
    assert.doesNotMatch(record, /a_secret_of_the_shop|postgres:/);

    project.write({ "settings/.env.own": "SHOP_TABLE=goods\n" });
    const [own, isLoadedForOwn] = await project.check();
    assert.match(own, /create table goods/);
    assert.equal(isLoadedForOwn, true);
  });

  it("are loaded anew where a value of the project's .env is another", async () => {
    await untilSettled();
    const [goods] = await project.check();
    assert.deepEqual(await project.check(), [goods, false]);
    project.write({ ".env": "SHOP_SCHEMA=shop\nSHOP_SECRET=a_secret_of_the_shop\n" });
    const [moved, isLoaded] = await project.check();
    assert.match(moved, /shop\.goods/);
    assert.equal(isLoaded, true);
  });
});
