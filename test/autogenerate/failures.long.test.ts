import assert from "node:assert/strict";
import { symlinkSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

const repository = dirname(dirname(__dirname));

const config = `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations", dataSource: "src/data-source.ts" });
`;
const withoutDataSource = `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations" });
`;
const user = `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("users")
export class User {
  @PrimaryGeneratedColumn() id!: number;
  @Column() name!: string;
}
`;
const dataSource = `import "reflect-metadata";
import { DataSource } from "typeorm";
import { User } from "./user";
export const dataSource = new DataSource({ type: "postgres", entities: [User] });
`;

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly message: RegExp;
  readonly hint?: RegExp;
  readonly exitCode?: number;
}

const cases: readonly Case[] = [
  {
    name: "no DataSource is named",
    files: { "alembic.config.ts": withoutDataSource },
    message: /FAILED: <project>\/alembic\.config\.ts names no DataSource, so the entities are not known\./,
    hint: /dataSource: "src\/data-source\.ts"/,
  },
  {
    name: "no DataSource is named, and there is one",
    files: { "alembic.config.ts": withoutDataSource, "src/database/data-source.ts": dataSource },
    message: /names no DataSource/,
    hint: /dataSource: "src\/database\/data-source\.ts"/,
  },
  {
    name: "no DataSource is named in alembic.ini",
    files: { "alembic.ini": "[alembic]\nscript_location = migrations\n" },
    message: /FAILED: <project>\/alembic\.ini names no DataSource/,
    hint: /configuration: data_source = src\/data-source\.ts\./,
  },
  {
    name: "no DataSource is named in pyproject.toml",
    files: { "pyproject.toml": '[tool.alembic]\nscript_location = "migrations"\n' },
    message: /FAILED: <project>\/pyproject\.toml names no DataSource/,
    hint: /configuration: data_source = "src\/data-source\.ts"\./,
  },
  {
    name: "a NestJS project without a DataSource file",
    files: {
      "alembic.config.ts": withoutDataSource,
      "src/app.module.ts": "TypeOrmModule.forRoot({ autoLoadEntities: true })",
      "src/user.entity.ts": user,
    },
    message: /This NestJS project makes its DataSource in a module/,
    hint: /src\/data-source\.ts/,
  },
  {
    name: "the DataSource's file is missing",
    files: { "alembic.config.ts": config },
    message: /FAILED: There is no file <project>\/src\/data-source\.ts, which should export the DataSource\./,
    hint: /Correct dataSource in <project>\/alembic\.config\.ts/,
  },
  {
    name: "the DataSource's file does not compile",
    files: { "alembic.config.ts": config, "src/data-source.ts": "export const dataSource = new (" },
    message: /FAILED: <project>\/src\/data-source\.ts:1:/,
  },
  {
    name: "a glob of entities matches the DataSource's own file",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource.replace("[User]", '["src/**/*.ts"]'),
      "src/user.ts": user,
    },
    message:
      /FAILED: A glob of the DataSource's entities matches <project>\/src\/data-source\.ts, which exports an object that refers to itself, such as a DataSource\./,
    hint: /Write a glob that matches only files of entities/,
  },
  {
    name: "a column is declared as what TypeScript emits Object for",
    files: {
      "alembic.config.ts": config,
      "tsconfig.json": `{ "compilerOptions": { "strict": true } }`,
      "src/data-source.ts": dataSource,
      "src/user.ts": user
        .replace("name!: string", "name!: Name | null")
        .replace("@Entity", 'import { Name } from "./name";\n@Entity'),
      "src/name.ts": `export type Name = "ann" | "bob";\n`,
    },
    message: /Data type "Object" in "User\.name" is not supported by "postgres" database\./,
    hint: /Hint: Give User\.name a type, as in @Column\(\{ type: "varchar" \}\): TypeScript emits Object for what it is declared as\./,
  },
  {
    name: "a column is in a file that was compiled without types",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.js": `const { Column } = require("typeorm");
class User {}
exports.User = User;
Column()(User.prototype, "name");
`,
    },
    message:
      /FAILED: <project>\/src\/user\.js:4:\d+: Column type for User#name is not defined and cannot be guessed\.\n/,
    hint: /Hint: That file was compiled without the types of its members \(emitDecoratorMetadata\)\. Name the TypeScript sources in the DataSource/,
  },
  {
    name: "columns are declared as classes of each other",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource.replace('"./user"', '"./group"').replaceAll("User", "Group"),
      "src/group.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import { User } from "./user";
@Entity()
export class Group {
  @PrimaryGeneratedColumn() id!: number;
  @Column() user!: User;
}
`,
      "src/user.ts": user
        .replace("name!: string", "name!: Group; @Column() kind!: Kind")
        .replace("@Entity", 'import { Group } from "./group";\nimport { Kind } from "./kind";\n@Entity'),
      "src/kind.ts": `export enum Kind { A = "a" }\n`,
    },
    message:
      /FAILED: The entities of <project>\/src\/data-source\.ts can't be read: Data type "User" in "Group\.user" is not supported by "postgres" database\.\n/,
    hint: /Hint: Where User is an entity, make Group\.user a relation, as in @ManyToOne\(\(\) => User\)\./,
  },
  {
    name: "a column is declared as a list",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.ts": user.replace("name!: string", "name!: string[]"),
    },
    message: /Data type "Array" in "User\.name" is not supported by "postgres" database\.\n/,
    hint: /Hint: Give User\.name the type of its elements, as in @Column\("text", \{ array: true \}\)\./,
  },
  {
    name: "an entity's file does not compile",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.ts": "export class User {\n  name: = 3;\n}",
    },
    message: /FAILED: <project>\/src\/user\.ts:2:/,
  },
  {
    name: "an entity's file that a glob finds does not compile",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres", entities: [__dirname + "/entities/*.ts"] });`,
      "src/entities/user.ts": "export class User {\n  name: = 3;\n}",
    },
    message: /FAILED: <project>\/src\/entities\/user\.ts:2:/,
  },
  {
    name: "an entity's file that a glob finds fails",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres", entities: [__dirname + "/entities/*.ts"] });`,
      "src/entities/user.ts": 'throw new Error("not today");',
    },
    message: /FAILED: The entities of <project>\/src\/entities\/user\.ts can't be loaded: not today/,
  },
  {
    name: "the DataSource's file throws",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `import { DataSource } from "typeorm";
if (process.env.SHOP_SECRET === undefined) {
  throw new Error("SHOP_SECRET is not set");
}
export const dataSource = new DataSource({ type: "postgres" });`,
    },
    message: /FAILED: <project>\/src\/data-source\.ts:3:\d+: SHOP_SECRET is not set/,
  },
  {
    name: "a module that the DataSource's file imports is not installed",
    files: { "alembic.config.ts": config, "src/data-source.ts": `import "no-such-package";\n${dataSource}` },
    message: /FAILED: <project>\/src\/data-source\.ts.*no-such-package/,
    hint: /install/i,
  },
  {
    name: "a file that the DataSource's file imports does not exist",
    files: { "alembic.config.ts": config, "src/data-source.ts": dataSource },
    message: /FAILED: <project>\/src\/data-source\.ts.*\.\/user/,
  },
  {
    name: "the promise of a DataSource is rejected",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": 'export const dataSource = Promise.reject(new Error("no vault"));',
    },
    message: /FAILED: What <project>\/src\/data-source\.ts exports gave no DataSource: no vault/,
    hint: /A promise that it exports was rejected/,
  },
  {
    name: "the promise that is all that a CommonJS file exports is rejected with a code",
    files: {
      "alembic.config.ts": config.replace("data-source.ts", "data-source.cjs"),
      "src/data-source.cjs":
        'module.exports = Promise.reject(Object.assign(new Error("no vault"), { code: "E_VAULT" }));',
    },
    message: /FAILED: What <project>\/src\/data-source\.cjs exports gave no DataSource: no vault/,
    hint: /A promise that it exports was rejected/,
  },
  {
    name: "the file has no export of the name",
    files: {
      "alembic.config.ts": config.replace("data-source.ts", "data-source.ts#reports"),
      "src/data-source.ts": dataSource,
      "src/user.ts": user,
    },
    message: /FAILED: <project>\/src\/data-source\.ts exports no DataSource with the name 'reports'\./,
    hint: /It exports: dataSource\./,
  },
  {
    name: "no export is a DataSource",
    files: { "alembic.config.ts": config, "src/data-source.ts": "export const options = {};" },
    message: /FAILED: <project>\/src\/data-source\.ts exports no DataSource\./,
    hint: /export const dataSource = new DataSource/,
  },
  {
    name: "several exports are DataSources",
    files: {
      "alembic.config.ts": config,
      "src/user.ts": user,
      "src/data-source.ts": `${dataSource}export const other = new DataSource({ type: "postgres", entities: [] });`,
    },
    message: /FAILED: <project>\/src\/data-source\.ts exports several DataSources: dataSource, other\./,
    hint: /dataSource: "…#dataSource"/,
  },
  {
    name: "a DataSource for another database",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres" });
Object.assign(dataSource.options, { type: "mysql" });`,
    },
    message: /is for mysql, and revisions are generated for PostgreSQL only/,
  },
  {
    name: "a DataSource without entities",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres" });`,
    },
    message: /FAILED: The DataSource of <project>\/src\/data-source\.ts has no entities\./,
    hint: /autoLoadEntities/,
  },
  {
    name: "globs that find nothing",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres", entities: ["dist/**/*.entity.js"] });`,
    },
    message:
      /FAILED: No entities were found by the DataSource of <project>\/src\/data-source\.ts: <project>\/dist\/\*\*\/\*\.entity\.js/,
    hint: /start at the folder of the configuration/,
  },
  {
    name: "entities that TypeORM refuses",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.ts": user.replace("@PrimaryGeneratedColumn() id!: number;", ""),
    },
    message: /FAILED: The entities of <project>\/src\/data-source\.ts can't be read: .*primary column/i,
  },
  {
    name: "entities that PostgreSQL refuses",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.ts": user.replace(
        "@Column()",
        '@Column({ type: "int", default: () => "no_such_function()" })',
      ),
    },
    message:
      /FAILED: PostgreSQL rejects the schema of the entities: function no_such_function\(\) does not exist/,
    hint: /Hint: /,
  },
  {
    name: "a column that counts in letters",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.ts": user
        .replace("@Column()", '@Column({ type: "varchar" }) @Generated() number!: string; @Column()')
        .replace("Column,", "Column, Generated,"),
    },
    message:
      /FAILED: Column number of User is generated by a sequence, which counts in integers, and its type is character varying\./,
    hint: /Hint: Add `type: "integer"` or `type: "bigint"` to the column, or remove @Generated\(\)\./,
  },
  {
    name: "a database that is behind",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.ts": user,
      "migrations/versions/a_first.ts": revisionText({ id: "a1" }),
    },
    message: /FAILED: Target database is not up to date\./,
    hint: /The head is a1, and no revision has been applied to the database\. Run `alembic-ts upgrade head` first\./,
  },
  {
    name: "several heads",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource,
      "src/user.ts": user,
      "migrations/versions/a.ts": revisionText({ id: "a1" }),
      "migrations/versions/b.ts": revisionText({ id: "b1" }),
    },
    args: ["revision", "--autogenerate", "-m", "x"],
    message: /FAILED: Multiple heads are present/,
  },
  {
    name: "an unknown rename",
    files: { "alembic.config.ts": config, "src/data-source.ts": dataSource, "src/user.ts": user },
    args: ["check", "--rename", "users.a:users.b"],
    message: /FAILED: --rename users\.a:users\.b does not match/,
  },
  {
    name: "a difference, for check",
    files: { "alembic.config.ts": config, "src/data-source.ts": dataSource, "src/user.ts": user },
    message: /FAILED: New upgrade operations detected: create table users/,
    hint: /revision --autogenerate/,
  },
];

