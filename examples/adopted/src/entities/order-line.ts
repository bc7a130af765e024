import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import { Order } from "./order";
import { Product } from "./product";

@Entity("order_lines")
export class OrderLine {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: "PK_order_lines" })
  id: number;

  @ManyToOne(() => Order, { nullable: false, onDelete: "CASCADE" })
  @JoinColumn({ name: "order_id", foreignKeyConstraintName: "FK_order_lines_order" })
  order: Order;

  @ManyToOne(() => Product, { nullable: false })
  @JoinColumn({ name: "product_id", foreignKeyConstraintName: "FK_order_lines_product" })
  product: Product;

  @Column("integer", { default: 1 })
  quantity: number;
}
