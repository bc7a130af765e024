import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { EntityError } from "./entityError";
import type { Quickly } from "./loadDataSource";

/** Between files, what else goes on (queries, say) gets its turn. */
const filesAtOnce = 10;

/**
 * The classes and entity schemas that files export, as TypeORM finds them (`importClassesFromDirectories`): every
 * function, and what is in exported lists and objects. Files are compiled by the hooks of whoever runs this.
 * @param files absolute
 */
export async function loadEntityFiles(
  files: readonly string[],
  quickly: Quickly,
): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const [index, file] of files.entries()) {
    collect(await loadEntityFile(file, quickly), { file, found, within: [] });
    if (index % filesAtOnce === filesAtOnce - 1) {
      await new Promise((resume) => setImmediate(resume));
    }
  }
  return [...new Set(found)];
}

async function loadEntityFile(file: string, quickly: Quickly): Promise<unknown> {
  try {
    return await quickly(() => loadFile(file));
  } catch {
    return loadAgain(file);
  }
}

async function loadAgain(file: string): Promise<unknown> {
  try {
    return await loadFile(file);
  } catch (error) {
    // What the hooks throw names the file and the place already.
    if (!(error instanceof Error) || error.name === "LoadError") {
      throw error;
    }
    throw new EntityError("entities-invalid", `The entities of ${file} can't be loaded: ${error.message}`, {
      file,
      cause: error,
    });
  }
}

/** Where the values of a file go, and the objects that the one at hand is in. */
interface Collection {
  readonly file: string;
  readonly found: unknown[];
  readonly within: readonly unknown[];
}

function collect(exported: unknown, collection: Collection): void {
  if (typeof exported === "function" || isEntitySchema(exported)) {
    collection.found.push(exported);
  } else if (typeof exported === "object" && exported !== null) {
    const { file, within } = collection;
    if (within.includes(exported)) {
      throw selfReference(file);
    }
    const inside = { ...collection, within: [...within, exported] };
    const values: readonly unknown[] = Array.isArray(exported) ? exported : Object.values(exported);
    values.forEach((value) => collect(value, inside));
  }
}

/** TypeORM follows such an object until the stack overflows. A DataSource is one: its driver refers to it. */
function selfReference(file: string): EntityError {
  return new EntityError(
    "entities-invalid",
    `A glob of the DataSource's entities matches ${file}, which exports an object that refers to itself, such as a DataSource.`,
    {
      file,
      hint: "Write a glob that matches only files of entities, such as src/entities/*.ts or src/**/*.entity.ts.",
    },
  );
}

function isEntitySchema(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Reflect.get(value, "@instanceof") === Symbol.for("EntitySchema")
  );
}

async function loadFile(file: string): Promise<unknown> {
  return isModule(file)
    ? ((await import(pathToFileURL(file).href)) as unknown)
    : (requireFrom(file)(file) as unknown);
}

const requireByExtension = new Map<string, NodeJS.Require>();

/** What an absolute path means depends on nothing but the kind of file that asks for it. */
function requireFrom(file: string): NodeJS.Require {
  const extension = extname(file);
  const known = requireByExtension.get(extension) ?? createRequire(file);
  requireByExtension.set(extension, known);
  return known;
}

const typeOfFolder = new Map<string, string | undefined>();

function isModule(file: string): boolean {
  const extension = extname(file);
  if (extension.startsWith(".m")) {
    return true;
  }
  return !extension.startsWith(".c") && packageType(dirname(file)) === "module";
}

/** The `type` of the nearest package.json. */
function packageType(folder: string): string | undefined {
  if (typeOfFolder.has(folder)) {
    return typeOfFolder.get(folder);
  }
  const file = join(folder, "package.json");
  const parent = dirname(folder);
  const type = existsSync(file) ? readType(file) : parent === folder ? undefined : packageType(parent);
  typeOfFolder.set(folder, type);
  return type;
}

function readType(file: string): string | undefined {
  try {
    const type: unknown = Reflect.get(JSON.parse(readFileSync(file, "utf8")) as object, "type");
    return typeof type === "string" ? type : undefined;
  } catch {
    return undefined;
  }
}
