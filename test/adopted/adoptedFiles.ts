/** A DataSource of the options, exported as the default. */
export const source = (options: string, imports = ""): string => `import "reflect-metadata";
import { DataSource } from "@typeorm@";
${imports}
export default new DataSource({ type: "postgres", url: process.env["DATABASE_URL"], ${options} });
`;

/** What each file of migrations begins with. */
export const runner = 'import type { MigrationInterface, QueryRunner } from "@typeorm@";\n';

/** A migration in plain SQL. */
export const migration = (
  name: string,
  up: readonly string[],
  down: readonly string[],
  more = "",
): string => {
  const body = (statements: readonly string[]): string =>
    statements.map((text) => `    await queryRunner.query(${JSON.stringify(text)});\n`).join("");
  return `export class ${name} implements MigrationInterface {
${more}  async up(queryRunner: QueryRunner): Promise<void> {
${body(up)}  }
  async down(queryRunner: QueryRunner): Promise<void> {
${body(down)}  }
}
`;
};

/** A table in the words of an entity, in those of SQL as `cupTable`. */
export const cupEntity = `import { Column, Entity, PrimaryGeneratedColumn } from "@typeorm@";
@Entity("cup")
export class Cup {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ length: 40 }) name!: string;
}
`;

/** The table of `cupEntity`. */
export const cupTable =
  'CREATE TABLE "cup" ("id" SERIAL NOT NULL, "name" character varying(40) NOT NULL, CONSTRAINT "PK_cup" PRIMARY KEY ("id"))';
