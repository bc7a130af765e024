import assert from "node:assert/strict";
import { rememberingProject, type RememberingProject } from "./support/rememberingProject";

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
  let project: RememberingProject;

  before(async () => {
    project = await rememberingProject(projectFiles, { mark, variables: { SHOP_SCHEMA: "public" } });
  });
  after(() => project.remove());

  it("are loaded once, and make the same of it, until something changes", async () => {
    const [first, isLoadedFirst] = await project.check();
    assert.deepEqual(await project.check(), [first, false]);
    assert.equal(isLoadedFirst, true);
    assert.match(first, /create table items/);

    const [other, isLoadedForOther] = await project.check({ SHOP_SCHEMA: "shop_of_others" });
    assert.equal(isLoadedForOther, true);
    assert.match(other, /shop_of_others/);

    project.write({ "entities/order.ts": newEntity });
    const [more, isLoadedForMore] = await project.check();
    assert.equal(isLoadedForMore, true);
    assert.match(more, /create table orders/);
  });

  it("leave no value of a variable and no password behind", () => {
    const [record = ""] = project.records("entities");
    assert.equal(record.includes("DATABASE_URL"), true);
    assert.equal(record.includes(project.databaseUrl), false);
    assert.equal(record.includes("literal secret"), false);
  });
});
