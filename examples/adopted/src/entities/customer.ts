import { Column, Entity, OneToMany, PrimaryGeneratedColumn, Unique } from "typeorm";
import { Address } from "./address";

@Entity("customers")
@Unique("UQ_customers_email", ["email"])
export class Customer {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: "PK_customers" })
  id: number;

  @Column("varchar", { length: 255 })
  email: string;

  @Column("varchar", { length: 200 })
  name: string;

  @Column("varchar", { name: "phone_number", length: 20, nullable: true })
  phoneNumber: string | null;

  @Column("text", { array: true, default: [] })
  tags: string[];

  @OneToMany(() => Address, (address) => address.customer)
  addresses: Address[];
}
