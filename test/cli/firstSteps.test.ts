import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

const dataSource = `import { DataSource } from "typeorm";
import { User } from "./user.entity";
export const AppDataSource = new DataSource({ type: "postgres", entities: [User], migrations: [__dirname + "/migrations/*.ts"] });
`;
const entity = `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity()
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
}
`;
const migration = (
  name: string,
  table: string,
): string => `import { MigrationInterface, QueryRunner } from "typeorm";
export class ${name} implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`CREATE TABLE ${table} (id integer)\`);
  }
  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`DROP TABLE ${table}\`);
  }
}
`;
const typeormProject = {
  "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
  "src/data-source.ts": dataSource,
  "src/user.entity.ts": entity,
  "src/migrations/1700000000001-CreateA.ts": migration("CreateA1700000000001", "a"),
  "src/migrations/1700000000002-CreateB.ts": migration("CreateB1700000000002", "b"),
};

describe("the first steps in a project without a configuration", function () {
  this.timeout(60_000);
  let folder: ProjectFolder | undefined;
  afterEach(() => folder?.remove());
  const read = (name: string): string => readFileSync(join(folder?.path ?? "", name), "utf8");

  const kinds: readonly [template: string, file: string, line: string][] = [
    ["generic", "alembic.config.ts", '\n  dataSource: "src/data-source.ts",\n'],
    ["multi-environment", "alembic.config.ts", '\n  dataSource: "src/data-source.ts",\n'],
    ["json", "alembic.config.json", '\n  "dataSource": "src/data-source.ts",\n'],
    ["ini", "alembic.ini", "\ndata_source = src/data-source.ts\n"],
    ["pyproject", "pyproject.toml", '\ndata_source = "src/data-source.ts"\n'],
  ];
  for (const [template, file, line] of kinds) {
    it(`init -t ${template} names the DataSource that it finds`, async () => {
      folder = createProjectFolder({ ...typeormProject, "node_modules/a/data-source.ts": dataSource });
      const { exitCode, stderr } = await folder.run(["init", "-t", template, "db/migrations"]);
      assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: "" });
      assert.ok(read(file).includes(line), read(file));
    });
  }

  it("init shows how to name a DataSource where it finds none, and lists others where it finds several", async () => {
    folder = createProjectFolder();
    await folder.run(["init", "migrations"]);
    assert.match(read("alembic.config.ts"), /\n {2}\/\/ dataSource: "src\/data-source\.ts",\n/);
    folder.remove();
    folder = createProjectFolder({ ...typeormProject, "src/reports/source.ts": dataSource });
    await folder.run(["init", "migrations"]);
    assert.match(
      read("alembic.config.ts"),
      /\n {2}dataSource: "src\/data-source\.ts",\n {2}\/\/ Also found: "src\/reports\/source\.ts"\n/,
    );
  });

  it("adopt writes the configuration, beside migrations that lie where it would put its own", async () => {
    folder = createProjectFolder({ ...typeormProject, "database/migrations/old.sql": "" });
    folder.linkModules();
    const { stdout } = await folder.run(["adopt", "typeorm", "--no-stamp"]);
    assert.match(stdout, /^Generating <project>\/alembic\.config\.ts \.\.\. {2}done$/m);
    assert.match(read("alembic.config.ts"), /scriptLocation: "database\/alembic",/);
    assert.equal(folder.list("database/alembic/versions").length, 3);
  });

  it("adopt leaves the choice to the user where there is no DataSource, or more than one", async () => {
    for (const more of [{ "src/data-source.ts": "" }, { "src/second.ts": dataSource }]) {
      folder = createProjectFolder({ ...typeormProject, ...more });
      const { exitCode, stdout } = await folder.run(["adopt", "typeorm"]);
      assert.equal(exitCode, 255);
      assert.match(stdout, /No 'script_location' key found in configuration/);
      assert.deepEqual(folder.list("database"), []);
      folder.remove();
    }
  });

  it("adopt --dry-run writes no configuration", async () => {
    folder = createProjectFolder(typeormProject);
    const { exitCode } = await folder.run(["adopt", "typeorm", "--dry-run"]);
    assert.equal(exitCode, 255);
    assert.deepEqual(folder.list("database"), []);
  });

  for (const args of [
    ["revision", "-m", "add users"],
    ["merge", "heads", "-m", "merge"],
  ]) {
    it(`${args[0] ?? ""} writes no TypeScript into a project of Python's Alembic`, async () => {
      folder = createProjectFolder({
        "alembic.ini": "[alembic]\nscript_location = alembic\n",
        "alembic/env.py": "",
        "alembic/versions/a1_users.py": 'revision = "a1"\ndown_revision = None\ndef upgrade():\n  pass\n',
      });
      const { exitCode, stdout } = await folder.run(args);
      assert.equal(exitCode, 255);
      assert.match(
        stdout,
        /^FAILED: The revisions of <project>\/alembic are Python files, and there is no template/,
      );
      assert.deepEqual(folder.list("alembic/versions"), ["a1_users.py"]);
    });
  }

  it("revision still follows Python's revisions where the folder is no longer Python's", async () => {
    folder = createProjectFolder({
      "alembic.ini": "[alembic]\nscript_location = alembic\n",
      "alembic/versions/a1_users.py": 'revision = "a1"\ndown_revision = None\ndef upgrade():\n  pass\n',
    });
    const { exitCode } = await folder.run(["revision", "-m", "add", "--rev-id", "b2"]);
    assert.equal(exitCode, 0);
    assert.deepEqual(folder.list("alembic/versions"), ["a1_users.py", "b2_add.ts"]);
  });
});
