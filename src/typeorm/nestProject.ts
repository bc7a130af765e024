import { readdirSync, readFileSync, type Dirent } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { FileProposal } from "./entityError";

const filesToRead = 2_000;

/**
 * For a NestJS project that makes its DataSource in a module (`TypeOrmModule.forRoot`): a file of its own for it, with
 * what can be known of the entities; undefined for other projects.
 */
export function nestProposal(directory: string): FileProposal | undefined {
  const files = sourceFiles(join(directory, "src"));
  const usesNest = files.some((file) => /TypeOrmModule\.forRoot(?:Async)?\s*\(/.test(readText(file)));
  if (!usesNest) {
    return undefined;
  }
  const path = join(directory, "src", "data-source.ts");
  const hasConvention = files.some((file) => file.endsWith(".entity.ts"));
  return { path, text: hasConvention ? withGlob(isModulePackage(directory)) : withImports(files, path) };
}

function withGlob(isModule: boolean): string {
  const folder = isModule ? "import.meta.dirname" : "__dirname";
  return proposalText(
    "",
    `[join(${folder}, "**", "*.entity.{ts,js}")]`,
    'import { join } from "node:path";\n',
  );
}

function isModulePackage(directory: string): boolean {
  return /"type"\s*:\s*"module"/.test(readText(join(directory, "package.json")));
}

/** The classes behind a decorator of an entity, as far as a file's text tells. */
function entityClasses(text: string): readonly string[] {
  const names: string[] = [];
  let isDecorated = false;
  for (const [, name] of text.matchAll(/@(?:Entity|ViewEntity|ChildEntity)\s*\(|\bexport\s+class\s+(\w+)/g)) {
    if (name !== undefined && isDecorated) {
      names.push(name);
    }
    isDecorated = name === undefined;
  }
  return names;
}

function withImports(files: readonly string[], path: string): string {
  const imports: string[] = [];
  const names: string[] = [];
  for (const file of files) {
    for (const name of entityClasses(readText(file))) {
      if (!names.includes(name)) {
        const from = relative(dirname(path), file).replaceAll("\\", "/").replace(/\.ts$/, "");
        imports.push(`import { ${name} } from "./${from}";\n`);
        names.push(name);
      }
    }
  }
  return proposalText(imports.join(""), `[${names.join(", ")}]`, "");
}

function proposalText(imports: string, entities: string, nodeImports: string): string {
  return `${nodeImports}import "reflect-metadata";
import { DataSource } from "typeorm";
${imports}
/** The DataSource for migrations; keep its options like those of TypeOrmModule.forRoot. */
export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: ${entities},
  synchronize: false,
});
`;
}

function sourceFiles(directory: string): readonly string[] {
  const files: string[] = [];
  const folders = [directory];
  for (
    let folder = folders.pop();
    folder !== undefined && files.length < filesToRead;
    folder = folders.pop()
  ) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) {
        folders.push(path);
      } else if (entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts")) {
        files.push(path);
      }
    }
  }
  return files.sort();
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