/** A DataSource class that makes its driver only when it connects, as that of some forks does. */
const fork = `const typeorm = require("typeorm");
class DataSource extends typeorm.DataSource {
  constructor(options) {
    super(options);
    this.made = this.driver;
    delete this.driver;
  }
  async initialize() {
    this.driver = await Promise.resolve(this.made);
    await this.driver.connect();
    throw new Error("connected");
  }
}
module.exports = { DataSource };`;

const forks: readonly Case[] = [
  {
    name: "a fork that makes its driver when it connects: a difference",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource.replace('from "typeorm"', 'from "./fork"'),
      "src/fork.js": fork,
      "src/fork.d.ts": 'export { DataSource } from "typeorm";',
      "src/user.ts": user,
    },
    message: /FAILED: New upgrade operations detected: create table users/,
  },
  {
    name: "a driver that lacks what entities are read by",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `${dataSource}Object.assign(dataSource.driver, { checkMetadataForExtensions: undefined });\n`,
      "src/user.ts": user,
    },
    message:
      /FAILED: typeorm \S+ behind the DataSource of <project>\/src\/data-source\.ts can't be used: it has a driver without checkMetadataForExtensions\(\)\./,
    hint: /a fork that keeps its PostgreSQL driver/,
  },
  {
    name: "a DataSource without a driver",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": `${dataSource}Object.assign(dataSource, { driver: undefined, initialize: async () => undefined });\n`,
      "src/user.ts": user,
    },
    message: /FAILED: typeorm \S+ behind the DataSource of .* can't be used: it makes no driver\./,
  },
  {
    name: "several differences, for check: each on a line",
    files: {
      "alembic.config.ts": config,
      "src/data-source.ts": dataSource
        .replace("[User]", "[User, Cup]")
        .replace('"./user";', '"./user";\nimport { Cup } from "./cup";'),
      "src/user.ts": user,
      "src/cup.ts": user.replace("User", "Cup").replace("users", "cups"),
    },
    message: /^FAILED: New upgrade operations detected:\n {2}create table cups\n {2}create table users\n$/,
  },
];

