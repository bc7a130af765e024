import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandLineResult } from "../support/commandLine";
import type { ProjectFolder } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import { runSql } from "./support/checkSet";
import { createShop, dataSourceOf } from "./support/shopProject";

const stale = dataSourceOf('"src/items/*.ts"', '"src/gone/*.ts"');

describe("entities that are not found", function () {
  this.timeout(60_000);
  this.slow(10_000);
  let project: ProjectFolder;
  let url: string;

  async function start(folder?: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
    url = await (await sharedPostgres()).createDatabase();
    project = createShop(folder, files);
  }

  const run = (...args: readonly string[]): Promise<CommandLineResult> =>
    project.run(["--url", url, ...args]);

  async function succeed(...args: readonly string[]): Promise<CommandLineResult> {
    const result = await run(...args);
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    return result;
  }

  async function makeTables(): Promise<void> {
    await succeed("revision", "--autogenerate", "--rev-id", "r1", "-m", "first");
    await succeed("upgrade", "head");
  }

  /** What `makeTables` leaves of the plain shop. */
  let first: { readonly revision: string; readonly sql: string };

  async function startWithTables(): Promise<void> {
    await start();
    project.write({ "migrations/versions/r1_first.ts": first.revision });
    await runSql(url, first.sql);
  }

  before(async () => {
    await start();
    await succeed("revision", "--autogenerate", "--rev-id", "r1", "-m", "first");
    const revision = readFileSync(join(project.path, "migrations/versions/r1_first.ts"), "utf8");
    first = { revision, sql: (await succeed("upgrade", "head", "--sql")).stdout };
    project.remove();
  });

  const generate = (...args: readonly string[]): Promise<CommandLineResult> =>
    run("revision", "--autogenerate", "--rev-id", "r2", "-m", "second", ...args);

  const second = (): string => readFileSync(join(project.path, "migrations/versions/r2_second.ts"), "utf8");

  afterEach(() => project.remove());

  it("leave a glob that matches nothing with a refusal that names it", async () => {
    await startWithTables();
    project.write({ "src/data-source.ts": stale });
    for (const command of [() => generate(), () => generate("--drop", "orders"), () => run("check")]) {
      const { exitCode, stdout, stderr } = await command();
      assert.equal(exitCode, 255);
      assert.match(
        stdout,
        /^FAILED: No file matches <project>\/src\/gone\/\*\.ts, which the DataSource names, and the database has what no entity describes/m,
      );
      assert.match(stderr, /--allow-empty-globs, or set allowEmptyGlobs in the configuration/);
    }
    assert.deepEqual(project.list("migrations/versions"), [".gitkeep", "r1_first.ts"]);
  });

  it("are a warning where nothing would go", async () => {
    await start(undefined, {
      "src/data-source.ts": dataSourceOf('"src/items/*.ts"', '"src/orders/*.ts"', '"src/gone/*.ts"'),
    });
    await makeTables();
    const { stderr } = await succeed("check");
    assert.match(stderr, /No file matches <project>\/src\/gone\/\*\.ts, which the DataSource names/);
    assert.doesNotMatch((await succeed("check", "--allow-empty-globs")).stderr, /No file matches/);
  });

  it("are dropped where their table is named, and the glob may be empty", async () => {
    await startWithTables();
    project.write({ "src/data-source.ts": stale });
    const open = await generate("--allow-empty-globs");
    assert.equal(open.exitCode, 255);
    assert.match(
      open.stdout,
      /^FAILED: No entity describes what revisions created: table orders \(created by revision r1\)\.$/m,
    );
    assert.match(open.stderr, /--drop orders or --keep orders\./);
    project.write({
      "alembic.config.ts": `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations", dataSource: "src/data-source.ts", allowEmptyGlobs: true });
`,
    });
    assert.equal((await generate("--drop", "orders")).exitCode, 0);
    assert.match(second(), /await op\.dropTable\("orders"\);\n {2}await op\.dropEnum\("order_state"\);/);
    await succeed("upgrade", "head");
    assert.equal((await succeed("check")).stdout, "No new upgrade operations detected.\n");
  });

  it("fail check until somebody says that their table stays", async () => {
    await startWithTables();
    project.write({ "src/data-source.ts": dataSourceOf('"src/items/*.ts"') });
    const before = await run("check");
    assert.equal(before.exitCode, 255);
    assert.match(before.stdout, /No entity describes what revisions created: table orders/);
    assert.equal((await generate("--keep", "orders")).exitCode, 0);
    assert.match(second(), /upgrade\([^]*\/\/ Only in the database, left alone: table orders\n/);
    await succeed("upgrade", "head");
    assert.equal((await succeed("check")).stdout, "No new upgrade operations detected.\n");
    const dropped = await run("check", "--drop", "orders");
    assert.match(
      dropped.stdout,
      /New upgrade operations detected:\n {2}drop table orders\n {2}drop enum order_state/,
    );
  });

  it("leave the columns of a table that another entity describes too", async () => {
    const label = `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("items") export class Label { @PrimaryGeneratedColumn() id!: number; @Column("text", { nullable: true }) label!: string; }
`;
    await start(undefined, { "src/items/label.ts": label });
    await makeTables();
    const first = readFileSync(join(project.path, "migrations/versions/r1_first.ts"), "utf8");
    assert.match(first, /upgrade\([^]*\/\/ Described by several entities: table items\n/);
    project.removeFile("src/items/label.ts");
    const open = await generate();
    assert.equal(open.exitCode, 255);
    assert.match(
      open.stdout,
      /^FAILED: No entity describes what revisions created: column items\.label \(created by revision r1\)\.$/m,
    );
    assert.deepEqual(project.list("migrations/versions"), [".gitkeep", "r1_first.ts"]);
    await succeed("revision", "--autogenerate", "--rev-id", "r2", "-m", "second", "--drop", "items.label");
    assert.match(second(), /op\.dropColumn\("items", "label"\)/);
  });

  it("refuse an answer that fits nothing", async () => {
    await startWithTables();
    for (const [flag, name] of [
      ["--drop", "items"],
      ["--keep", "nothing"],
    ] as const) {
      const { exitCode, stdout } = await generate(flag, name);
      assert.deepEqual(
        [exitCode, stdout],
        [255, `FAILED: Nothing that exists only in the database is named ${name}.\n`],
      );
    }
  });

  it("are not those below folders whose names hold characters of globs", async () => {
    const folder = "shop (copy)/[1] {a,b}/!shop+(x)";
    await start(folder);
    project.write({
      [`${folder}/src/data-source.ts`]: dataSourceOf('"src/items/*.ts"', '__dirname + "/orders/*.ts"'),
    });
    const config = join(project.path, folder, "alembic.config.ts");
    await succeed("-c", config, "revision", "--autogenerate", "--rev-id", "r1", "-m", "first");
    await succeed("-c", config, "upgrade", "head");
    assert.equal((await succeed("-c", config, "check")).stdout, "No new upgrade operations detected.\n");
    const rows = await queryRows(
      url,
      "SELECT tablename AS name FROM pg_tables WHERE tablename IN ('items', 'orders') ORDER BY 1",
    );
    assert.deepEqual(rows, [{ name: "items" }, { name: "orders" }]);
  });

  it("are those of the sources where globs name what is built of them", async () => {
    await start(undefined, {
      "src/data-source.ts": dataSourceOf('__dirname + "/items/*.js"', '"src/orders/order.js"'),
    });
    await makeTables();
    assert.equal((await succeed("check")).stdout, "No new upgrade operations detected.\n");
  });
});
