import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("coupons")
export class Coupon {
  @PrimaryColumn("varchar", { length: 20, primaryKeyConstraintName: "PK_coupons" })
  code: string;

  @Column("integer")
  percent: number;

  @Column("boolean", { default: true })
  active: boolean;

  @Column("timestamptz", { name: "expires_at", nullable: true })
  expiresAt: Date | null;
}
