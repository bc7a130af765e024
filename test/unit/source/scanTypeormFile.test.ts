import assert from "node:assert/strict";
import { rankDataSources, scanTypeormFile } from "../../../src/source/scanTypeormFile";

const none = { dataSource: undefined, entities: [], migrations: [] };

const cases: readonly [title: string, text: string, expected: Partial<typeof none> | object][] = [
  [
    "an exported DataSource",
    'import { DataSource } from "typeorm";\nexport const AppDataSource = new DataSource({ type: "postgres" });',
    { dataSource: "made" },
  ],
  [
    "a DataSource of CommonJS",
    'const { DataSource } = require("typeorm");\nmodule.exports = new DataSource({ type: "postgres" });',
    { dataSource: "made" },
  ],
  [
    "a DataSource of compiled code",
    'var typeorm_1 = require("typeorm");\nexports.dataSource = new typeorm_1.DataSource({});',
    { dataSource: "made" },
  ],
  [
    "a DataSource of a fork",
    'const { DataSource } = require("@n8n/typeorm");\nmodule.exports = new DataSource({ type: "postgres" });',
    { dataSource: "made" },
  ],
  [
    "a DataSource that a function makes",
    'import { DataSource } from "typeorm";\nexport const init = () => { source = new DataSource({}); };',
    { dataSource: "in a function" },
  ],
  [
    "a DataSource that an arrow function gives",
    'import { DataSource } from "typeorm";\nexport const init = () => new DataSource({});',
    { dataSource: "in a function" },
  ],
  [
    "a DataSource that is not exported",
    'import { DataSource } from "typeorm";\nconst source = new DataSource({});',
    {},
  ],
  [
    "a DataSource of another package",
    'import { DataSource } from "apollo";\nimport "./typeorm";\nexport const d = new DataSource();',
    {},
  ],
  [
    "a DataSource in a comment and in a string",
    'import type { DataSource } from "typeorm";\n// new DataSource({})\nexport const text = "new DataSource({})";',
    {},
  ],
  [
    "entities, one of them exported as the default",
    'import { Entity, Column } from "typeorm";\n@Entity({ name: "users" })\nexport class User { @Column() name: string; }\n@Entity()\nexport default class Post {}\nclass Plain {}',
    { entities: ["User", "Post"] },
  ],
  [
    "an entity below other decorators",
    "import { Entity } from 'typeorm'\n@Entity('a')\n@Index(['x'], { unique: true })\n@ObjectType()\nexport abstract class A extends Base {}",
    { entities: ["A"] },
  ],
  [
    "a class that another package calls an entity",
    'import { Entity } from "@mikro-orm/core";\n// not typeorm\n@Entity()\nclass A {}',
    {},
  ],
  [
    "a migration",
    'import { MigrationInterface, QueryRunner } from "typeorm";\nexport class AddUser1700000000001 implements MigrationInterface {\n  async up(queryRunner: QueryRunner): Promise<void> { await queryRunner.query(`x ${a}`); }\n  async down(queryRunner: QueryRunner): Promise<void> {}\n}',
    { migrations: ["AddUser1700000000001"] },
  ],
  [
    "a migration that gives its name",
    'import { MigrationInterface } from "typeorm";\nexport class AddUser implements MigrationInterface {\n  name = "AddUser1700000000001"\n  public async up(q) {}\n  public async down(q) {}\n}',
    { migrations: ["AddUser1700000000001"] },
  ],
  [
    "a migration of CommonJS",
    'module.exports = class Init1700000000001 {\n  name = "Init1700000000001"\n  async up(queryRunner) { await queryRunner.query("typeorm") }\n  async down(queryRunner) {}\n}',
    { migrations: ["Init1700000000001"] },
  ],
  [
    "a class without a timestamp",
    'import { MigrationInterface } from "typeorm";\nclass Base implements MigrationInterface { async up() {} async down() {} }',
    {},
  ],
  ["a file of something else", "export const a = 1;", {}],
  [
    "a text that does not end",
    'import { Entity } from "typeorm";\n@Entity()\nclass A { x = `${',
    { entities: ["A"] },
  ],
];

describe("what a file has for TypeORM", () => {
  for (const [title, text, expected] of cases) {
    it(`reads ${title}`, () => {
      assert.deepEqual(scanTypeormFile(text), { ...none, ...expected });
    });
  }
});

describe("the order of files that make a DataSource", () => {
  const orders: readonly [title: string, paths: readonly string[], expected: readonly string[]][] = [
    ["by name", ["src/main.ts", "src/db/data-source.ts"], ["src/db/data-source.ts", "src/main.ts"]],
    ["by depth", ["src/a/dataSource.ts", "src/ormconfig.ts"], ["src/ormconfig.ts", "src/a/dataSource.ts"]],
    ["without tests", ["test/data-source.ts", "src/x.spec.ts", "src/db.ts"], ["src/db.ts"]],
    ["of tests alone", ["test/data-source.ts"], ["test/data-source.ts"]],
  ];
  for (const [title, paths, expected] of orders) {
    it(`goes ${title}`, () => {
      const files = paths.map((path) => ({ path, dataSource: "made" as const }));
      assert.deepEqual(rankDataSources(files), expected);
    });
  }

  it("has those last that only a function makes", () => {
    const files = [
      { path: "src/DataSource.js", dataSource: "in a function" },
      { path: "src/database/connection.js", dataSource: "made" },
    ] as const;
    assert.deepEqual(rankDataSources(files), ["src/database/connection.js", "src/DataSource.js"]);
  });
});
