import type { MigrationInterface, QueryRunner } from "typeorm";

export class WidenNames1700864000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "customers" ALTER COLUMN "name" TYPE character varying(200)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "customers" ALTER COLUMN "name" TYPE character varying(100)`);
  }
}
