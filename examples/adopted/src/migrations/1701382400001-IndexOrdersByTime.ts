import type { MigrationInterface, QueryRunner } from "typeorm";

export class IndexOrdersByTime1701382400001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE INDEX "IDX_orders_ordered_at" ON "orders" ("ordered_at")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "IDX_orders_ordered_at"`);
  }
}
