import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

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
  let project: ProjectFolder;
  let cache: string;
  let env: Readonly<Record<string, string>>;

  /** What `check` finds, and whether it has loaded the entities for that. */
  async function check(): Promise<readonly [string, boolean]> {
    const { stdout, stderr } = await project.run(["check", "--json"], { env });
    return [stdout, stderr.includes(mark)];
  }

  before(async () => {
    const server = await sharedPostgres();
    cache = mkdtempSync(join(tmpdir(), "alembic-ts-cache-"));
    project = createProjectFolder(projectFiles);
    project.linkModules();
    env = { DATABASE_URL: await server.createDatabase(), XDG_CACHE_HOME: cache, NODE_NO_WARNINGS: "1" };
    // What was written less long ago may be written again without its time telling.
    await setTimeout(2_500);
  });
  after(() => {
    project.remove();
    rmSync(cache, { recursive: true, force: true });
  });

  it("are loaded once, until a file of variables changes or comes", async () => {
    const [first, isLoadedFirst] = await check();
    assert.match(first, /create table items/);
    assert.equal(isLoadedFirst, true);
    assert.deepEqual(await check(), [first, false]);
    const folder = join(cache, "alembic-ts", "compiled", "entities");
    const [record = ""] = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    assert.match(record, /"SHOP_SECRET"/);
    assert.doesNotMatch(record, /a_secret_of_the_shop|postgres:/);

    project.write({ "settings/.env.own": "SHOP_TABLE=goods\n" });
    const [own, isLoadedForOwn] = await check();
    assert.match(own, /create table goods/);
    assert.equal(isLoadedForOwn, true);
  });

  it("are loaded anew where a value of the project's .env is another", async () => {
    await setTimeout(2_500);
    const [goods] = await check();
    assert.deepEqual(await check(), [goods, false]);
    project.write({ ".env": "SHOP_SCHEMA=shop\nSHOP_SECRET=a_secret_of_the_shop\n" });
    const [moved, isLoaded] = await check();
    assert.match(moved, /shop\.goods/);
    assert.equal(isLoaded, true);
  });
});
