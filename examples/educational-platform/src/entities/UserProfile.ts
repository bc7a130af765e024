import { randomUUID } from "node:crypto";
import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  UpdateDateColumn,
  type Relation,
} from "typeorm";
import { User } from "./User";

@Entity("user_profiles")
@Unique("uq_user_profiles_user_id", ["userId"])
@Index("idx_user_profiles_user_id", ["userId"])
export class UserProfile {
  /** The guide's table has no default here: the application makes the key. */
  @PrimaryColumn("uuid", { primaryKeyConstraintName: "user_profiles_pkey" })
  id: string = randomUUID();

  @Column("uuid", { name: "user_id" })
  userId!: string;

  // Not @OneToOne: it would add a second unique constraint, under a name of TypeORM's, beside the one above.
  @ManyToOne(() => User, { onDelete: "CASCADE" })
  @JoinColumn({ name: "user_id", foreignKeyConstraintName: "user_profiles_user_id_fkey" })
  user!: Relation<User>;

  @Column("text", { nullable: true })
  bio!: string | null;

  @Column("varchar", { length: 50, array: true, nullable: true })
  skills!: string[] | null;

  @CreateDateColumn({ name: "created_at", type: "timestamptz", default: () => "now()" })
  createdAt!: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz", default: () => "now()", nullable: true })
  updatedAt!: Date | null;
}
