import { EntityError } from "./entityError";
import type { TypeormDataSource } from "./typeormTypes";

/**
 * Whether something is a DataSource, of whichever copy and version of TypeORM. TypeORM marks its objects so for the
 * same reason: `instanceof` fails across copies.
 */
function isDataSource(value: unknown): value is TypeormDataSource {
  return (
    typeof value === "object" &&
    value !== null &&
    Reflect.get(value, "@instanceof") === Symbol.for("DataSource")
  );
}

/**
 * The DataSource among a module's exports. Promises are awaited; where no export is one, functions without parameters
 * that look like factories are called.
 * @param exportName the one to take where there are several
 * @throws {EntityError} `no-data-source`, `several-data-sources` or `data-source-not-loaded`
 */
export async function findDataSource(
  moduleExports: unknown,
  file: string,
  exportName: string | undefined,
): Promise<TypeormDataSource> {
  try {
    return await findAmongExports(moduleExports, file, exportName);
  } catch (error) {
    if (error instanceof EntityError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new EntityError("data-source-not-loaded", `What ${file} exports gave no DataSource: ${reason}`, {
      file,
      cause: error,
      hint: "A promise that it exports was rejected, or a function that makes the DataSource failed.",
    });
  }
}

async function findAmongExports(
  moduleExports: unknown,
  file: string,
  exportName: string | undefined,
): Promise<TypeormDataSource> {
  const exported = exportsOf(moduleExports);
  if (exportName !== undefined) {
    return namedDataSource(exported, file, exportName);
  }
  const found = distinct(await settled(exported));
  const made = found.size > 0 ? found : distinct(await settled(callFactories(exported)));
  const [first, ...others] = [...made.values()];
  if (first === undefined) {
    throw new EntityError("no-data-source", `${file} exports no DataSource.`, {
      file,
      hint: "Export one: `export const dataSource = new DataSource({ … })`, or a promise of one, or a function that returns one.",
    });
  }
  if (others.length > 0) {
    const names = [...made.keys()].map((name) => name);
    throw new EntityError(
      "several-data-sources",
      `${file} exports several DataSources: ${names.join(", ")}.`,
      { file, hint: `Choose one in the configuration: dataSource: "…#${names[0] ?? ""}".` },
    );
  }
  return first;
}

async function namedDataSource(
  exported: ReadonlyMap<string, unknown>,
  file: string,
  name: string,
): Promise<TypeormDataSource> {
  const value: unknown = await exported.get(name);
  const made: unknown = typeof value === "function" && !isClass(value) ? await callFactory(value) : value;
  if (isDataSource(made)) {
    return made;
  }
  const known = [...exported.keys()].join(", ");
  throw new EntityError("no-data-source", `${file} exports no DataSource with the name '${name}'.`, {
    file,
    hint: known === "" ? "The file exports nothing." : `It exports: ${known}.`,
  });
}

/** CommonJS that was compiled from ESM, and loaded by ESM, has its exports below `default` once more. */
function exportsOf(moduleExports: unknown): ReadonlyMap<string, unknown> {
  if (isDataSource(moduleExports) || typeof moduleExports === "function") {
    return new Map([["default", moduleExports]]);
  }
  if (typeof moduleExports !== "object" || moduleExports === null) {
    return new Map();
  }
  const nested: unknown = Reflect.get(moduleExports, "default");
  const isWrapped =
    typeof nested === "object" && nested !== null && Reflect.get(nested, "__esModule") === true;
  return new Map(
    Object.entries(isWrapped ? (nested as Record<string, unknown>) : moduleExports).filter(
      ([name]) => name !== "__esModule" && name !== "module.exports",
    ),
  );
}

async function settled(exported: ReadonlyMap<string, unknown>): Promise<ReadonlyMap<string, unknown>> {
  const entries: [string, unknown][] = [];
  for (const [name, value] of exported) {
    entries.push([name, await value]);
  }
  return new Map(entries);
}

/** One DataSource may be exported by its name and as the default; the name is the better one to call it by. */
function distinct(exported: ReadonlyMap<string, unknown>): ReadonlyMap<string, TypeormDataSource> {
  const named = new Map<string, TypeormDataSource>();
  const seen = new Set<unknown>();
  const last = [...exported].sort(
    ([left], [right]) => Number(left === "default") - Number(right === "default"),
  );
  for (const [name, value] of last) {
    if (isDataSource(value) && !seen.has(value)) {
      seen.add(value);
      named.set(name, value);
    }
  }
  return named;
}

/** Any other function may do anything, so only what looks like a factory is called. */
function callFactories(exported: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const factories = [...exported].filter(
    ([name, value]) =>
      typeof value === "function" &&
      value.length === 0 &&
      !isClass(value) &&
      /^default$|data_?source|connection/i.test(name),
  );
  return new Map(factories.map(([name, value]) => [name, callFactory(value)]));
}

function callFactory(value: unknown): unknown {
  return typeof value === "function" ? (value.call(undefined) as unknown) : undefined;
}

function isClass(value: unknown): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}
