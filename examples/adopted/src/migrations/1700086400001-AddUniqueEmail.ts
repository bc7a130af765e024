import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddUniqueEmail1700086400001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "customers" ADD CONSTRAINT "UQ_customers_email" UNIQUE ("email")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "customers" DROP CONSTRAINT "UQ_customers_email"`);
  }
}
