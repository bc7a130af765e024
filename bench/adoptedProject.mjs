// A project that adopts TypeORM migrations: many entities, and a chain of migrations that makes their tables.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeEntityProject } from "./entityProject.mjs";

const firstTimestamp = 1_700_000_000_000;

/** Prints what `synchronize()` would run on an empty database. */
const schemaProgram = `require("reflect-metadata");
const { dataSource } = require("./build/data-source.js");
dataSource.setOptions({ migrations: [] });
dataSource
  .initialize()
  .then(() => dataSource.driver.createSchemaBuilder().log())
  .then(async ({ upQueries }) => {
    await dataSource.destroy();
    process.stdout.write(JSON.stringify(upQueries.map(({ query }) => query)));
  });
`;

/** Runs the migrations as an application does. */
const migrationsProgram = `require("reflect-metadata");
const { dataSource } = require("./build/data-source.js");
dataSource
  .initialize()
  .then(() => dataSource.runMigrations())
  .then(() => dataSource.destroy());
`;

function dataSourceText() {
  return `import "reflect-metadata";
import { join } from "node:path";
import { DataSource } from "typeorm";
export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [join(__dirname, "entities/*.{ts,js}")],
  migrations: [join(__dirname, "typeorm/*.{ts,js}")],
});
`;
}

function migrationText(name, up, down) {
  const send = (statement) => `    await queryRunner.query(\`${statement.replaceAll("`", "\\`")}\`);\n`;
  return `import type { MigrationInterface, QueryRunner } from "typeorm";

export class ${name} implements MigrationInterface {
  name = "${name}";

  public async up(queryRunner: QueryRunner): Promise<void> {
${up.map(send).join("")}  }

  public async down(queryRunner: QueryRunner): Promise<void> {
${down.map(send).join("")}  }
}
`;
}

/** What takes back a statement of a migration. */
function inverse(statement) {
  const table = /^CREATE TABLE ("\w+")/.exec(statement)?.[1];
  const type = /^CREATE TYPE ("[^ ]+")/.exec(statement)?.[1];
  const index = /^CREATE (?:UNIQUE )?INDEX ("\w+")/.exec(statement)?.[1];
  const [, altered, constraint] = /^ALTER TABLE ("\w+") ADD CONSTRAINT ("\w+")/.exec(statement) ?? [];
  return [
    table === undefined ? undefined : `DROP TABLE ${table}`,
    type === undefined ? undefined : `DROP TYPE ${type}`,
    index === undefined ? undefined : `DROP INDEX ${index}`,
    altered === undefined ? undefined : `ALTER TABLE ${altered} DROP CONSTRAINT ${constraint}`,
  ].filter((each) => each !== undefined);
}

/**
 * Writes the project, compiles it, and adopts its migrations: `length` of them, the first with what the entities need,
 * the others with a column that comes and goes.
 */
export function writeAdoptedProject(directory, { count, length, repository, commandLine, url }) {
  mkdirSync(directory, { recursive: true });
  writeEntityProject(directory, count, repository);
  const run = (program, args) =>
    execFileSync(program, args, {
      cwd: directory,
      env: { ...process.env, DATABASE_URL: url },
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "inherit"],
    });
  const write = (name, text) => writeFileSync(join(directory, name), text);
  const compile = () => {
    rmSync(join(directory, "build"), { recursive: true, force: true });
    run(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", "."]);
  };
  mkdirSync(join(directory, "src/typeorm"), { recursive: true });
  write("src/data-source.ts", dataSourceText());
  write("schema.cjs", schemaProgram);
  write("migrate.cjs", migrationsProgram);
  compile();
  // Each table asks for the enum that all share.
  const statements = [...new Set(JSON.parse(run(process.execPath, ["schema.cjs"])))];
  const share = Math.ceil(statements.length / length);
  for (let index = 0; index < length; index += 1) {
    const name = `Step${index}At${firstTimestamp + index}`;
    const own = statements.slice(index * share, (index + 1) * share);
    const extra = Math.max(0, index - Math.ceil(statements.length / share));
    const column = `"entity_${extra % Math.min(count, 10)}" `;
    const passing =
      extra % 2 === 0 ? [`ADD "passing" integer`, `DROP "passing"`] : [`ADD "short" text`, `DROP "short"`];
    const up = own.length > 0 ? own : passing.map((change) => `ALTER TABLE ${column}${change}`);
    const down = own.length > 0 ? own.flatMap(inverse).reverse() : [`SELECT 1`];
    write(`src/typeorm/${firstTimestamp + index}-Step${index}.ts`, migrationText(name, up, down));
  }
  compile();
  run(process.execPath, [commandLine, "adopt", "typeorm", "--no-stamp"]);
}
