import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddCountry1701036800001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "addresses" ADD "country" character(2) NOT NULL DEFAULT 'DE'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "addresses" DROP COLUMN "country"`);
  }
}
