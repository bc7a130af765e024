import { cupEntity, cupTable, migration, runner, source } from "./adoptedFiles";
import type { AdoptedKind } from "./checkAdoption";

const cupSource = (more: string, imports = ""): string =>
  source(
    `entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"]${more}`,
    `import { Cup } from "./cup";\n${imports}`,
  );

/** How migrations are named, where they stand, and what they send, each in small. */
export const migrationKinds: readonly AdoptedKind[] = [
  {
    title: "names with dashes, numbers in front, one timestamp twice",
    dataSource: "src/data-source.ts",
    head: "1700000000001_2",
    rows: "SELECT name FROM cup ORDER BY 1",
    tested: /^3 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/cup.ts": cupEntity,
      "src/migrations/0001-initial.ts":
        runner + migration("Initial", [cupTable], ["DROP TABLE cup"], '  name = "0001-initial";\n'),
      "src/migrations/1700000000001-A.ts":
        runner +
        migration(
          "A1700000000001",
          ["INSERT INTO cup (name) VALUES ('a')"],
          ["DELETE FROM cup WHERE name = 'a'"],
        ),
      "src/migrations/1700000000001-B.ts":
        runner +
        migration(
          "B1700000000001",
          ["INSERT INTO cup (name) VALUES ('b')"],
          ["DELETE FROM cup WHERE name = 'b'"],
        ),
      "src/data-source.ts": cupSource(""),
    },
  },
  {
    title: "files of SQL with their own BEGIN and COMMIT, several statements, dollar quotes",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup ORDER BY 1",
    tested: /^1 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/cup.ts": cupEntity,
      "sql/up.sql": `-- made by hand
SET client_min_messages = warning;
BEGIN;
${cupTable};
CREATE OR REPLACE FUNCTION loud(t text) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RETURN upper(t); END; $f$;
COMMIT;
INSERT INTO cup (name) VALUES (loud('it; works'));
`,
      "sql/down.sql": "BEGIN; DROP FUNCTION loud(text); DROP TABLE cup; COMMIT;",
      "src/migrations/1700000000001-Sql.ts": `${runner}import { readFileSync } from "node:fs";
import { join } from "node:path";
const sql = (name: string) => readFileSync(join(process.cwd(), "sql", name + ".sql"), "utf8");
export class Sql1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> { await queryRunner.query(sql("up")); }
  async down(queryRunner: QueryRunner): Promise<void> { await queryRunner.query(sql("down")); }
}
`,
      "src/data-source.ts": cupSource(""),
    },
  },
  {
    title: "a first migration that synchronizes, and one that uses pg's client and other runners",
    dataSource: "src/data-source.ts",
    head: "1700000000002",
    rows: "SELECT name FROM cup ORDER BY 1",
    tested: /^2 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/cup.ts": cupEntity,
      "src/migrations/1700000000001-Sync.ts": `${runner}
export class Sync1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> { await queryRunner.connection.synchronize(); }
  async down(queryRunner: QueryRunner): Promise<void> { await queryRunner.dropTable("cup"); }
}
`,
      "src/migrations/1700000000002-Client.ts": `${runner}
export class Client1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const client = await queryRunner.connect();
    const { rows, rowCount } = await client.query("SELECT 1 AS one");
    if (rows[0].one !== 1 || rowCount !== 1) throw new Error(JSON.stringify(rows));
    const table = await queryRunner.getTable("cup");
    if (table?.columns.length !== 2) throw new Error("columns");
    await queryRunner.manager.transaction(async (manager) => { await manager.query("INSERT INTO cup (name) VALUES ('in')"); });
    await queryRunner.connection.transaction(async (manager) => { await manager.query("INSERT INTO cup (name) VALUES ('other')"); });
    await queryRunner.connection.createQueryBuilder().insert().into("cup").values({ name: "built" }).execute();
    const raw = await queryRunner.query("INSERT INTO cup (name) VALUES ('x') RETURNING id");
    if (typeof raw[0].id !== "number") throw new Error(JSON.stringify(raw));
  }
  async down(queryRunner: QueryRunner): Promise<void> { await queryRunner.query("DELETE FROM cup"); }
}
`,
      "src/data-source.ts": cupSource(""),
    },
  },
  {
    title: "an enum value added and used, each in a transaction; empty lists as parameters",
    dataSource: "src/data-source.ts",
    head: "1700000000003",
    transaction: "each",
    rows: "SELECT kind::text, data, tags FROM jar ORDER BY 1",
    tested: /^3 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/jar.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "@typeorm@";
const kinds = { Big: "big", Small: "small", Odd: "odd" } as const;
type Kind = (typeof kinds)[keyof typeof kinds];
@Entity("jar")
export class Jar {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: "enum", enum: kinds, default: kinds.Odd }) kind!: Kind;
  @Column("jsonb", { nullable: true }) data!: unknown;
  @Column("text", { array: true, nullable: true }) tags!: string[];
}
`,
      "src/migrations/1700000000001-Jar.ts":
        runner +
        migration(
          "Jar1700000000001",
          [
            "CREATE TYPE jar_kind_enum AS ENUM('big', 'small')",
            `CREATE TABLE jar (id SERIAL, kind jar_kind_enum NOT NULL DEFAULT 'big', data jsonb, tags text array, CONSTRAINT "PK_jar" PRIMARY KEY (id))`,
          ],
          ["DROP TABLE jar", "DROP TYPE jar_kind_enum"],
        ),
      "src/migrations/1700000000002-Value.ts":
        runner +
        migration(
          "Value1700000000002",
          ["ALTER TYPE jar_kind_enum ADD VALUE 'odd'"],
          [
            "ALTER TYPE jar_kind_enum RENAME TO old_kind",
            "CREATE TYPE jar_kind_enum AS ENUM('big', 'small')",
            "ALTER TABLE jar ALTER kind DROP DEFAULT",
            "ALTER TABLE jar ALTER kind TYPE jar_kind_enum USING kind::text::jar_kind_enum",
            "ALTER TABLE jar ALTER kind SET DEFAULT 'big'",
            "DROP TYPE old_kind",
          ],
        ),
      "src/migrations/1700000000003-Use.ts": `${runner}
