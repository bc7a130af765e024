import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import { Customer } from "./customer";

@Entity("orders")
@Index("IDX_orders_customer", ["customer"])
@Index("IDX_orders_ordered_at", ["orderedAt"])
export class Order {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: "PK_orders" })
  id: number;

  @ManyToOne(() => Customer, { nullable: false })
  @JoinColumn({ name: "customer_id", foreignKeyConstraintName: "FK_orders_customer" })
  customer: Customer;

  @Column("timestamptz", { name: "ordered_at", default: () => "now()" })
  orderedAt: Date;

  @Column("enum", { enum: ["open", "paid", "sent"], default: "open" })
  status: "open" | "paid" | "sent";

  @Column("jsonb", { nullable: true })
  details: object | null;
}
