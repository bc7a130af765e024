import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateCoupons1701641600001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "coupons" ("code" character varying(20) NOT NULL, "percent" integer NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_coupons" PRIMARY KEY ("code"))`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "coupons"`);
  }
}
