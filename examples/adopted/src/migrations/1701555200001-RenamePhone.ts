import type { MigrationInterface, QueryRunner } from "typeorm";

export class RenamePhone1701555200001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "customers" RENAME COLUMN "phone" TO "phone_number"`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "customers" RENAME COLUMN "phone_number" TO "phone"`);
  }
}
