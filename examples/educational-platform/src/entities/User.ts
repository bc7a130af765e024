import { Column, CreateDateColumn, Entity, Index, PrimaryColumn, Unique } from "typeorm";
import { UserRole } from "./UserRole";

@Entity("users")
@Unique("uq_users_email", ["email"])
@Index("idx_users_org_status", ["organizationId", "status"])
@Index("idx_users_active", ["organizationId", "status"], { where: "status = 'active'" })
@Index("idx_users_role", ["role"])
export class User {
  @PrimaryColumn("uuid", { primaryKeyConstraintName: "users_pkey", default: () => "gen_random_uuid()" })
  id!: string;

  @Column("varchar", { length: 255 })
  email!: string;

  @Column("varchar", { name: "full_name", length: 200 })
  fullName!: string;

  @Column("uuid", { name: "organization_id" })
  organizationId!: string;

  /** "active" or "inactive"; "enabled" and "disabled" before revision mno345. */
  @Column("varchar", { length: 20 })
  status!: string;

  @CreateDateColumn({ name: "created_at", type: "timestamptz", default: () => "now()" })
  createdAt!: Date;

  @Column("boolean", { name: "email_verified", default: false })
  emailVerified!: boolean;

  @Column("timestamptz", { name: "email_verified_at", nullable: true })
  emailVerifiedAt!: Date | null;

  @Column("enum", { enum: UserRole, enumName: "user_role", default: UserRole.Student })
  role!: UserRole;
}
