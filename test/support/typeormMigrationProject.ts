import { createProjectFolder, type ProjectFolder } from "./projectFolder";
import { runProgram } from "./commandLine";

/** The package that a project imports TypeORM by. */
export type TypeormPackage = "typeorm" | "typeorm-0.3";

export interface MigrationProject extends ProjectFolder {
  /** Runs the named migrations on a database, or all, with TypeORM itself. */
  runWithTypeorm(url: string, names?: readonly string[]): Promise<void>;
  /** Reverts with TypeORM all that it ran. */
  revertWithTypeorm(url: string): Promise<void>;
}

/** Names of the migrations, in TypeORM's order. */
export const migrationNames = [
  "CreateUsers1700000000001",
  "CreateTags1700000000002",
  "AddTagNote1700000000003",
  "SeedTags1700000000004",
  "IndexTags1700000000005",
  "AddOrders1700000000006",
] as const;

/** A project with TypeORM migrations of every shape, and no revision. */
export function createMigrationProject(
  typeorm: TypeormPackage,
  files: Readonly<Record<string, string>> = {},
): MigrationProject {
  const written = Object.entries({ ...projectFiles, ...files });
  const project = createProjectFolder(
    Object.fromEntries(written.map(([name, text]) => [name, text.replaceAll("@typeorm@", typeorm)])),
  );
  project.linkModules();
  async function drive(url: string, args: readonly string[]): Promise<void> {
    const result = await runProgram(process.execPath, ["typeorm.cjs", ...args], {
      cwd: project.path,
      env: { DATABASE_URL: url },
    });
    if (result.exitCode !== 0) {
      throw new Error(`TypeORM failed: ${result.stdout}${result.stderr}`);
    }
  }
  return {
    ...project,
    runWithTypeorm: (url, names = migrationNames) => drive(url, ["run", ...names]),
    revertWithTypeorm: (url) => drive(url, ["revert"]),
  };
}

const projectFiles: Readonly<Record<string, string>> = {
  "package.json": `{ "name": "shop", "private": true }\n`,
  "tsconfig.json": `{ "compilerOptions": { "target": "ES2022", "module": "commonjs", "experimentalDecorators": true } }\n`,
  "alembic.config.ts": `import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  dataSource: "src/data-source.ts",
  timezone: "UTC",
});
`,
  "migrations/versions/.gitkeep": "",
  "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "@typeorm@";
import { Order, OrderTotal, Tag, User } from "./entities";

export const dataSource = new DataSource({
  type: "postgres",
  url: process.env["DATABASE_URL"],
  entities: [Order, OrderTotal, Tag, User],
  migrations: ["src/migrations/*.{ts,js}"],
  logging: true,
});
`,
  "src/entities.ts": `import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, ViewColumn, ViewEntity } from "@typeorm@";

@Entity("users")
export class User {
  @PrimaryGeneratedColumn() id!: number;
  @Index("ix_users_role")
  @Column({ type: "enum", enum: ["admin", "user"], default: "user" }) role!: string;
  @Column({ type: "varchar", unique: true }) email!: string;
}

@Entity("tags")
export class Tag {
  @PrimaryGeneratedColumn("uuid") id!: string;
  @Index("ix_tags_name")
  @Column({ type: "varchar" }) name!: string;
  @Column({ type: "text", nullable: true }) note!: string | null;
  @Column({ type: "integer", default: 0 }) position!: number;
}

@Entity("orders")
export class Order {
  @PrimaryColumn({ type: "bigint" }) id!: string;
  @Column({ type: "numeric", precision: 10, scale: 2 }) amount!: string;
  @Column({ type: "integer" }) user_id!: number;
  @ManyToOne(() => User)
  @JoinColumn({ name: "user_id", foreignKeyConstraintName: "fk_orders_user" })
  user!: User;
}

@ViewEntity({ name: "order_totals", expression: 'SELECT user_id, sum(amount) AS total FROM orders GROUP BY user_id' })
export class OrderTotal {
  @ViewColumn() user_id!: number;
  @ViewColumn() total!: string;
}
`,
  "src/migrations/1700000000001-CreateUsers.ts": `import { Table, TableIndex, type MigrationInterface, type QueryRunner } from "@typeorm@";

export class CreateUsers1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: "users",
        columns: [
          { name: "id", type: "int", isPrimary: true, isGenerated: true, generationStrategy: "increment" },
          { name: "role", type: "enum", enum: ["admin", "user"], default: "'user'" },
          { name: "email", type: "varchar", isUnique: true },
        ],
      }),
      true,
    );
    await queryRunner.createIndex("users", new TableIndex({ name: "ix_users_role", columnNames: ["role"] }));
    if (!(await queryRunner.hasColumn("users", "email"))) {
      throw new Error("the table is not there");
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable("users");
    await queryRunner.query('DROP TYPE "users_role_enum"');
  }
}

/** A helper beside a migration is none. */
export class NoMigration {}
`,
  "src/migrations/1700000000002-Tags.ts": `import { TableColumn, type MigrationInterface, type QueryRunner } from "@typeorm@";

