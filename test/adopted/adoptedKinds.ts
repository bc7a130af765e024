import { cupEntity, cupTable, migration, runner, source } from "./adoptedFiles";
import type { AdoptedKind } from "./checkAdoption";

const throughFork = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replaceAll("@typeorm@", "@fork/typeorm")]),
  );

/** The ways in which applications write migrations and entities, each in small. */
export const adoptedKinds: readonly AdoptedKind[] = [
  {
    title: "path aliases and decorated types of other files",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    operations: ["add column cup.state", "add column cup.size"],
    files: {
      "tsconfig.json": `{
  "extends": "./tsconfig.base.json", // the stock one
  "compilerOptions": {
    "paths": { "@app/*": ["./src/*"] }, /* aliases */
  },
  "include": ["src"],
}
`,
      "tsconfig.base.json":
        '{ "compilerOptions": { "target": "ES2022", "module": "commonjs", "strict": true, "skipLibCheck": true, "types": ["node"], "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
      "src/phase.ts": 'export enum Phase { Hot = "hot", Cold = "cold" }\nexport type Size = "s" | "m";\n',
      "src/cup.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "@typeorm@";
import { Phase, type Size } from "@app/phase";
@Entity("cup")
export class Cup {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ length: 40 }) name!: string;
  @Column({ default: Phase.Hot }) state!: Phase;
  @Column({ nullable: true }) size?: Size;
}
`,
      "src/migrations/1700000000001-Cup.ts":
        runner + migration("Cup1700000000001", [cupTable], ['DROP TABLE "cup"']),
      "src/data-source.ts": source(
        'entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Cup } from "@app/cup";',
      ),
    },
  },
  {
    title: "classes in a record, names of their own, and transactions of every kind",
    dataSource: "src/data-source.ts",
    transaction: "each",
    head: "1700000000003",
    rows: "SELECT name FROM cup ORDER BY id",
    tested: /^3 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/cup.ts": cupEntity,
      "src/migrations.ts":
        runner +
        migration("First", [cupTable], ['DROP TABLE "cup"'], '  name = "MakeCups1700000000001";\n') +
        migration(
          "Second1700000000002",
          ['CREATE INDEX CONCURRENTLY "IDX_cup_name" ON "cup" ("name") WHERE name <> \'\''],
          ['DROP INDEX CONCURRENTLY "IDX_cup_name"'],
          "  transaction = false as const;\n",
        ) +
        migration(
          "Third1700000000003",
          ["INSERT INTO cup (name) VALUES ('it''s; one')", 'DROP INDEX "IDX_cup_name"'],
          ["DELETE FROM cup", 'CREATE INDEX "IDX_cup_name" ON "cup" ("name") WHERE name <> \'\''],
          "  transaction = true as const;\n",
        ),
      "src/data-source.ts": source(
        'entities: { Cup }, migrations: { ...migrations }, migrationsTransactionMode: "each"',
        'import { Cup } from "./cup";\nimport * as migrations from "./migrations";',
      ),
    },
  },
  {
    title: "a table of TypeORM's in another schema, and no extensions installed",
    dataSource: "src/data-source.ts",
    transaction: "none",
    head: "1700000000002",
    table: "history.done",
    setup: "CREATE SCHEMA history",
    rows: "SELECT count(*)::int AS count FROM app.cup",
    tested: /^2 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/cup.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "@typeorm@";
@Entity({ name: "cup", schema: "app" })
export class Cup {
  @PrimaryGeneratedColumn("uuid") id!: string;
  @Column("text", { array: true, default: [] }) tags!: string[];
}
`,
      "src/migrations/1-Cup.ts":
        runner +
        migration(
          "Cup1700000000001",
          [
            "CREATE SCHEMA app",
            'CREATE TABLE "app"."cup" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), CONSTRAINT "PK_cup" PRIMARY KEY ("id"))',
          ],
          ['DROP TABLE "app"."cup"', "DROP SCHEMA app"],
        ),
      "src/migrations/2-Tags.ts":
        runner +
        migration(
          "Tags1700000000002",
          [
            `ALTER TABLE "app"."cup" ADD "tags" text array NOT NULL DEFAULT '{}'`,
            "INSERT INTO app.cup DEFAULT VALUES",
          ],
          ['ALTER TABLE "app"."cup" DROP COLUMN "tags"', "DELETE FROM app.cup"],
        ),
      "src/data-source.ts": source(
        'entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"], migrationsTableName: "history.done", installExtensions: false, uuidExtension: "pgcrypto", migrationsTransactionMode: "none"',
        'import { Cup } from "./cup";',
      ),
    },
  },
  {
    title: "the second DataSource of a folder, entity schemas, and repositories that clear tables",
    dataSource: "src/sources.ts#main",
    head: "1700000000002",
    rows: "SELECT name FROM cup ORDER BY id",
    tested: /^2 passed, 0 failed\n/m,
    operations: [
      "create table saucer",
      "create index cup_name on cup",
      "create foreign key FK_0e01a3547c641767e5041518c77 on saucer",
    ],
    files: {
      "src/schemas.ts": `import { EntitySchema } from "@typeorm@";
export const Cup = new EntitySchema<{ id: number; name: string }>({
  name: "Cup",
  tableName: "cup",
  columns: { id: { type: Number, primary: true, generated: true }, name: { type: String, length: 40 } },
  indices: [{ name: "cup_name", columns: ["name"] }],
});
export const Saucer = new EntitySchema<{ id: number; cup: unknown }>({
  name: "Saucer",
  tableName: "saucer",
  columns: { id: { type: Number, primary: true, generated: true } },
  relations: { cup: { type: "many-to-one", target: "Cup", onDelete: "CASCADE" } },
});
`,
      "src/migrations/1700000000001-Cup.ts":
        runner + migration("Cup1700000000001", [cupTable], ['DROP TABLE "cup"']),
      "src/migrations/1700000000002-Fill.ts": `${runner}import { Cup } from "../schemas";
export class Fill1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const cups = queryRunner.manager.getRepository(Cup);
    await cups.save([{ name: "a" }, { name: "b" }]);
    await queryRunner.clearTable("cup");
    await queryRunner.manager.insert(Cup, { name: "c" });
    if ((await cups.count()) !== 1) throw new Error("one cup is wanted");
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.clearTable("cup");
  }
}
`,
      "src/sources.ts": `import "reflect-metadata";
import { DataSource } from "@typeorm@";
import * as schemas from "./schemas";
export const reports = new DataSource({ type: "postgres", host: "nowhere.invalid", entities: [] });
export const main = new DataSource({
  type: "postgres",
  url: process.env["DATABASE_URL"],
  entities: Object.values(schemas),
  migrations: [__dirname + "/migrations/*{.ts,.js}"],
});
`,
    },
  },
  {
    title:
      "the query builder, tables made by the runner, and what TypeORM keeps of generated columns and views",
    dataSource: "src/data-source.ts",
    head: "1700000000003",
    rows: 'SELECT name, "loud" FROM cup ORDER BY id',
    tested: /^3 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/cup.ts": `import { Check, Column, Entity, Exclusion, Index, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent, Unique, ViewColumn, ViewEntity } from "@typeorm@";
@Entity("cup", { comment: "what is drunk of" })
@Check("CHK_cup", "name <> ''")
@Index("IDX_cup_name", ["name"], { where: "name <> 'none'" })
@Unique("UQ_cup", ["name"], { deferrable: "INITIALLY DEFERRED" })
@Exclusion("XCL_cup", "USING gist (span WITH &&)")
export class Cup {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ length: 40, comment: 'its "name"' }) name!: string;
  @Column({ type: "varchar", generatedType: "STORED", asExpression: "upper(name)", nullable: true }) loud!: string;
  @Column("tsrange", { nullable: true }) span?: string;
}
@Entity("shelf")
@Tree("materialized-path")
export class Shelf {
  @PrimaryGeneratedColumn("identity", { generatedIdentity: "ALWAYS" }) id!: number;
  @Column("enum", { enum: ["up", "down"], array: true, default: ["up"], enumName: "place" }) places!: string[];
  @TreeChildren() children!: Shelf[];
  @TreeParent({ onDelete: "CASCADE" }) parent!: Shelf;
}
@ViewEntity({ name: "loud_cups", expression: "SELECT loud FROM cup WHERE loud IS NOT NULL" })
export class LoudCup { @ViewColumn() loud!: string; }
`,
      "src/migrations/1700000000001-Cup.ts": `${runner}import { Table, TableCheck, TableExclusion, TableIndex, TableUnique } from "@typeorm@";
