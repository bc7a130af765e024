/** One small application in the shapes that projects have. */
export interface ProjectShape {
  readonly name: string;
  /** By path; `<url>` in them stands for the database's URL. */
  readonly files: Readonly<Record<string, string>>;
  /** Compiled with the compiler of the project, by its own settings, before anything else. */
  readonly isBuilt?: true;
  /** The project names its database; to others it is given with --url. */
  readonly isDatabaseKnown?: true;
}

interface Style {
  /** How a module is named in an import: `./post` may have to be `./post.js`, or `@entities/post`. */
  readonly entity?: (name: string) => string;
  readonly isModule?: boolean;
  /** Entities that refer to each other have the classes for types, which `tsc` reads before there are any. */
  readonly areClassesNamed?: boolean;
  /** At the end of each file of entities. */
  readonly more?: string;
  readonly compiler?: object;
  readonly files?: Readonly<Record<string, string>>;
  readonly entities?: string;
}

const relation = (isWrapped: boolean, type: string): string => (isWrapped ? `Relation<${type}>` : type);

/** Columns without types: they come from the metadata that the compiler emits. */
function entityFiles({
  entity = (name) => `./${name}`,
  isModule = false,
  areClassesNamed = !isModule,
  more = "",
}: Style): Readonly<Record<string, string>> {
  return {
    "src/entities/user.ts": `import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn${areClassesNamed ? "" : ", type Relation"} } from "typeorm";
import { Post } from "${entity("post")}";

export enum Role { Owner = "owner", Member = "member" }

@Entity("users")
export class User {
  @PrimaryGeneratedColumn() id!: number;
  @Index({ unique: true }) @Column() email!: string;
  @Column({ default: true }) isActive!: boolean;
  @Column({ type: "enum", enum: Role, default: Role.Member }) role!: Role;
  @Column({ nullable: true }) bornAt?: Date;
  @OneToMany(() => Post, (post) => post.author) posts!: ${relation(!areClassesNamed, "Post[]")};
}
${more}`,
    "src/entities/post.ts": `import { Column, Entity, ManyToOne, PrimaryGeneratedColumn${areClassesNamed ? "" : ", type Relation"} } from "typeorm";
import { User } from "${entity("user")}";

@Entity("posts")
export class Post {
  @PrimaryGeneratedColumn("increment", { type: "bigint" }) id!: string;
  @Column({ length: 200 }) title!: string;
  @Column("text", { array: true, default: [] }) tags!: string[];
  @ManyToOne(() => User, (user) => user.posts, { onDelete: "CASCADE" }) author!: ${relation(!areClassesNamed, "User")};
}
${more}`,
  };
}

const compilerOptions = {
  target: "ES2022",
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  strict: true,
  skipLibCheck: true,
  types: ["node"],
};

function configText(dataSource: string, more = ""): string {
  return `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations", dataSource: "${dataSource}"${more} });
`;
}

function shape(
  name: string,
  style: Style,
  more: Partial<ProjectShape> & { readonly dataSource?: string } = {},
): ProjectShape {
  const {
    entity = (each: string) => `./${each}`,
    isModule = false,
    compiler,
    entities = "[User, Post]",
  } = style;
  const fromRoot = (each: string): string => {
    const named = entity(each);
    return named.startsWith("./") ? named.replace("./", "./entities/") : named;
  };
  const { dataSource = "src/data-source.ts", ...rest } = more;
  return {
    name,
    ...rest,
    files: {
      "package.json": JSON.stringify({
        name: "shop",
        private: true,
        ...(isModule ? { type: "module" } : {}),
      }),
      "tsconfig.json": JSON.stringify({
        compilerOptions: { ...compilerOptions, ...compiler },
        include: ["src"],
      }),
      "alembic.config.ts": configText(dataSource),
      ...entityFiles(style),
      "src/data-source.ts": `import { DataSource } from "typeorm";
${entities.includes("User") ? `import { Post } from "${fromRoot("post")}";\nimport { User } from "${fromRoot("user")}";\n` : ""}
export const dataSource = new DataSource({ type: "postgres", entities: ${entities} });
`,
      ...style.files,
      ...rest.files,
    },
  };
}

