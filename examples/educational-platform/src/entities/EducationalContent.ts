import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from "typeorm";

@Entity("educational_content")
@Index("idx_content_search", ["searchVector"], { type: "gin" })
export class EducationalContent {
  @PrimaryColumn("uuid", {
    primaryKeyConstraintName: "educational_content_pkey",
    default: () => "gen_random_uuid()",
  })
  id!: string;

  @Column("uuid", { name: "organization_id" })
  organizationId!: string;

  @Column("varchar", { length: 255 })
  title!: string;

  @Column("text", { nullable: true })
  description!: string | null;

  @Column("text", { nullable: true })
  content!: string | null;

  @CreateDateColumn({ name: "created_at", type: "timestamptz", default: () => "now()" })
  createdAt!: Date;

  /** Made by the database; for searching, not for reading. */
  @Column({
    type: "tsvector",
    name: "search_vector",
    asExpression:
      "to_tsvector('english', coalesce(title, '') || ' ' || coalesce(description, '') || ' ' || coalesce(content, ''))",
    generatedType: "STORED",
    nullable: true,
    select: false,
    insert: false,
    update: false,
  })
  searchVector!: string | null;
}
