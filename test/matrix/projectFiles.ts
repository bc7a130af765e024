import type { MatrixCase } from "./cases";

const moduleOptions: Readonly<Record<MatrixCase["kind"], object>> = {
  CommonJS: { module: "commonjs" },
  "ES modules": { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

const entity = `import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from "typeorm";

@Entity("authors")
export class Author {
  @PrimaryGeneratedColumn("identity", { generatedIdentity: "ALWAYS" })
  id!: number;

  @Index({ unique: true })
  @Column("varchar", { length: 200 })
  name!: string;
}

@Entity("books")
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column("enum", { enum: ["draft", "printed"], default: "draft" })
  state!: string;

  @Column("jsonb", { default: () => "'{}'" })
  facts!: object;

  @Column("timestamptz", { default: () => "now()" })
  at!: Date;

  @ManyToOne(() => Author, { nullable: false, onDelete: "CASCADE" })
  author!: Author;
}
`;

/** A small project whose DataSource takes the database from the environment; its files by their paths. */
export function projectFiles(
  { kind, typeorm, name }: Pick<MatrixCase, "kind" | "typeorm" | "name">,
  tarball: string,
): Readonly<Record<string, string>> {
  const extension = kind === "ES modules" ? ".js" : "";
  const manifest = {
    name: "matrix",
    private: true,
    ...(kind === "ES modules" ? { type: "module" } : {}),
    dependencies: { pg: "^8.16.0", "reflect-metadata": "^0.2.2", typeorm },
    devDependencies: { "alembic-ts": `file:${tarball}` },
  };
  const compilerOptions = {
    ...moduleOptions[kind],
    ...{ target: "es2022", strict: true, experimentalDecorators: true, emitDecoratorMetadata: true },
  };
  return {
    "package.json": JSON.stringify(manifest, undefined, 2),
    "tsconfig.json": JSON.stringify({ compilerOptions }, undefined, 2),
    "src/entities.ts": entity,
    "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "typeorm";
import { Author, Book } from "./entities${extension}";

export default new DataSource({ type: "postgres", url: process.env["DATABASE_URL"], entities: [Author, Book] });
`,
    ...(name.startsWith("yarn-")
      ? {
          ".yarnrc.yml": `nodeLinker: ${name === "yarn-pnp" ? "pnp" : "node-modules"}\nenableTelemetry: false\n`,
          "yarn.lock": "",
        }
      : {}),
  };
}