const commonJs = { module: "commonjs" };
const nodeModules = { module: "node16", moduleResolution: "node16" };
const paths = { "@entities/*": ["./src/entities/*"] };

export const projectShapes: readonly ProjectShape[] = [
  shape("CommonJS", { compiler: commonJs }),
  shape("CommonJS with globs", {
    compiler: commonJs,
    entities: '[__dirname + "/entities/*{.ts,.js}"]',
  }),
  shape("CommonJS with globs relative to the project", {
    compiler: commonJs,
    entities: '["src/**/entities/*.ts"]',
  }),
  shape("CommonJS with path aliases", {
    compiler: { ...commonJs, baseUrl: ".", paths },
    entity: (name) => `@entities/${name}`,
  }),
  shape("CommonJS with baseUrl alone", {
    compiler: { ...commonJs, baseUrl: "src" },
    entity: (name) => `entities/${name}`,
  }),
  shape("ES modules", { compiler: nodeModules, isModule: true, entity: (name) => `./${name}.js` }),
  shape("ES modules whose relations name their classes", {
    compiler: nodeModules,
    isModule: true,
    areClassesNamed: true,
    entity: (name) => `./${name}.js`,
  }),
  shape("ES modules whose relations name their classes, in syntax that is left to TypeScript", {
    compiler: nodeModules,
    isModule: true,
    areClassesNamed: true,
    more: "export namespace Names { export const first = 1; }\n",
    entity: (name) => `./${name}.js`,
  }),
  shape("ES modules with globs", {
    compiler: nodeModules,
    isModule: true,
    entity: (name) => `./${name}.js`,
    entities: '[import.meta.dirname + "/entities/*.{ts,js}"]',
  }),
  shape("ES modules with path aliases", {
    compiler: { ...nodeModules, paths },
    isModule: true,
    entity: (name) => `@entities/${name}.js`,
  }),
  shape("ES modules that name .ts files", {
    compiler: { ...nodeModules, allowImportingTsExtensions: true, noEmit: true },
    isModule: true,
    entity: (name) => `./${name}.ts`,
  }),
  shape("modules for a bundler", {
    compiler: { module: "esnext", moduleResolution: "bundler", verbatimModuleSyntax: true, paths },
    isModule: true,
    entity: (name) => `./${name}`,
  }),
  shape("settings that extend others", {
    compiler: { ...commonJs },
    entity: (name) => `@entities/${name}`,
    files: {
      "tsconfig.json": JSON.stringify({ extends: "./config/tsconfig.base.json", include: ["src"] }),
      "config/tsconfig.base.json": JSON.stringify({
        compilerOptions: {
          ...compilerOptions,
          ...commonJs,
          baseUrl: "..",
          paths: { "@entities/*": ["src/entities/*"] },
        },
      }),
    },
  }),
  shape(
    "compiled CommonJS",
    { compiler: { ...commonJs, outDir: "dist", rootDir: "src" } },
    { isBuilt: true, dataSource: "dist/data-source.js" },
  ),
  shape(
    "compiled ES modules",
    {
      compiler: { ...nodeModules, outDir: "dist", rootDir: "src" },
      isModule: true,
      entity: (name) => `./${name}.js`,
    },
    { isBuilt: true, dataSource: "dist/data-source.js" },
  ),
  shape("a DataSource as the default export", {
    compiler: commonJs,
    files: {
      "src/data-source.ts": `import { DataSource } from "typeorm";
import { Post } from "./entities/post";
import { User } from "./entities/user";
export default new DataSource({ type: "postgres", entities: { User, Post } });
`,
    },
  }),
  shape("a function that makes the DataSource", {
    compiler: commonJs,
    files: {
      "src/data-source.ts": `import { DataSource } from "typeorm";
import { Post } from "./entities/post";
import { User } from "./entities/user";
export async function createDataSource(): Promise<DataSource> {
  return new DataSource({ type: "postgres", entities: [User, Post] });
}
`,
    },
  }),
  shape(
    "a DataSource that .env configures",
    {
      compiler: commonJs,
      files: {
        ".env": "DB_URL=<url>\n",
        "src/data-source.ts": `import { DataSource } from "typeorm";
import { Post } from "./entities/post";
import { User } from "./entities/user";
if (process.env.DB_URL === undefined) {
  throw new Error("DB_URL is not set");
}
export const dataSource = new DataSource({ type: "postgres", url: process.env.DB_URL, entities: [User, Post] });
`,
      },
    },
    { isDatabaseKnown: true },
  ),
  shape(
    "DATABASE_URL of .env",
    { compiler: commonJs, files: { ".env": 'DATABASE_URL="<url>"\n' } },
    { isDatabaseKnown: true },
  ),
  shape("the second of several DataSources", {
    compiler: commonJs,
    files: {
      "alembic.config.ts": configText("src/data-source.ts#shop"),
      "src/data-source.ts": `import { DataSource } from "typeorm";
import { Post } from "./entities/post";
import { User } from "./entities/user";
export const reports = new DataSource({ type: "postgres", entities: [] });
export const shop = new DataSource({ type: "postgres", entities: [User, Post] });
`,
    },
  }),
  shape("entities of a package in the same repository", {
    compiler: commonJs,
    files: {
      "packages/domain/package.json": '{ "name": "@shop/domain", "main": "src/index.ts" }',
      "packages/domain/src/index.ts": `export { User } from "./entities/user";\nexport { Post } from "./entities/post";\n`,
      ...Object.fromEntries(
        Object.entries(entityFiles({})).map(([path, text]) => [`packages/domain/${path}`, text] as const),
      ),
      "src/data-source.ts": `import { DataSource } from "typeorm";
import { Post, User } from "@shop/domain";
export const dataSource = new DataSource({ type: "postgres", entities: [User, Post] });
`,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...compilerOptions,
          ...commonJs,
          baseUrl: ".",
          paths: { "@shop/*": ["packages/*/src"] },
        },
      }),
    },
  }),
];