export class AddTagNote1700000000003 implements MigrationInterface {
  up = async (queryRunner: QueryRunner): Promise<void> => {
    await queryRunner.addColumn("tags", new TableColumn({ name: "note", type: "text", isNullable: true }));
  };

  down = async (queryRunner: QueryRunner): Promise<void> => {
    await queryRunner.dropColumn("tags", "note");
  };
}

export class CreateTags implements MigrationInterface {
  name = "CreateTags1700000000002";

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      \`CREATE TABLE "tags" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "name" character varying NOT NULL, CONSTRAINT "PK_e7dc17249a1148a1970748eda99" PRIMARY KEY ("id"))\`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`DROP TABLE "tags"\`);
  }
}
`,
  "src/migrations/1700000000004-SeedTags.ts": `import type { MigrationInterface, QueryRunner } from "@typeorm@";
import { dataSource } from "../data-source";
import { User } from "../entities";

export default class SeedTags1700000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('INSERT INTO "tags" ("name", "note") VALUES ($1, $2), ($3, NULL)', ["it's", "a 'note'", "two"]);
    const users = queryRunner.manager.getRepository(User);
    const saved = await users.save(users.create({ email: "ann@example.org", role: "admin" }));
    await queryRunner.startTransaction();
    try {
      await users.insert({ email: "ann@example.org" });
      await queryRunner.commitTransaction();
    } catch (error) {
      if ((error as { code?: string }).code !== "23505") {
        throw error;
      }
      await queryRunner.rollbackTransaction();
    }
    await queryRunner.manager.transaction(async (manager) => {
      await manager.getRepository(User).update({ id: saved.id }, { role: "user" });
    });
    await dataSource.query("SELECT 1");
    const [{ count }] = await queryRunner.manager.query("SELECT count(*)::int AS count FROM users WHERE role = $1", ["user"]);
    const updated = await queryRunner.query("UPDATE tags SET note = 'none' WHERE note IS NULL");
    if (count !== 1 || updated[1] !== 1) {
      throw new Error(\`\${String(count)} users, \${JSON.stringify(updated)}\`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.manager.createQueryBuilder().delete().from(User).execute();
    await queryRunner.query("DELETE FROM tags");
  }
}
`,
  "src/migrations/1700000000005-IndexTags.ts": `import type { MigrationInterface, QueryRunner } from "@typeorm@";

export class IndexTags1700000000005 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX CONCURRENTLY "ix_tags_name" ON "tags" ("name")');
    await queryRunner.startTransaction();
    await queryRunner.query('ALTER TABLE "tags" ADD "position" integer');
    await queryRunner.query('UPDATE "tags" SET "position" = 0');
    await queryRunner.query('ALTER TABLE "tags" ALTER "position" SET NOT NULL, ALTER "position" SET DEFAULT 0');
    await queryRunner.commitTransaction();
    await queryRunner.query('INSERT INTO nowhere VALUES (1)').catch(() => undefined);
    await queryRunner.query('UPDATE "tags" SET "position" = 1 WHERE "name" = $1', ["two"]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "tags" DROP "position"');
    await queryRunner.query('DROP INDEX CONCURRENTLY "ix_tags_name"');
  }
}
`,
  // As the compiler writes it.
  "src/migrations/1700000000006-AddOrders.js": `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.AddOrders1700000000006 = void 0;
const typeorm_1 = require("@typeorm@");
class AddOrders1700000000006 {
    async up(queryRunner) {
        await queryRunner.query('CREATE TABLE "orders" ("id" bigint NOT NULL, "amount" numeric(10,2) NOT NULL, "user_id" integer NOT NULL, CONSTRAINT "PK_710e2d4957aa5878dfe94e4ac2f" PRIMARY KEY ("id"))');
        await queryRunner.createForeignKey("orders", new typeorm_1.TableForeignKey({ name: "fk_orders_user", columnNames: ["user_id"], referencedTableName: "users", referencedColumnNames: ["id"] }));
        await queryRunner.createView(new typeorm_1.View({ name: "order_totals", expression: "SELECT user_id, sum(amount) AS total FROM orders GROUP BY user_id" }), true);
    }
    async down(queryRunner) {
        await queryRunner.dropView("order_totals");
        await queryRunner.dropTable("orders");
    }
}
exports.AddOrders1700000000006 = AddOrders1700000000006;
`,
  // TypeORM itself, as its command line runs it.
  "typeorm.cjs": `require("tsx/cjs");
const { dataSource } = require("./src/data-source.ts");

async function main([action, ...names]) {
  dataSource.setOptions({ subscribers: [] });
  dataSource.logger = new Proxy({}, { get: () => () => undefined });
  await dataSource.initialize();
  const migrations = dataSource.migrations.filter((each) => typeof each.up === "function");
  if (action === "run") {
    Object.assign(dataSource, { migrations: migrations.filter((each) => names.includes(each.name ?? each.constructor.name)) });
    await dataSource.runMigrations({ transaction: "each" });
  } else {
    Object.assign(dataSource, { migrations });
    for (const _ of migrations) {
      await dataSource.undoLastMigration({ transaction: "none" });
    }
  }
  await dataSource.destroy();
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
`,
};