export class Cup1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(new Table({
      name: "cup",
      comment: "what is drunk of",
      columns: [
        { name: "id", type: "serial", isPrimary: true, primaryKeyConstraintName: "PK_cup" },
        { name: "name", type: "varchar", length: "40", comment: 'its "name"' },
        { name: "loud", type: "varchar", generatedType: "STORED", asExpression: "upper(name)", isNullable: true },
        { name: "span", type: "tsrange", isNullable: true },
      ],
      uniques: [new TableUnique({ name: "UQ_cup", columnNames: ["name"], deferrable: "INITIALLY DEFERRED" })],
    }));
    await queryRunner.createCheckConstraint("cup", new TableCheck({ name: "CHK_cup", expression: "name <> ''" }));
    await queryRunner.createIndex("cup", new TableIndex({ name: "IDX_cup_name", columnNames: ["name"], where: "name <> 'none'" }));
    await queryRunner.createExclusionConstraint("cup", new TableExclusion({ name: "XCL_cup", expression: "USING gist (span WITH &&)" }));
    await queryRunner.manager.createQueryBuilder().insert().into("cup", ["name"]).values([{ name: "a" }, { name: "b" }]).execute();
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable("cup");
  }
}
`,
      "src/migrations/1700000000002-Shelf.ts":
        runner +
        migration(
          "Shelf1700000000002",
          [
            `CREATE TYPE "public"."place" AS ENUM('up', 'down')`,
            `CREATE TABLE "shelf" ("id" integer GENERATED ALWAYS AS IDENTITY NOT NULL, "places" "public"."place" array NOT NULL DEFAULT '{up}', "mpath" character varying DEFAULT '', "parentId" integer, CONSTRAINT "PK_shelf" PRIMARY KEY ("id"))`,
            'ALTER TABLE "shelf" ADD CONSTRAINT "FK_144e650f32c4c487e09377d5bfb" FOREIGN KEY ("parentId") REFERENCES "shelf"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
          ],
          ['DROP TABLE "shelf"', 'DROP TYPE "public"."place"'],
        ),
      "src/migrations/1700000000003-View.ts": `${runner}import { View } from "@typeorm@";
