import assert from "node:assert/strict";
import { createProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";
import { checkShape } from "./shapes/checkShape";
import { namingStrategyShape, projectShapes } from "./shapes/projectShapes";

/** The others are in test/long. */
const some = [
  "CommonJS",
  "CommonJS with path aliases",
  "ES modules",
  "ES modules whose relations name their classes",
  "ES modules whose relations name their classes, in syntax that is left to TypeScript",
  "ES modules with path aliases",
  "compiled CommonJS",
  "a DataSource that .env configures",
  "the second of several DataSources",
];

describe("autogenerate from the command line, in projects of every shape", function () {
  this.timeout(120_000);
  this.slow(30_000);
  /** All shapes say the same. */
  let wanted: string | undefined;

  for (const shape of projectShapes.filter(({ name }) => some.includes(name))) {
    it(shape.name, async () => {
      const dump = await checkShape(shape);
      wanted ??= dump;
      assert.equal(dump, wanted);
      assert.match(wanted, /"bornAt":? timestamp without time zone/);
    });
  }

  it("a naming strategy of the project", async () => {
    const dump = await checkShape(namingStrategyShape);
    assert.match(dump, /born_at:? timestamp without time zone/);
    assert.match(dump, /fk_posts_author_id:? FOREIGN KEY/);
  });

  it("two configurations for two DataSources on one database leave each other alone", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const source = (name: string): Readonly<Record<string, string>> => ({
      [`alembic.${name}.config.ts`]: `import { defineConfig } from "alembic-ts";
export default defineConfig({
  scriptLocation: "migrations/${name}",
  versionTable: "alembic_version_${name}",
  dataSource: "src/${name}.ts",
});
`,
      [`migrations/${name}/versions/.gitkeep`]: "",
      [`src/${name}.ts`]: `import { Column, DataSource, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("${name}")
export class Row {
  @PrimaryGeneratedColumn() id!: number;
  @Column() name!: string;
}
export const dataSource = new DataSource({ type: "postgres", entities: [Row] });
`,
    });
    const project = createProjectFolder({
      "package.json": '{ "name": "shop" }',
      "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
      ...source("shop"),
      ...source("reports"),
    });
    try {
      project.linkModules();
      const run = async (name: string, ...args: readonly string[]): Promise<string> => {
        const result = await project.run(["-c", `alembic.${name}.config.ts`, "--url", url, ...args]);
        assert.equal(result.exitCode, 0, result.stdout + result.stderr);
        return result.stdout;
      };
      for (const name of ["shop", "reports"]) {
        await run(name, "revision", "--autogenerate", "-m", "first");
        await run(name, "upgrade", "head");
      }
      for (const name of ["shop", "reports"]) {
        assert.equal(await run(name, "check"), "No new upgrade operations detected.\n");
      }
    } finally {
      project.remove();
    }
  });
});