/** The same entities with names by a strategy of the project's own. */
export const namingStrategyShape: ProjectShape = shape("a naming strategy", {
  compiler: commonJs,
  files: {
    "src/naming-strategy.ts": `import { DefaultNamingStrategy, type NamingStrategyInterface, type Table } from "typeorm";
const snake = (text: string): string => text.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
const nameOf = (table: Table | string): string => (typeof table === "string" ? table : table.name).split(".").at(-1) ?? "";
export class SnakeNamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(property: string, custom: string | undefined, prefixes: string[]): string {
    return snake([...prefixes, custom ?? property].join("_"));
  }
  override joinColumnName(relation: string, referenced: string): string {
    return snake(\`\${relation}_\${referenced}\`);
  }
  override primaryKeyName(table: Table | string): string {
    return \`pk_\${nameOf(table)}\`;
  }
  override foreignKeyName(table: Table | string, columns: string[]): string {
    return \`fk_\${nameOf(table)}_\${columns.join("_")}\`;
  }
  override indexName(table: Table | string, columns: string[]): string {
    return \`ix_\${nameOf(table)}_\${columns.join("_")}\`;
  }
}
`,
    "src/data-source.ts": `import { DataSource } from "typeorm";
import { Post } from "./entities/post";
import { User } from "./entities/user";
import { SnakeNamingStrategy } from "./naming-strategy";
export const dataSource = new DataSource({
  type: "postgres",
  entities: [User, Post],
  namingStrategy: new SnakeNamingStrategy(),
});
`,
  },
});