export class View1700000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createView(new View({ name: "loud_cups", schema: "public", expression: "SELECT loud FROM cup WHERE loud IS NOT NULL" }), true);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropView("loud_cups");
  }
}
`,
      "src/data-source.ts": source(
        "entities: [Cup, Shelf, LoudCup], migrations: [__dirname + '/migrations/*{.ts,.js}']",
        'import { Cup, LoudCup, Shelf } from "./cup";',
      ),
    },
  },
  {
    title: "a naming strategy, a prefix, inheritance and embedded columns, on a database with differences",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT kind FROM app_media",
    tested: /^1 passed, 0 failed\n/m,
    operations: ["add column app_media.reel_length", "add column app_media.frame_width"],
    files: {
      "src/media.ts": `import { ChildEntity, Column, Entity, PrimaryGeneratedColumn, TableInheritance } from "@typeorm@";
export class Frame { @Column("int", { nullable: true }) width!: number; }
@Entity("media")
@TableInheritance({ column: { type: "varchar", name: "kind" } })
export class Media { @PrimaryGeneratedColumn() id!: number; }
@ChildEntity()
export class Photo extends Media { @Column(() => Frame) frame!: Frame; }
@ChildEntity("film")
export class Video extends Media { @Column("numeric", { precision: 10, scale: 2, nullable: true, default: 0 }) reelLength!: string; }
`,
      "src/naming.ts": `import { DefaultNamingStrategy } from "@typeorm@";
