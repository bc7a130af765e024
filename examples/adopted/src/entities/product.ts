import { Check, Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("products")
@Check("CHK_products_price", `"price" >= 0`)
export class Product {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: "PK_products" })
  id: number;

  @Column("varchar", { length: 200 })
  title: string;

  @Column("integer")
  price: number;

  @Column("text", { nullable: true })
  description: string | null;

  @Column("integer", { default: 0 })
  stock: number;
}
