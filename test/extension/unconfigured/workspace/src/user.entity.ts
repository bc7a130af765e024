import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("users")
export class User {
  @PrimaryColumn()
  id!: number;

  @Column({ type: "text", nullable: true })
  email!: string | null;
}
