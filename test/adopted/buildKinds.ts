import { cupEntity, cupTable, migration, runner, source } from "./adoptedFiles";
import type { AdoptedKind } from "./checkAdoption";

const potTables = [
  `CREATE TABLE "pot" ("id" SERIAL NOT NULL, "litres" integer NOT NULL DEFAULT '1', "glaze" character varying NOT NULL DEFAULT 'none', CONSTRAINT "PK_pot" PRIMARY KEY ("id"))`,
  `CREATE TABLE "kettle" ("id" SERIAL NOT NULL, "litres" integer NOT NULL DEFAULT '9', "glaze" character varying NOT NULL DEFAULT 'none', CONSTRAINT "PK_kettle" PRIMARY KEY ("id"))`,
];

const cupMigration =
  runner +
  migration("Cup1700000000001", [cupTable, "INSERT INTO cup (name) VALUES ('a')"], ['DROP TABLE "cup"']);

const saucerEntity = cupEntity.replace('"cup"', '"saucer"').replace("Cup", "Saucer");

/** Applications whose entities are read a second time, and those whose globs are for the compiled files. */
export const buildKinds: readonly AdoptedKind[] = [
  {
    title: "subclasses that give columns other defaults",
    dataSource: "src/data-source.ts",
    head: "1700000000002",
    rows: "SELECT litres, glaze FROM pot UNION ALL SELECT litres, glaze FROM kettle",
    tested: /^2 passed, 0 failed\n/m,
    operations: ["create table urn", "add column kettle.lid"],
    files: {
      // From ES2022 on, a field that a subclass repeats is another field.
      "tsconfig.json":
        '{ "compilerOptions": { "target": "ES2021", "module": "commonjs", "strict": true, "experimentalDecorators": true, "emitDecoratorMetadata": true, "skipLibCheck": true, "types": ["node"] }, "include": ["src"] }\n',
      "src/pot.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "@typeorm@";
@Entity("pot")
export class Pot {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ default: 1 }) litres!: number;
  @Column({ default: "none" }) glaze!: string;
}
@Entity("kettle")
export class Kettle extends Pot {
  @Column({ default: 9 }) override litres!: number;
  @Column({ default: true }) lid!: boolean;
}
@Entity("urn")
export class Urn extends Kettle {
  @Column({ default: 40 }) override litres!: number;
  @Column({ default: false }) override lid!: boolean;
  @Column({ default: "salt" }) override glaze!: string;
}
`,
      "src/migrations/1700000000001-Pots.ts":
        runner + migration("Pots1700000000001", potTables, ['DROP TABLE "kettle"', 'DROP TABLE "pot"']),
      "src/migrations/1700000000002-Rows.ts": `${runner}import { Pot } from "../pot";
export class Rows1700000000002 implements MigrationInterface {
  async up({ manager }: QueryRunner): Promise<void> {
    await manager.createQueryBuilder().insert().into(Pot, ["id"]).values([{}]).execute();
    await manager.query("INSERT INTO kettle DEFAULT VALUES");
  }
  async down({ manager }: QueryRunner): Promise<void> {
    await manager.query("DELETE FROM kettle");
    await manager.query("DELETE FROM pot");
  }
}
`,
      "src/data-source.ts": source(
        'entities: [Pot, Kettle, Urn], migrations: [__dirname + "/migrations/*{.ts,.js}"]',
        'import { Kettle, Pot, Urn } from "./pot";',
      ),
    },
  },
  {
    title: "globs of compiled files, where the sources lie",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    operations: ["create table saucer"],
    files: {
      "src/entities/cup.ts": cupEntity,
      "src/entities/more/saucer.ts": saucerEntity,
      "src/entities/README.md": "Not an entity.\n",
      "src/migrations/1700000000001-Cup.ts": cupMigration,
      "src/data-source.ts": source(
        'entities: [__dirname + "/entities/*.js", __dirname + "/entities/*/*.js"], migrations: [__dirname + "/migrations/*.js"]',
      ),
    },
  },
  {
    title: "globs of the folder of the build",
    dataSource: "src/data-source.ts",
    head: "1700000000001",
    rows: "SELECT name FROM cup",
    tested: /^1 passed, 0 failed\n/m,
    operations: ["create table saucer"],
    files: {
      "src/entities/cup.ts": cupEntity,
      "src/entities/saucer.ts": saucerEntity,
      "src/migrations/1700000000001-Cup.ts": cupMigration,
      "src/data-source.ts": source(
        'entities: ["built/**/entities/*.js"], migrations: ["built/src/migrations/**/*.js"]',
      ),
    },
  },
];
