import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** No schema: the search path of the tenant decides. */
@Entity("invoices")
export class Invoice {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: "PK_invoices" })
  id: number;

  @Column("varchar", { length: 20 })
  number: string;

  @Column("numeric", { precision: 12, scale: 2 })
  total: string;
}