/** A project whose entities come from this glob, with files of it that were built at some time. */
function builtProject(glob: string): Readonly<Record<string, string>> {
  return {
    "alembic.config.ts": config,
    "src/user.entity.ts": user,
    "src/data-source.ts": `import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres", entities: [${JSON.stringify(glob)}, "libs/*.entity.js"] });`,
    "dist/user.entity.js": `const { EntitySchema } = require("typeorm");
exports.User = new EntitySchema({ name: "User", tableName: "users", columns: { id: { type: "int", primary: true } } });`,
  };
}

describe("what autogenerate warns of", function () {
  this.timeout(60_000);
  this.slow(10_000);
  let project: ProjectFolder;

  async function warnings(files: Readonly<Record<string, string>>, builtAt: Date): Promise<string> {
    const url = await (await sharedPostgres()).createDatabase();
    project = createProjectFolder({
      "package.json": '{ "name": "shop" }',
      "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
      "migrations/versions/.gitkeep": "",
      ...files,
    });
    project.linkModules();
    utimesSync(join(project.path, "dist/user.entity.js"), builtAt, builtAt);
    const result = await project.run(["--url", url, "revision", "--autogenerate", "-m", "x"]);
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    return result.stderr;
  }

  afterEach(() => project.remove());

  it("globs of compiled files that are older than the sources", async () => {
    assert.match(
      await warnings(builtProject("dist/**/*.entity.js"), new Date("2020-01-01")),
      /The entities are read from dist, which is older than src[/\\][\w.-]+\.ts: build the project first, or name the sources in the DataSource\./,
    );
  });

  it("globs that find no file beside others that do", async () => {
    assert.match(
      await warnings(builtProject("dist/**/*.entity.js"), new Date("2020-01-01")),
      /No file matches <project>\/libs\/\*\.entity\.js, which the DataSource names: entities may be missing\./,
    );
  });

  it("not of compiled files that are newer", async () => {
    assert.doesNotMatch(
      await warnings(builtProject("dist/**/*.entity.js"), new Date(Date.now() + 60_000)),
      /older than/,
    );
  });
});

