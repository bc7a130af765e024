import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddOrderStatus1700518400001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TYPE "orders_status_enum" AS ENUM('open', 'paid', 'sent')`);
    await queryRunner.query(`ALTER TABLE "orders" ADD "status" "orders_status_enum" NOT NULL DEFAULT 'open'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "orders" DROP COLUMN "status"`);
    await queryRunner.query(`DROP TYPE "orders_status_enum"`);
  }
}
