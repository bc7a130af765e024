import assert from "node:assert/strict";
import { queryRows } from "../support/queryRows";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

const name = "levr_config_provider_schema_liquidation_buffer_bps_over_under_updated";
const kept = name.slice(0, 63);

/** A project with these statements between the imports and the list of its entities. */
function projectOf(model: string): ProjectFolder {
  const project = createProjectFolder({
    "package.json": '{ "name": "levr" }',
    "alembic.config.ts": `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "database/migrations", dataSource: "src/data-source.ts" });
`,
    "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "typeorm";
import { entities } from "./model";
export const dataSource = new DataSource({ type: "postgres", entities });
`,
    "src/model.ts": `import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";\n${model}\n`,
    "database/migrations/versions/.gitkeep": "",
  });
  project.linkModules();
  return project;
}

describe("names that are longer than the server keeps", function () {
  this.timeout(60_000);
  this.slow(10_000);
  let project: ProjectFolder;

  afterEach(() => project.remove());

  it("are those of the tables that were made of them", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    project = projectOf(
      `@Entity("${name}") class Long { @PrimaryGeneratedColumn() id!: number; @Index() @Column("text") name!: string; }
export const entities = [Long];`,
    );
    const run = async (...args: readonly string[]): Promise<string> => {
      const result = await project.run(["--url", url, ...args]);
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      return result.stdout;
    };
    await run("revision", "--autogenerate", "--rev-id", "r1", "-m", "first");
    await run("upgrade", "head");
    await queryRows(url, `INSERT INTO ${kept} (name) VALUES ('keep')`);
    assert.equal(await run("check"), "No new upgrade operations detected.\n");
    await run("revision", "--autogenerate", "--rev-id", "r2", "-m", "second");
    await run("upgrade", "head");
    assert.deepEqual(await queryRows(url, `SELECT name FROM ${kept}`), [{ name: "keep" }]);
  });

  for (const [what, model] of [
    [
      "tables",
      `@Entity("${name}") class First { @PrimaryGeneratedColumn() id!: number; }
@Entity("${kept}_other") class Second { @PrimaryGeneratedColumn() id!: number; }
export const entities = [First, Second];`,
    ],
    [
      "enums",
      `@Entity("one") class First { @PrimaryGeneratedColumn() id!: number; @Column({ type: "enum", enum: ["a"], enumName: "${name}" }) a!: string; }
@Entity("two") class Second { @PrimaryGeneratedColumn() id!: number; @Column({ type: "enum", enum: ["b"], enumName: "${kept}_other" }) b!: string; }
export const entities = [First, Second];`,
    ],
  ] as const) {
    it(`are refused where two ${what} would be one`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      project = projectOf(model);
      const { exitCode, stdout } = await project.run(["--url", url, "check"]);
      assert.equal(exitCode, 255);
      assert.equal(
        stdout,
        `FAILED: PostgreSQL keeps the first 63 bytes of a name, so it can't tell two ${what} of the entities apart: ${name} and ${kept}_other.\n`,
      );
    });
  }
});