export class Use1700000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE jar ALTER kind SET DEFAULT 'odd'");
    await queryRunner.query("INSERT INTO jar (data, tags) VALUES ($1, $2)", [[], []]);
    await queryRunner.query("INSERT INTO jar (kind, data, tags) VALUES ($1, $2, $3)", ["big", JSON.stringify([]), ["a"]]);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DELETE FROM jar");
    await queryRunner.query("ALTER TABLE jar ALTER kind SET DEFAULT 'big'");
  }
}
`,
      "src/data-source.ts": source(
        'entities: [Jar], migrations: [__dirname + "/migrations/*{.ts,.js}"], migrationsTransactionMode: "each"',
        'import { Jar } from "./jar";',
      ),
    },
  },
  {
    title: "ECMAScript modules",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    operations: ["create table saucer"],
    files: {
      "package.json": '{ "name": "kind", "type": "module" }\n',
      "tsconfig.json": `{ "compilerOptions": { "target": "ES2022", "module": "nodenext", "strict": true, "experimentalDecorators": true, "emitDecoratorMetadata": true, "skipLibCheck": true, "types": ["node"] }, "include": ["src"] }\n`,
      "src/cup.ts": `import { Column, Entity, OneToMany, PrimaryGeneratedColumn, type Relation } from "@typeorm@";
import { Saucer } from "./saucer.js";
@Entity("cup")
export class Cup {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ length: 40 }) name!: string;
  @OneToMany(() => Saucer, (saucer) => saucer.cup) saucers!: Relation<Saucer>[];
}
`,
      "src/saucer.ts": `import { Entity, ManyToOne, PrimaryGeneratedColumn, type Relation } from "@typeorm@";
import { Cup } from "./cup.js";
@Entity("saucer")
export class Saucer {
  @PrimaryGeneratedColumn() id!: number;
  @ManyToOne(() => Cup, (cup) => cup.saucers, { onDelete: "CASCADE" }) cup!: Relation<Cup>;
}
`,
      "src/migrations/1700000000001-Cup.ts":
        runner + migration("Cup1700000000001", [cupTable], ["DROP TABLE cup"]),
      "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "@typeorm@";
import { Cup } from "./cup.js";
import { Saucer } from "./saucer.js";
export const dataSource = new DataSource({ type: "postgres", url: process.env["DATABASE_URL"], entities: [Cup, Saucer], migrations: [import.meta.dirname + "/migrations/*{.ts,.js}"] });
export default dataSource;
`,
    },
  },
  {
    title: "a schema by environment, tables that are not synchronized, materialized views",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    table: "tenant.migrations",
    setup: "CREATE SCHEMA tenant; CREATE TABLE public.outer_user (id int PRIMARY KEY)",
    rows: "SELECT name FROM tenant.cup",
    tested: /^1 passed, 0 failed\n/m,
    operations: [
      "add column tenant.cup.owner_id",
      "create foreign key FK_35591a86085be1413c85d62ac89 on tenant.cup",
    ],
    files: {
      "src/cup.ts": `import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, ViewColumn, ViewEntity } from "@typeorm@";
const schema = process.env["DB_SCHEMA"] ?? "tenant";
@Entity({ name: "outer_user", schema: "public", synchronize: false })
export class OuterUser { @PrimaryColumn("int") id!: number; }
@Entity({ name: "cup", schema })
export class Cup {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ length: 40 }) name!: string;
  @ManyToOne(() => OuterUser, { nullable: true }) @JoinColumn({ name: "owner_id" }) owner?: OuterUser;
}
@ViewEntity({ name: "cup_names", schema, materialized: true, synchronize: false, expression: "SELECT name FROM nowhere" })
export class CupNames { @ViewColumn() name!: string; }
`,
      "src/migrations/1700000000001-Cup.ts": `${runner}
export class Cup1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { schema } = queryRunner.connection.options as { schema?: string };
    await queryRunner.query(\`CREATE TABLE "\${schema}"."cup" ("id" SERIAL NOT NULL, "name" character varying(40) NOT NULL, CONSTRAINT "PK_cup" PRIMARY KEY ("id"))\`);
    await queryRunner.query(\`CREATE MATERIALIZED VIEW "\${schema}".cup_names AS SELECT name FROM "\${schema}".cup\`);
    await queryRunner.query(\`CREATE UNIQUE INDEX ON "\${schema}".cup_names (name)\`);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP MATERIALIZED VIEW "tenant".cup_names');
    await queryRunner.query('DROP TABLE "tenant"."cup"');
  }
}
`,
      "src/data-source.ts": source(
        'schema: process.env["DB_SCHEMA"] ?? "tenant", entities: [OuterUser, Cup, CupNames], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Cup, CupNames, OuterUser } from "./cup";',
      ),
    },
  },
];
