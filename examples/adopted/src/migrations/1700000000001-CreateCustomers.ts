import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateCustomers1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "customers" ("id" SERIAL NOT NULL, "email" character varying(255) NOT NULL, "name" character varying(100) NOT NULL, CONSTRAINT "PK_customers" PRIMARY KEY ("id"))`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "customers"`);
  }
}
