// A project of many entities, one per file, as a large application has them.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const kinds = ["draft", "open", "closed"];

function entityText(index, count) {
  const previous = index === 0 ? undefined : Math.floor(index / 2);
  const name = `Entity${index}`;
  const relation =
    previous === undefined
      ? ""
      : `
  @Index()
  @Column("int", { name: "parent_id", nullable: true })
  parentId!: number | null;

  @ManyToOne(() => Entity${previous}, { onDelete: "CASCADE" })
  @JoinColumn({ name: "parent_id" })
  parent!: Relation<Entity${previous}>;
`;
  const check = index % 10 === 0 ? `@Check("ck_entity_${index}", "amount >= 0")\n` : "";
  return `import { Check, Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique, UpdateDateColumn, type Relation } from "typeorm";
${previous === undefined ? "" : `import { Entity${previous} } from "./Entity${previous}";\n`}
${check}@Entity("entity_${index}")
@Unique("uq_entity_${index}", ["code", "tenant"])
@Index(["tenant", "status"])
export class ${name} {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column("varchar", { length: 60 })
  code!: string;

  @Column("uuid")
  tenant!: string;

  @Column("text", { nullable: true })
  note!: string | null;

  @Column("numeric", { precision: 12, scale: 2, default: 0 })
  amount!: string;

  @Column("boolean", { default: false })
  archived!: boolean;

  @Column("jsonb", { default: {} })
  settings!: object;

  @Column("enum", { enum: ${JSON.stringify(kinds)}, enumName: "entity_kind", default: "draft" })
  status!: string;

  @Column("timestamptz", { default: () => "now()" })
  seen!: Date;

  @CreateDateColumn({ name: "created_at" })
  createdAt!: Date;

  @UpdateDateColumn({ name: "updated_at" })
  updatedAt!: Date;
${relation}}
// ${count}
`;
}

/** Writes a project of `count` entities that works on the database of DATABASE_URL. */
export function writeEntityProject(directory, count, repository) {
  mkdirSync(join(directory, "src/entities"), { recursive: true });
  mkdirSync(join(directory, "migrations/versions"), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"));
  const files = {
    "package.json": JSON.stringify({ name: "many-entities", private: true }),
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        target: "ES2022",
        module: "commonjs",
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        strict: true,
        skipLibCheck: true,
        types: ["node"],
        outDir: "build",
        rootDir: "src",
      },
      include: ["src"],
    }),
    "alembic.config.ts": `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations", dataSource: "src/data-source.ts" });
`,
    "src/data-source.ts": `import "reflect-metadata";
import { join } from "node:path";
import { DataSource } from "typeorm";
export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [join(__dirname, "entities/*.{ts,js}")],
});
`,
  };
  for (let index = 0; index < count; index += 1) {
    files[`src/entities/Entity${index}.ts`] = entityText(index, count);
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory, name), text);
  }
}
