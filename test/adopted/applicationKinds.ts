import { cupEntity, cupTable, migration, runner, source } from "./adoptedFiles";
import type { AdoptedKind } from "./checkAdoption";

/** What applications that people run do beside what TypeORM's guide shows, each in small. */
export const applicationKinds: readonly AdoptedKind[] = [
  {
    title: "kept by hand: indexes, keys, functions and tables that entities have no words for",
    dataSource: "src/data-source.ts",
    head: "1700000000003",
    rows: "SELECT name, found::text FROM asset ORDER BY id",
    tested: /^3 passed, 0 failed\n/m,
    operations: ["add column asset.size"],
    files: {
      "src/asset.ts": `import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "@typeorm@";
@Entity("album")
export class Album { @PrimaryGeneratedColumn("uuid") id!: string; }
@Entity("asset")
@Index("IDX_asset_name", ["name"])
@Index("IDX_asset_found", { synchronize: false })
@Index("IDX_asset_lower", { synchronize: false })
export class Asset {
  @PrimaryGeneratedColumn() id!: number;
  @Column("text") name!: string;
  @Column({ type: "tsvector", nullable: true, select: false, generatedType: "STORED", asExpression: "to_tsvector('english', name)" }) found?: string;
  @Column("timestamptz", { default: () => "CURRENT_TIMESTAMP" }) at!: Date;
  @Column("int", { default: 0 }) size!: number;
  @ManyToOne(() => Album, { nullable: true, onDelete: "SET NULL" })
  @JoinColumn({ name: "albumId", foreignKeyConstraintName: "FK_asset_album" })
  album?: Album;
}
`,
      "src/functions.ts": `import type { QueryRunner } from "@typeorm@";
/** Migrations share it. */
export async function addTouch(queryRunner: QueryRunner, table: string): Promise<void> {
  const name = queryRunner.connection.driver.escape(table);
  await queryRunner.query(\`CREATE TRIGGER touch BEFORE UPDATE ON \${name} FOR EACH ROW EXECUTE FUNCTION touch()\`);
}
`,
      "src/migrations/1700000000001-Asset.ts":
        runner +
        migration(
          "Asset1700000000001",
          [
            'CREATE TABLE "album" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), CONSTRAINT "PK_58e0b4b8a31bb897e6959fe3206" PRIMARY KEY ("id"))',
            'CREATE TABLE "asset" ("id" SERIAL NOT NULL, "name" text NOT NULL, "at" timestamptz NOT NULL DEFAULT now(), "albumId" uuid, CONSTRAINT "PK_1209d107fe21482beaea51b745e" PRIMARY KEY ("id"))',
            'CREATE INDEX "IDX_asset_name" ON "asset" ("name" DESC NULLS LAST)',
            'ALTER TABLE "asset" ADD CONSTRAINT "FK_asset_album" FOREIGN KEY ("albumId") REFERENCES "album"("id") ON DELETE SET NULL NOT VALID',
          ],
          ['DROP TABLE "asset"', 'DROP TABLE "album"'],
        ),
      "src/migrations/1700000000002-Search.ts": `${runner}import { addTouch } from "../functions";
export class Search1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("CREATE EXTENSION IF NOT EXISTS pg_trgm");
    await queryRunner.query(\`ALTER TABLE "asset" ADD "found" tsvector GENERATED ALWAYS AS (to_tsvector('english', name)) STORED\`);
    await queryRunner.query(
      'INSERT INTO "typeorm_metadata"("database", "schema", "table", "type", "name", "value") VALUES ($1, $2, $3, $4, $5, $6)',
      [queryRunner.connection.driver.database, "public", "asset", "GENERATED_COLUMN", "found", "to_tsvector('english', name)"],
    );
    await queryRunner.query('CREATE INDEX "IDX_asset_found" ON "asset" USING gin ("found")');
    await queryRunner.query('CREATE INDEX "IDX_asset_lower" ON "asset" USING gin (lower("name") gin_trgm_ops)');
    await queryRunner.query("CREATE FUNCTION touch() RETURNS trigger AS $$ BEGIN NEW.at = now(); RETURN NEW; END $$ LANGUAGE plpgsql");
    await addTouch(queryRunner, "asset");
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TRIGGER touch ON asset");
    await queryRunner.query("DROP FUNCTION touch()");
    await queryRunner.query("DELETE FROM typeorm_metadata WHERE name = 'found'");
    await queryRunner.query('ALTER TABLE "asset" DROP COLUMN "found"');
    await queryRunner.query('DROP INDEX "IDX_asset_lower"');
    await queryRunner.query("DROP EXTENSION pg_trgm");
  }
}
`,
      "src/migrations/1700000000003-Rows.ts":
        runner +
        migration(
          "Rows1700000000003",
          [
            "INSERT INTO asset (name) VALUES ('a cat'), ('a dog')",
            "CREATE TABLE legacy_jobs (id int, payload jsonb DEFAULT '{}')",
            "CREATE MATERIALIZED VIEW asset_names AS SELECT name FROM asset",
          ],
          ["DROP MATERIALIZED VIEW asset_names", "DROP TABLE legacy_jobs", "DELETE FROM asset"],
        ),
      "src/data-source.ts": source(
        'entities: [Album, Asset], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Album, Asset } from "./asset";',
      ),
    },
  },
  {
    title: "migrations that read, lock and change TypeORM's own table, which is an entity too",
    dataSource: "src/data-source.ts",
    head: "1700000000003",
    rows: "SELECT name FROM cup ORDER BY id",
    tested: /^3 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/cup.ts": cupEntity,
      "src/ran.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "@typeorm@";
@Entity("migrations")
export class Ran {
  @PrimaryGeneratedColumn() id!: number;
  @Column("bigint") timestamp!: string;
  @Column() name!: string;
}
`,
      "src/migrations/1700000000001-Cup.ts": `${runner}import { Ran } from "../ran";
export class Cup1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("LOCK TABLE migrations IN EXCLUSIVE MODE");
    const ran = await queryRunner.manager.find(Ran);
    if (ran.length > 0) return;
    await queryRunner.query(${JSON.stringify(cupTable)});
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE cup");
  }
}
`,
      "src/migrations/1700000000002-Fill.ts": `${runner}
