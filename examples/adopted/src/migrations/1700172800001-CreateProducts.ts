import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateProducts1700172800001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "products" ("id" SERIAL NOT NULL, "title" character varying(200) NOT NULL, "price" integer NOT NULL, CONSTRAINT "PK_products" PRIMARY KEY ("id"))`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "products"`);
  }
}