const snake = (text: string): string => text.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
export class SnakeNaming extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined, prefixes: string[]): string {
    return snake([...prefixes, custom ?? property].join("_"));
  }
}
`,
      "src/migrations/1700000000001-Media.ts":
        runner +
        migration(
          "Media1700000000001",
          [
            'CREATE TABLE "app_media" ("id" SERIAL NOT NULL, "kind" character varying NOT NULL, CONSTRAINT "PK_media" PRIMARY KEY ("id"))',
          ],
          ['DROP TABLE "app_media"'],
        ),
      "src/data-source.ts": source(
        'entities: [Media, Photo, Video], entityPrefix: "app_", namingStrategy: new SnakeNaming(), migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Media, Photo, Video } from "./media";\nimport { SnakeNaming } from "./naming";',
      ),
    },
  },
  {
    title: "a stock tsconfig of a package",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    files: {
      "node_modules/@tsconfig/node20/package.json": '{ "name": "@tsconfig/node20", "version": "20.0.0" }\n',
      "node_modules/@tsconfig/node20/tsconfig.json":
        '{ "compilerOptions": { "target": "es2022", "module": "node16", "moduleResolution": "node16", "lib": ["es2023"], "strict": true, "esModuleInterop": true, "skipLibCheck": true } }\n',
      "tsconfig.json": `{
  "extends": "@tsconfig/node20/tsconfig.json",
  "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, "types": ["node"] },
  "include": ["src"]
}
`,
      "src/cup.ts": cupEntity,
      "src/migrations/1700000000001-Cup.ts":
        runner + migration("Cup1700000000001", [cupTable], ['DROP TABLE "cup"']),
      "src/data-source.ts": source(
        'entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Cup } from "./cup";',
      ),
    },
  },
  {
    title: "a fork of TypeORM, which is a package of another name",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    files: {
      ...throughFork({
        "src/cup.ts": cupEntity,
        "src/migrations/1700000000001-Cup.ts":
          runner + migration("Cup1700000000001", [cupTable], ['DROP TABLE "cup"']),
        "src/data-source.ts": source(
          'entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
          'import { Cup } from "./cup";',
        ),
      }),
      "node_modules/@fork/typeorm/package.json":
        '{ "name": "@fork/typeorm", "version": "0.3.20-1", "main": "index.js", "types": "index.d.ts" }\n',
      "node_modules/@fork/typeorm/index.js": 'module.exports = require("@typeorm@");\n',
      "node_modules/@fork/typeorm/index.d.ts": 'export * from "@typeorm@";\n',
    },
  },
  {
    title: "a workspace, whose entities are a package and whose configuration is in another",
    dataSource: "src/server/data-source.ts",
    folder: "src/server",
    links: { "@app/entities": "src/entities" },
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    files: {
      "src/entities/package.json": '{ "name": "@app/entities", "main": "index.ts" }\n',
      "src/entities/index.ts": 'export * from "./cup";\n',
      "src/entities/cup.ts": cupEntity,
      "src/server/package.json": '{ "name": "@app/server", "dependencies": { "@app/entities": "*" } }\n',
      "src/server/migrations/1700000000001-Cup.ts":
        runner + migration("Cup1700000000001", [cupTable], ['DROP TABLE "cup"']),
      "src/server/data-source.ts": source(
        'entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Cup } from "@app/entities";',
      ),
    },
  },
  {
    title: "a migration that asks the database over a DataSource of its own",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /Revision 1700000000001 opens its own connection [^\n]+ refused[^]*^0 passed, 1 failed\n/m,
    isTestRefused: true,
    files: {
      "src/cup.ts": cupEntity,
      "src/migrations/1700000000001-Cup.ts": `${runner}import { DataSource } from "@typeorm@";
export class Cup1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const own = await new DataSource({ type: "postgres", url: process.env["DATABASE_URL"] }).initialize();
    const [row] = await own.query("SELECT 'asked' AS name");
    await own.destroy();
    await queryRunner.query(${JSON.stringify(cupTable)});
    await queryRunner.query("INSERT INTO cup (name) VALUES ($1)", [row.name]);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "cup"');
  }
}
`,
      "src/data-source.ts": source(
        'entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Cup } from "./cup";',
      ),
    },
  },
];