export class Fill1700000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const ran = await queryRunner.query("SELECT name, timestamp FROM migrations ORDER BY timestamp DESC LIMIT 1");
    if (ran[0].name !== "Cup1700000000001" || ran[0].timestamp !== "1700000000001") throw new Error(JSON.stringify(ran));
    const { schema, database } = queryRunner.connection.driver as unknown as { schema?: string; database?: string };
    if (database === undefined || (await queryRunner.getCurrentDatabase()) !== database) throw new Error("which database?");
    if ((await queryRunner.getCurrentSchema()) !== (schema ?? "public")) throw new Error("which schema?");
    await queryRunner.query("INSERT INTO cup (name) VALUES ($1)", [ran[0].name]);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DELETE FROM cup");
  }
}
`,
      "src/migrations/1700000000003-Rename.ts":
        runner +
        migration(
          "Rename1700000000003",
          [
            "UPDATE migrations SET name = 'Filled1700000000002' WHERE name = 'Fill1700000000002'",
            "UPDATE migrations SET name = 'Fill1700000000002' WHERE name = 'Filled1700000000002'",
          ],
          [],
        ),
      "src/data-source.ts": source(
        'entities: [Cup, Ran], migrations: [__dirname + "/migrations/*{.ts,.js}"], uuidExtension: "pgcrypto"',
        'import { Cup } from "./cup";\nimport { Ran } from "./ran";',
      ),
    },
  },
  {
    title: "several entities on one table, and tables that two relations share",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM pot",
    tested: /^1 passed, 0 failed\n/m,
    operations: [
      "create table pot_lid",
      "create index IDX_2b848dffa67bc69156100d89d0 on pot_lid",
      "create index IDX_50d9bb45287cd2e78cd8c7950a on pot_lid",
      "add column pot.size",
      // TypeORM takes no name of a unique constraint that comes to a column there is.
      "create unique constraint UQ_f63d04fa87a1fa939c4ceb921f9 on pot",
      "create check constraint CHK_pot_size on pot",
      "create foreign key FK_2b848dffa67bc69156100d89d0b on pot_lid",
    ],
    files: {
      "src/pot.ts": `import { Check, Column, Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn, Unique } from "@typeorm@";
