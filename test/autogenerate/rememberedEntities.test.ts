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
export default defineConfig({ scriptLocation: "migrations", dataSource: "data-source.ts" });
`,
  "migrations/versions/.gitkeep": "",
  "data-source.ts": `import "reflect-metadata";
import { join } from "node:path";
import { DataSource } from "typeorm";
console.error("${mark}");
export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  password: "literal secret",
  schema: process.env.SHOP_SCHEMA,
  entities: [join(__dirname, "entities/*.ts")],
});
`,
  "entities/item.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("items") export class Item {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: "text", default: "new", comment: "its state" }) state!: string;
  @Column({ type: "enum", enum: ["small", "large"] }) size!: string;
}
`,
};

const newEntity = `import { Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("orders") export class Order { @PrimaryGeneratedColumn() id!: number; }
`;

describe("entities that are remembered", function () {
  this.timeout(120_000);
  this.slow(20_000);
  let project: ProjectFolder;
  let cache: string;
  let env: Readonly<Record<string, string>>;

  /** What `check` finds, and whether it has loaded the entities for that. */
  async function check(more: Readonly<Record<string, string>> = {}): Promise<readonly [string, boolean]> {
    const { stdout, stderr } = await project.run(["check", "--json"], { env: { ...env, ...more } });
    return [stdout, stderr.includes(mark)];
  }

  function records(): readonly string[] {
    const folder = join(cache, "alembic-ts", "compiled", "entities");
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
  }

  before(async () => {
    const server = await sharedPostgres();
    cache = mkdtempSync(join(tmpdir(), "alembic-ts-cache-"));
    project = createProjectFolder(projectFiles);
    project.linkModules();
    env = {
      DATABASE_URL: await server.createDatabase(),
      XDG_CACHE_HOME: cache,
      SHOP_SCHEMA: "public",
      NODE_NO_WARNINGS: "1",
    };
    // What was written less long ago may be written again without its time telling.
    await setTimeout(2_500);
  });
  after(() => {
    project.remove();
    rmSync(cache, { recursive: true, force: true });
  });

  it("are loaded once, and make the same of it, until something changes", async () => {
    const [first, isLoadedFirst] = await check();
    assert.deepEqual(await check(), [first, false]);
    assert.equal(isLoadedFirst, true);
    assert.match(first, /create table items/);

    const [other, isLoadedForOther] = await check({ SHOP_SCHEMA: "shop_of_others" });
    assert.equal(isLoadedForOther, true);
    assert.match(other, /shop_of_others/);

    project.write({ "entities/order.ts": newEntity });
    const [more, isLoadedForMore] = await check();
    assert.equal(isLoadedForMore, true);
    assert.match(more, /create table orders/);
  });

  it("leave no value of a variable and no password behind", () => {
    const [record = ""] = records();
    assert.equal(record.includes("DATABASE_URL"), true);
    assert.equal(record.includes(env["DATABASE_URL"] ?? "postgres://"), false);
    assert.equal(record.includes("literal secret"), false);
  });
});
