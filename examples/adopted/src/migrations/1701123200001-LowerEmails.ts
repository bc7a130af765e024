import type { MigrationInterface, QueryRunner } from "typeorm";

export class LowerEmails1701123200001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE "customers" SET "email" = lower("email")`);
  }

  async down(_queryRunner: QueryRunner): Promise<void> {
    // The letters that were upper case are not known.
  }
}