@Entity("pot")
export class Pot {
  @PrimaryGeneratedColumn() id!: number;
  @Column("text") name!: string;
}
@Entity("pot")
@Unique("UQ_pot_name", ["name"])
@Check("CHK_pot_size", "size > 0")
export class BigPot {
  @PrimaryGeneratedColumn() id!: number;
  @Column("text") name!: string;
  @Column("int", { default: 1 }) size!: number;
}
@Entity("lid")
export class Lid {
  @PrimaryGeneratedColumn() id!: number;
}
@Entity("pot")
export class LiddedPot {
  @PrimaryGeneratedColumn() id!: number;
  @ManyToMany(() => Lid)
  @JoinTable({ name: "pot_lid", joinColumn: { name: "potId" }, inverseJoinColumn: { name: "lidId" } })
  lids!: Lid[];
}
`,
      "src/migrations/1700000000001-Pot.ts":
        runner +
        migration(
          "Pot1700000000001",
          [
            'CREATE TABLE "pot" ("id" SERIAL NOT NULL, "name" text NOT NULL, CONSTRAINT "PK_pot" PRIMARY KEY ("id"))',
            'CREATE TABLE "lid" ("id" SERIAL NOT NULL, CONSTRAINT "PK_lid" PRIMARY KEY ("id"))',
          ],
          ['DROP TABLE "lid"', 'DROP TABLE "pot"'],
        ),
      "src/data-source.ts": source(
        'entities: Object.values(pots), migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import * as pots from "./pot";',
      ),
    },
  },
  {
    title:
      "plain JavaScript of a long past: leftover tables, and defaults that a change of type left in other words",
    dataSource: "src/data-source.ts",
    head: "1700000000004",
    rows: "SELECT level, kind, amount FROM note",
    tested: /^4 passed, 0 failed\n/m,
    operations: [],
    files: {
      "src/note.ts": `import { Column, CreateDateColumn, Entity, Index, PrimaryColumn, UpdateDateColumn, VersionColumn } from "@typeorm@";