describe("what autogenerate refuses", function () {
  this.timeout(60_000);
  this.slow(10_000);
  let project: ProjectFolder;

  afterEach(() => project.remove());

  for (const type of ["commonjs", "module"]) {
    it(`a NestJS project (${type}) without a DataSource file, until it has the one that is offered`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      project = createProjectFolder({
        "package.json": JSON.stringify({ name: "shop", type }),
        "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
        "migrations/versions/.gitkeep": "",
        "alembic.config.ts": withoutDataSource,
        "src/app.module.ts": "TypeOrmModule.forRoot({ autoLoadEntities: true })",
        "src/users/user.entity.ts": user,
      });
      project.linkModules();
      const refused = await project.run(["--url", url, "check"]);
      assert.equal(refused.exitCode, 255);
      const offered =
        /<project>\/src\/data-source\.ts:\n\n([^]*?\n {4}\}\);\n)/.exec(refused.stderr)?.[1] ?? "";
      project.write({
        "src/data-source.ts": offered.replaceAll(/^ {4}/gm, ""),
        "alembic.config.ts": config,
      });
      const { stdout } = await project.run(["--url", url, "check"]);
      assert.equal(stdout, "FAILED: New upgrade operations detected: create table users\n");
    });
  }

  for (const { name, files, args = ["check"], message, hint, exitCode = 255 } of [...cases, ...forks]) {
    it(name, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      project = createProjectFolder({
        "package.json": '{ "name": "shop" }',
        "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
        "migrations/versions/.gitkeep": "",
        ...files,
      });
      symlinkSync(join(repository, "node_modules"), join(project.path, "node_modules"));
      const result = await project.run(["--url", url, ...args]);
      assert.match(result.stdout, message);
      if (hint !== undefined) {
        assert.match(result.stderr, hint);
      }
      assert.equal(result.exitCode, exitCode);
    });
  }
});
