import assert from "node:assert/strict";
import { withoutVersionTable } from "../support/dumps";
import { runProgram } from "../support/commandLine";
import { createProjectFolder } from "../support/projectFolder";
import { queryRows, queryValues, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import type { TypeormPackage } from "../support/typeormMigrationProject";

/** A way in which applications write their migrations. */
export interface MigrationShape {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Of the last migration. */
  readonly head: string;
  /** What the rows of the migrated database are asked with. */
  readonly rows: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What \`test\` says at its end. */
  readonly tested: RegExp;
  readonly hasEntities?: true;
}

const config = (dataSource: string): string => `export default {
  scriptLocation: "database",
  dataSource: "${dataSource}",
  timezone: "UTC",
};
`;

/** Runs the migrations with TypeORM itself. */
const driver = (dataSource: string, transaction: string): string => `${
  dataSource.endsWith(".ts") ? 'require("tsx/cjs");\n' : ""
}(async () => {
  const { default: dataSource } = await Promise.resolve(${
    dataSource.endsWith(".ts") ? `require("./${dataSource}")` : `import("./${dataSource}")`
  });
  await dataSource.initialize();
  await dataSource.runMigrations({ transaction: "${transaction}" });
  await dataSource.destroy();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
`;

export const migrationShapes: readonly MigrationShape[] = [
  {
    title: "ES modules of JavaScript, found by a glob, with statements of every kind",
    head: "1600000000004",
    rows: "SELECT id, state, data, tags FROM note ORDER BY id",
    tested: /^4 passed, 0 failed\n/m,
    files: {
      "package.json": '{ "name": "notes", "type": "module" }\n',
      "alembic.config.mjs": config("ormconfig.js"),
      "ormconfig.js": `import { DataSource } from "@typeorm@";
export default new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  extra: { statement_timeout: 10000 },
  migrations: ["migration/*.js"],
});
`,
      "typeorm.cjs": driver("ormconfig.js", "all"),
      "migration/1600000000001-init.js": `export class init1600000000001 {
  constructor() { this.name = "init1600000000001"; }
  async up(queryRunner) {
    await queryRunner.query(\`CREATE TYPE "note_state" AS ENUM('draft', 'open')\`, undefined);
    await queryRunner.query(\`CREATE TABLE "note" ("id" character varying(32) NOT NULL, "state" "note_state" NOT NULL DEFAULT 'draft', "data" jsonb NOT NULL DEFAULT '{}', "tags" character varying(128) array NOT NULL DEFAULT '{}'::varchar[], CONSTRAINT "PK_note" PRIMARY KEY ("id")); COMMENT ON COLUMN "note"."state" IS 'How far; it''s come.'\`);
    await queryRunner.query(\`CREATE INDEX "IDX_note_tags" ON "note" USING gin ("tags")\`);
  }
  async down(queryRunner) {
    await queryRunner.query(\`DROP TABLE "note"\`);
    await queryRunner.query(\`DROP TYPE "note_state"\`);
  }
}
`,
      "migration/1600000000002-values.js": `const tags = ["a", "b;c"];
export class values1600000000002 {
  async up(queryRunner) {
    await queryRunner.query('INSERT INTO "note" ("id", "data", "tags") VALUES ($1, $2, $3)', ["one", { deep: [1, null] }, tags]);
    await Promise.all([
      queryRunner.query("UPDATE note SET state = $1 WHERE id = $2", ["open", "one"]),
      queryRunner.query("INSERT INTO note (id) VALUES ('two')"),
    ]);
  }
  async down(queryRunner) {
    await queryRunner.query("DELETE FROM note");
  }
}
`,
      "migration/1600000000003-enum.js": `export class enum1600000000003 {
  async up(queryRunner) {
    await queryRunner.query('ALTER TYPE "note_state" RENAME TO "note_state_old"');
    await queryRunner.query(\`CREATE TYPE "note_state" AS ENUM('draft', 'open', 'closed')\`);
    await queryRunner.query('ALTER TABLE "note" ALTER COLUMN "state" DROP DEFAULT');
    await queryRunner.query('ALTER TABLE "note" ALTER COLUMN "state" TYPE "note_state" USING "state"::"text"::"note_state"');
    await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "state" SET DEFAULT 'draft'\`);
    await queryRunner.query('DROP TYPE "note_state_old"');
  }
  async down(queryRunner) {
    await queryRunner.query(\`CREATE TYPE "note_state_old" AS ENUM('draft', 'open')\`);
    await queryRunner.query('ALTER TABLE "note" ALTER COLUMN "state" DROP DEFAULT');
    await queryRunner.query('ALTER TABLE "note" ALTER COLUMN "state" TYPE "note_state_old" USING "state"::"text"::"note_state_old"');
    await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "state" SET DEFAULT 'draft'\`);
    await queryRunner.query('DROP TYPE "note_state"');
    await queryRunner.query('ALTER TYPE "note_state_old" RENAME TO "note_state"');
  }
}
`,
      "migration/1600000000004-block.js": `export class block1600000000004 {
  async up(queryRunner) {
    await queryRunner.query(\`DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'CK_note') THEN ALTER TABLE note ADD CONSTRAINT "CK_note" CHECK (id <> ''); END IF; END $$;\`);
    await queryRunner.query(\`CREATE OR REPLACE FUNCTION note_count() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM note; -- all'\`);
  }
  async down(queryRunner) {
    await queryRunner.query("DROP FUNCTION note_count()");
    await queryRunner.query('ALTER TABLE note DROP CONSTRAINT "CK_note"');
  }
}
`,
    },
  },
  {
    title: "classes that the DataSource lists, with helpers, the environment, runners and repositories",
    head: "1600000000104",
    rows: "SELECT id, name, plan FROM app.account ORDER BY id",
    env: { TEST_PLAN: "gold" },
    tested: /^3 passed, 0 failed, 1 one-way\n/m,
    hasEntities: true,
    files: {
      "package.json": '{ "name": "accounts" }\n',
      "tsconfig.json":
        '{ "compilerOptions": { "target": "ES2022", "module": "commonjs", "experimentalDecorators": true } }\n',
      "alembic.config.cjs": config("src/data-source.ts").replace("export default", "module.exports ="),
      "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "@typeorm@";
import { Account } from "./account";
import { migrations } from "./migrations";
class Listener { constructor() { throw new Error("a subscriber is made"); } }
export default new DataSource({
  type: "postgres",
  url: process.env["DATABASE_URL"],
  schema: "app",
  entities: { Account },
  subscribers: process.argv[1]?.endsWith("typeorm.cjs") ? [] : [Listener],
  migrations,
  migrationsTableName: "done",
  metadataTableName: "meta",
  migrationsTransactionMode: "each",
  logging: ["query"],
  logger: "file",
  extensions: ["citext"],
});
`,
      "src/account.ts": `import { Column, Entity, Index, PrimaryGeneratedColumn } from "@typeorm@";
@Entity({ schema: "app" })
export class Account {
  @PrimaryGeneratedColumn("uuid") id!: string;
  @Index()
  @Column({ type: "citext" }) name!: string;
  @Column({ type: "varchar", generatedType: "STORED", asExpression: "upper(name::text)", nullable: true }) loud!: string;
  @Column({ type: "varchar", nullable: true }) plan!: string | null;
}
`,
      "src/migrations/index.ts": `import { Create1600000000101 } from "./create";
import * as later from "./later";
export const migrations = [Create1600000000101, ...Object.values(later)];
`,
      "src/migrations/helpers.ts": `import type { QueryRunner } from "@typeorm@";
export async function hasRows(queryRunner: QueryRunner, table: string): Promise<boolean> {
  return (await queryRunner.query(\`SELECT 1 FROM \${table} LIMIT 1\`)).length > 0;
}
`,
      "src/migrations/create.ts": `import { Table, type MigrationInterface, type QueryRunner } from "@typeorm@";
export class Create1600000000101 implements MigrationInterface {
  name = "Create1600000000101";
  async up(queryRunner: QueryRunner): Promise<void> {
    if (await queryRunner.hasTable("app.account")) return;
    await queryRunner.createTable(new Table({
      name: "account",
      schema: "app",
      columns: [
        { name: "id", type: "uuid", isPrimary: true, isGenerated: true, generationStrategy: "uuid", default: "uuid_generate_v4()" },
        { name: "name", type: "citext" },
        { name: "loud", type: "varchar", generatedType: "STORED", asExpression: "upper(name::text)", isNullable: true },
      ],
      indices: [{ name: "ix_account_name", columnNames: ["name"] }],
    }), true);
    const table = await queryRunner.getTable("app.account");
    if (table?.columns.length !== 3) throw new Error("three columns are wanted");
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable("app.account", true, true, true);
  }
}
`,
      "src/migrations/later.ts": `import { TableColumn, type MigrationInterface, type QueryRunner } from "@typeorm@";
import { Account } from "../account";
import { hasRows } from "./helpers";
export class Plan1600000000102 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn("app.account", new TableColumn({ name: "plan", type: "varchar", isNullable: true }));
    const other = queryRunner.connection.createQueryRunner();
    try {
      await other.connect();
      if (process.env["TEST_PLAN"] !== undefined && !(await hasRows(queryRunner, "app.account"))) {
        await queryRunner.manager.query("INSERT INTO app.account (id, name, plan) VALUES ($1, $2, $3)", ["00000000-0000-4000-8000-000000000001", "Ann", process.env["TEST_PLAN"]]);
      }
    } finally {
      await other.release();
    }
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn("app.account", "plan");
  }
}
export class Seed1600000000103 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const accounts = queryRunner.manager.getRepository(Account);
    await accounts.save({ id: "00000000-0000-4000-8000-000000000002", name: "Ben" });
    await queryRunner.startTransaction();
    await queryRunner.startTransaction();
    await accounts.delete({ name: "ben" });
    await queryRunner.rollbackTransaction();
    await queryRunner.commitTransaction();
    const [found, count] = await accounts.createQueryBuilder("each").where("each.name IN (:...names)", { names: ["ann", "BEN"] }).getManyAndCount();
    if (count !== 2 || found.some(({ loud, name }) => loud !== name.toUpperCase())) throw new Error(JSON.stringify(found));
  }
  async down(): Promise<void> {
    throw new Error("Seeds stay.");
  }
}
export class Concurrent1600000000104 implements MigrationInterface {
  transaction = false as const;
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_account_plan ON app.account (plan)");
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP INDEX CONCURRENTLY IF EXISTS app.ix_account_plan");
  }
}
`,
      "typeorm.cjs": driver("src/data-source.ts", "each"),
    },
  },
];

/** Adopts the migrations, and holds that they do by `upgrade` what TypeORM itself does. */
export async function checkMigrationShape(shape: MigrationShape, typeorm: TypeormPackage): Promise<void> {
  const { files, head, rows, env = {}, tested, hasEntities = false } = shape;
  const server = await sharedPostgres();
  const project = createProjectFolder(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, text.replaceAll("@typeorm@", typeorm)]),
    ),
  );
  try {
    project.linkModules();
    project.write({ "database/versions/.gitkeep": "" });
    const newDatabase = async (): Promise<string> => {
      const url = await server.createDatabase();
      await queryRows(url, "CREATE SCHEMA app");
      return url;
    };
    const run = async (url: string, ...args: readonly string[]): Promise<string> => {
      const result = await project.run(args, { env: { ...env, DATABASE_URL: url } });
      assert.equal(result.exitCode, 0, `${args.join(" ")}: ${result.stdout}${result.stderr}`);
      return result.stdout;
    };
    const [url, reference] = [await newDatabase(), await newDatabase()];
    const typeormItself = await runProgram(process.execPath, ["typeorm.cjs"], {
      cwd: project.path,
      env: { ...env, DATABASE_URL: reference },
    });
    assert.equal(typeormItself.exitCode, 0, typeormItself.stderr);

    await run(reference, "adopt", "typeorm");
    assert.deepEqual(await versionRows(reference), [head]);
    await run(url, "upgrade", "head");
    assert.deepEqual(await versionRows(url), [head]);
    assert.equal(
      withoutVersionTable(await server.dumpSchema(url)),
      withoutVersionTable(await server.dumpSchema(reference)),
    );
    assert.deepEqual(await queryRows(url, rows), await queryRows(reference, rows));
    const listed =
      "SELECT table_schema || '.' || table_name FROM information_schema.columns WHERE column_name = 'timestamp'";
    const [table] = await queryValues(reference, listed);
    const names = `SELECT timestamp, name FROM ${String(table)} ORDER BY id`;
    assert.deepEqual(await queryRows(url, names), await queryRows(reference, names));
    if (typeorm === "typeorm") {
      const { stdout } = await project.run(["test"], { env });
      assert.match(stdout, tested);
      if (hasEntities) {
        const offline = await project.run(["check", "--offline"], { env });
        assert.match(offline.stdout, /upgrade operations detected/, offline.stderr);
      }
    }
  } finally {
    project.remove();
  }
}