@Entity("note")
export class Note {
  @PrimaryColumn("varchar", { length: 32 }) id!: string;
  @Column("integer", { default: 0 }) level!: number;
  @Column("varchar", { length: 20, default: "bowl" }) kind!: string;
  @Column("numeric", { default: -9999999999 }) amount!: string;
  @Column("varchar", { length: 128, array: true, default: "{}" }) tags!: string[];
  @Column("jsonb", { default: [] }) extra!: unknown;
  @Column("boolean", { default: false, comment: "Whether it's \\"shown\\"" }) isShown!: boolean;
  @Index("IDX_note_at") @CreateDateColumn({ type: "timestamptz" }) at!: Date;
  @UpdateDateColumn() changed!: Date;
  @VersionColumn() version!: number;
}
`,
      "migration/1700000000001-Init.js": `export class Init1700000000001 {
    constructor() {
        this.name = 'Init1700000000001';
    }
    async up(queryRunner) {
        await queryRunner.query(\`CREATE TYPE "note_kind_enum" AS ENUM('bowl', 'cup')\`);
        await queryRunner.query(\`CREATE TABLE "note" ("id" character varying(32) NOT NULL, "level" smallint NOT NULL DEFAULT 0, "kind" "note_kind_enum" NOT NULL DEFAULT 'bowl', "amount" bigint NOT NULL DEFAULT '-9999999999', "tags" character varying(128) array NOT NULL DEFAULT '{}'::varchar[], CONSTRAINT "PK_96d0c172a4fba276b1bbed43058" PRIMARY KEY ("id")); COMMENT ON COLUMN "note"."level" IS NULL\`);
        await queryRunner.query(\`CREATE TABLE "old_settings" ("key" text PRIMARY KEY, "value" text)\`, undefined);
        await queryRunner.query(\`CREATE TABLE "old_emoji" ("id" serial PRIMARY KEY, "noteId" character varying(32) REFERENCES "note" ("id"))\`);
    }
    async down(queryRunner) {
        await queryRunner.query(\`DROP TABLE "old_emoji"\`);
        await queryRunner.query(\`DROP TABLE "old_settings"\`);
        await queryRunner.query(\`DROP TABLE "note"\`);
        await queryRunner.query(\`DROP TYPE "note_kind_enum"\`);
    }
}
`,
      "migration/1700000000002-Types.js": `export class Types1700000000002 {
    name = 'Types1700000000002'
    async up(queryRunner) {
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "level" TYPE integer\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "kind" DROP DEFAULT\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "kind" TYPE varchar(20) USING "kind"::text\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "kind" SET DEFAULT 'bowl'::text\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "amount" TYPE numeric\`);
        await queryRunner.query(\`DROP TYPE "note_kind_enum"\`);
    }
    async down(queryRunner) {
        await queryRunner.query(\`CREATE TYPE "note_kind_enum" AS ENUM('bowl', 'cup')\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "amount" TYPE bigint\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "kind" DROP DEFAULT\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "kind" TYPE "note_kind_enum" USING "kind"::"note_kind_enum"\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "kind" SET DEFAULT 'bowl'\`);
        await queryRunner.query(\`ALTER TABLE "note" ALTER COLUMN "level" TYPE smallint\`);
    }
}
`,
      "migration/1700000000003-More.js": `export class More1700000000003 {
    constructor() { this.name = 'More1700000000003'; }
    async up(queryRunner) {
        await queryRunner.query(\`ALTER TABLE "note" ADD "extra" jsonb NOT NULL DEFAULT '[]'\`);
        await queryRunner.query(\`ALTER TABLE "note" ADD "isShown" boolean NOT NULL DEFAULT false\`);
        await queryRunner.query(\`COMMENT ON COLUMN "note"."isShown" IS 'Whether it''s "shown"'\`);
        await queryRunner.query(\`ALTER TABLE "note" ADD "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), ADD "changed" TIMESTAMP NOT NULL DEFAULT now(), ADD "version" integer NOT NULL\`);
        await queryRunner.query(\`CREATE INDEX "IDX_note_at" ON "note" ("at") \`);
    }
    async down(queryRunner) {
        await queryRunner.query(\`DROP INDEX "IDX_note_at"\`);
        await queryRunner.query(\`ALTER TABLE "note" DROP "version", DROP "changed", DROP "at", DROP "isShown", DROP "extra"\`);
    }
}
`,
      "migration/1700000000004-Rows.js": `export class Rows1700000000004 {
    async up(queryRunner) {
        await queryRunner.query(\`INSERT INTO "note" ("id", "version") VALUES ('a?b', 1)\`);
        const notes = await queryRunner.query("SELECT id, at FROM note WHERE id = $1", ["a?b"]);
        await Promise.all(notes.map((note) => queryRunner.query("UPDATE note SET level = $1 WHERE at = $2", [3, note.at])));
    }
    async down(queryRunner) {
        await queryRunner.query('TRUNCATE "note" CASCADE');
    }
}
`,
      "migration/package.json": '{ "type": "module" }\n',
      "src/data-source.ts": source(
        'entities: [Note], migrations: ["migration/*.js"]',
        'import { Note } from "./note";',
      ),
    },
  },
  {
    title: "a factory of DataSources, classes in a list that is patched, and a prefix of tables",
    dataSource: "src/db.ts",
    head: "1700000000002",
    transaction: "each",
    table: "n8_migrations",
    rows: "SELECT name, data FROM n8_flow ORDER BY id",
    tested: /^2 passed, 0 failed\n/m,
    operations: ["create table n8_tag"],
    files: {
      "src/entities/index.ts": `import { Flow } from "./flow";
import { Tag } from "./tag";
export const entities = { Flow, Tag };
`,
      "src/entities/base.ts": `import { BeforeInsert, Column, ColumnOptions, PrimaryColumn } from "@typeorm@";
export const jsonType = process.env["DB_TYPE"] === "sqlite" ? "simple-json" : "json";
export function JsonColumn(options: ColumnOptions = {}): PropertyDecorator {
  return (target, key) => Column({ ...options, type: jsonType })(target, key);
}
export abstract class WithStringId {
  @PrimaryColumn("varchar", { length: 36 }) id!: string;
  @BeforeInsert() makeId(): void { this.id ??= "made"; }
}
`,
      "src/entities/flow.ts": `import { Column, Entity } from "@typeorm@";
import { JsonColumn, WithStringId } from "./base";
@Entity()
export class Flow extends WithStringId {
  @Column({ length: 128 }) name!: string;
  @JsonColumn({ nullable: true }) data?: object;
}
`,
      "src/entities/tag.ts": `import { Column, Entity } from "@typeorm@";
import { WithStringId } from "./base";
@Entity()
export class Tag extends WithStringId { @Column({ length: 24 }) name!: string; }
`,
      "src/migrations/index.ts": `import { Flow1700000000001 } from "./1-flow";
import { Seed1700000000002 } from "./2-seed";
export const postgresMigrations = [Flow1700000000001, Seed1700000000002];
`,
      "src/migrations/types.ts": `export interface Context { readonly tablePrefix: string; readonly escape: (name: string) => string; readonly runQuery: (sql: string, values?: unknown[]) => Promise<any> }
`,
      "src/migrations/1-flow.ts": `import type { Context } from "./types";
export class Flow1700000000001 {
  async up({ escape, runQuery }: Context): Promise<void> {
    await runQuery(\`CREATE TABLE \${escape("flow")} ("id" varchar(36) NOT NULL, "name" varchar(128) NOT NULL, "data" json, CONSTRAINT "PK_flow" PRIMARY KEY ("id"))\`);
  }
  async down({ escape, runQuery }: Context): Promise<void> {
    await runQuery(\`DROP TABLE \${escape("flow")}\`);
  }
}
`,
      "src/migrations/2-seed.ts": `import type { Context } from "./types";
export class Seed1700000000002 {
  transaction = false as const;
  async up({ escape, runQuery }: Context): Promise<void> {
    const [{ count }] = await runQuery(\`SELECT COUNT(*) AS count FROM \${escape("flow")}\`);
    if (count !== "0") throw new Error(String(count));
    await runQuery(\`INSERT INTO \${escape("flow")} (id, name, data) VALUES ($1, $2, $3)\`, ["a", "first", JSON.stringify({ a: [1] })]);
    const flows = await runQuery(\`SELECT * FROM \${escape("flow")}\`);
    for (const flow of flows) {
      flow.data.a.push(2);
      await runQuery(\`UPDATE \${escape("flow")} SET data = $1 WHERE id = $2\`, [flow.data, flow.id]);
    }
  }
  async down({ escape, runQuery }: Context): Promise<void> {
    await runQuery(\`DELETE FROM \${escape("flow")}\`);
  }
}
`,
      "src/db.ts": `import "reflect-metadata";
import { DataSource, type QueryRunner } from "@typeorm@";
import { entities } from "./entities";
import { postgresMigrations } from "./migrations";
const tablePrefix = "n8_";
function wrap(migration: Function): void {
  const prototype = migration.prototype as Record<string, Function>;
  const context = (queryRunner: QueryRunner) => ({
    tablePrefix,
    queryRunner,
    escape: (name: string) => queryRunner.connection.driver.escape(tablePrefix + name),
    runQuery: async (sql: string, values?: unknown[]) => await queryRunner.query(sql, values),
  });
  for (const name of ["up", "down"]) {
    const own = prototype[name]!;
    prototype[name] = async function (this: unknown, queryRunner: QueryRunner) {
      if (queryRunner.connection.options.type !== "postgres") throw new Error("postgres only");
      await own.call(this, context(queryRunner));
    };
  }
}
postgresMigrations.forEach(wrap);
export async function createDataSource(): Promise<DataSource> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return new DataSource({
    type: "postgres",
    url: process.env["DATABASE_URL"],
    entityPrefix: tablePrefix,
    entities: Object.values(entities),
    migrations: postgresMigrations as never[],
    migrationsTableName: tablePrefix + "migrations",
    migrationsRun: false,
    synchronize: false,
    extra: { max: 3 },
    ssl: false,
  });
}
`,
    },
  },
  {
    title: "types of every module of PostgreSQL, in schemas of their own",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    setup: "CREATE SCHEMA shop; CREATE SCHEMA audit",
    rows: "SELECT * FROM shop.thing",
    tested: /^1 passed, 0 failed\n/m,
    table: "shop.migrations",
    operations: [
      "create enum audit.state",
      "create table audit.log",
      "create table shop.node",
      "create table shop.node_closure",
      "create index IDX_2d1477178a283dec892cb9f5a3 on shop.node_closure",
      "create index IDX_767a3bfc74e9edd7548653953b on shop.node_closure",
    ],
    files: {
      "src/thing.ts": `import { Column, Entity, Exclusion, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent, VersionColumn } from "@typeorm@";
export enum State { Open = "open", Done = "all done" }
@Entity("thing")
@Exclusion("EXC_thing", 'USING gist (room WITH =, during WITH &&)')
@Index("IDX_thing_state", ["state"], { unique: true, where: "state = 'open'" })
export class Thing {
  @PrimaryGeneratedColumn("uuid") id!: string;
  @Column("interval", { default: "1 day" }) every!: unknown;
  @Column("citext", { nullable: true }) name?: string;
  @Column("ltree", { nullable: true }) path?: string;
  @Column("hstore", { nullable: true }) attributes?: object;
  @Column("cube", { nullable: true }) place?: number[];
  @Column("text", { array: true, default: () => "ARRAY['a', 'b']::text[]" }) words!: string[];
  @Column("int", { array: true, default: [1, 2] }) numbers!: number[];
  @Column("enum", { enum: State, enumName: "state", default: State.Open }) state!: State;
  @Column("enum", { enum: State, enumName: "state", array: true, default: [State.Done] }) states!: State[];
  @Column("int4", { nullable: true }) room?: number;
  @Column("tstzrange", { nullable: true }) during?: string;
  @Column("bit varying", { length: "5", nullable: true } as object) flags?: string;
  @Column("money", { nullable: true }) price?: string;
  @Column("time with time zone", { precision: 3, nullable: true }) tea?: string;
  @Column("double precision", { default: 0.5 }) share!: number;
  @VersionColumn() version!: number;
}
@Entity("log", { schema: "audit" })
export class Log {
  @PrimaryColumn("bigint") id!: string;
  @ManyToOne(() => Thing, { onDelete: "CASCADE", deferrable: "INITIALLY DEFERRED" })
  @JoinColumn({ name: "thing_id" })
  thing!: Thing;
  @Column("enum", { enum: State, enumName: "state" }) state!: State;
}
@Entity("node")
@Tree("closure-table")
export class Node {
  @PrimaryGeneratedColumn() id!: number;
  @TreeChildren() children!: Node[];
  @TreeParent({ onDelete: "CASCADE" }) parent!: Node;
}
`,
      "src/migrations/1700000000001-Thing.ts":
        runner +
        migration(
          "Thing1700000000001",
          [
            ...["citext", "ltree", "hstore", "cube", "btree_gist", "uuid-ossp"].map(
              (name) => `CREATE EXTENSION IF NOT EXISTS "${name}"`,
            ),
            `CREATE TYPE "shop"."state" AS ENUM('open', 'all done')`,
            `CREATE TABLE "shop"."thing" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "every" interval NOT NULL DEFAULT '1 day', "name" citext, "path" ltree, "attributes" hstore, "place" cube, "words" text array NOT NULL DEFAULT ARRAY['a', 'b']::text[], "numbers" integer array NOT NULL DEFAULT '{1,2}', "state" "shop"."state" NOT NULL DEFAULT 'open', "states" "shop"."state" array NOT NULL DEFAULT '{"all done"}', "room" integer, "during" tstzrange, "flags" bit varying(5), "price" money, "tea" TIME(3) WITH TIME ZONE, "share" double precision NOT NULL DEFAULT '0.5', "version" integer NOT NULL, CONSTRAINT "EXC_thing" EXCLUDE USING gist (room WITH =, during WITH &&), CONSTRAINT "PK_thing" PRIMARY KEY ("id"))`,
            `CREATE UNIQUE INDEX "IDX_thing_state" ON "shop"."thing" ("state") WHERE state = 'open'`,
          ],
          ['DROP TABLE "shop"."thing"', 'DROP TYPE "shop"."state"'],
        ),
      "src/data-source.ts": source(
        'schema: "shop", entities: [Thing, Log, Node], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Log, Node, Thing } from "./thing";',
      ),
    },
  },
  {
    title: "bigints, dates and other values that the application reads and writes in its own way",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    files: {
      "src/cup.ts": cupEntity,
      "src/migrations/1700000000001-Cup.ts": `${runner}
export class Cup1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(${JSON.stringify(cupTable)});
    const [{ count, day, list }] = await queryRunner.query("SELECT COUNT(*) + 1 AS count, date '2024-02-29' AS day, '{1,2}'::bigint[] AS list FROM cup");
    const read = JSON.stringify([count, day, list]);
    if (read !== '[1,"day 2024-02-29",[1,2]]') throw new Error(read);
    await queryRunner.query("CREATE TEMPORARY TABLE times (at timestamp) ON COMMIT DROP");
    await queryRunner.query("INSERT INTO times VALUES ($1)", [new Date(Date.UTC(2024, 0, 2, 3, 4, 5))]);
    const [{ at }] = await queryRunner.query("SELECT at::text FROM times");
    if (at !== "2024-01-02 03:04:05") throw new Error(at);
    await queryRunner.query("INSERT INTO cup (name) VALUES ($1)", [read]);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE cup");
  }
}
`,
      "src/data-source.ts": source(
        'entities: [Cup], migrations: [__dirname + "/migrations/*{.ts,.js}"], parseInt8: true',
        `import * as pg from "pg";
import { Cup } from "./cup";
process.env["TZ"] = "Asia/Tokyo";
pg.types.setTypeParser(1082, (text: string) => "day " + text);
pg.defaults.parseInputDatesAsUTC = true;`,
      ),
    },
  },
];
