import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import { Customer } from "./customer";

@Entity("addresses")
export class Address {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: "PK_addresses" })
  id: number;

  @ManyToOne(() => Customer, (customer) => customer.addresses, { nullable: false, onDelete: "CASCADE" })
  @JoinColumn({ name: "customer_id", foreignKeyConstraintName: "FK_addresses_customer" })
  customer: Customer;

  @Column("text")
  street: string;

  @Column("text")
  city: string;

  @Column("char", { length: 2, default: "DE" })
  country: string;
}
