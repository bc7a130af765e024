import assert from "node:assert/strict";
import type { PostgresServer } from "../support/postgresServer";
import { sharedPostgres } from "../support/sharedPostgres";
import { createMigrationProject, type MigrationProject } from "../support/typeormMigrationProject";

interface Failing {
  readonly title: string;
  /** The file of the class. */
  readonly text: string;
  readonly line: number;
  readonly args?: readonly string[];
  readonly isListed?: boolean;
}

const head = `import type { MigrationInterface, QueryRunner } from "typeorm";

export class Two1700000000002 implements MigrationInterface {
`;
const down = `  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE two");
  }
}
`;
const refused = `${head}  async up(queryRunner: QueryRunner): Promise<void> {
    const two = 2;
    await queryRunner.query("INSERT INTO nowhere VALUES (1)");
  }
${down}`;

const failures: readonly Failing[] = [
  { title: "at the statement that the server refuses", text: refused, line: 6 },
  { title: "of a class that the DataSource lists itself", text: refused, line: 6, isListed: true },
  {
    title: "at the method, where the stack does not lead into the class",
    text: `${head}
  // up() is below.
  up(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.query("INSERT INTO nowhere VALUES (1)");
  }
${down}`,
    line: 6,
  },
  {
    title: "at the method of the class, not of another in the same file",
    text: `export class Beside { up = () => undefined; }
${head}
  up = (queryRunner: QueryRunner): Promise<void> => queryRunner.query("INSERT INTO nowhere VALUES (1)");
${down}`,
    line: 6,
  },
  {
    title: "where the migration rolls back what is not its own",
    text: `${head}  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.rollbackTransaction();
  }
${down}`,
    line: 5,
  },
  {
    title: "at the class, where it has no such method",
    text: `${head}  async up(): Promise<void> {}
}
`,
    line: 3,
    args: ["downgrade", "-1"],
  },
  {
    title: "at the downgrade that leaves something behind",
    text: `${head}  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("CREATE TYPE mood AS ENUM ('a')");
    await queryRunner.query("CREATE TABLE two (mood mood)");
  }
${down}`,
    line: 8,
    args: ["test"],
  },
];

describe("the place of a failure of an adopted migration", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let project: MigrationProject;

  before(async () => {
    server = await sharedPostgres();
  });
  beforeEach(() => {
    project = createMigrationProject("typeorm");
    project.list("src/migrations").forEach((name) => project.removeFile(`src/migrations/${name}`));
    project.removeFile("src/entities.ts");
  });
  afterEach(() => project.remove());

  for (const { title, text, line, args = ["upgrade", "head"], isListed = false } of failures) {
    it(`is ${title}`, async () => {
      project.write({
        "src/migrations/two.ts": text,
        "src/data-source.ts": `import { DataSource } from "typeorm";
${isListed ? 'import { Two1700000000002 } from "./migrations/two";\n' : ""}
export const dataSource = new DataSource({
  type: "postgres",
  url: process.env["DATABASE_URL"],
  migrations: [${isListed ? "Two1700000000002" : '"src/migrations/*.ts"'}],
});
`,
      });
      const env = { DATABASE_URL: await server.createDatabase() };
      assert.equal((await project.run(["adopt", "typeorm"], { env })).exitCode, 0);
      if (args[0] === "downgrade") {
        assert.equal((await project.run(["upgrade", "head"], { env })).exitCode, 0);
      }
      const { exitCode, stdout, stderr } = await project.run(args, { env });
      assert.equal(exitCode, 255, stdout + stderr);
      const place = /^ +at (<project>.*):\d+$/m.exec(stdout + stderr)?.[1];
      assert.equal(place, `<project>/src/migrations/two.ts:${String(line)}`);
    });
  }
});
