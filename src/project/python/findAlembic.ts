import * as nodePath from "node:path";

/** What the person and the editor know of a project's Python. */
export interface AlembicChoice {
  /** An interpreter, a virtual environment or an `alembic` program that the user named: nothing else counts then. */
  readonly interpreter?: string;
  /** The interpreter that the editor's Python extension uses for the project. */
  readonly selected?: string;
  /** The workspace's folder: above it, no virtual environment is looked for. */
  readonly root: string;
}

/** The machine as the search sees it. */
export interface PythonMachine {
  readonly platform: NodeJS.Platform;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly isFile: (path: string) => boolean;
  /** A file's text; undefined where there is none. */
  readonly readText: (path: string) => string | undefined;
  /** What a program prints; undefined where it cannot be started, or fails. */
  readonly ask: (program: string, args: readonly string[], folder: string) => Promise<string | undefined>;
}

export type FoundAlembic =
  /** `path` and `args` start Alembic; its own arguments follow. */
  | { readonly kind: "found"; readonly path: string; readonly args: readonly string[] }
  /** What was looked at, and has no Alembic. */
  | { readonly kind: "missing"; readonly looked: readonly string[] };

interface Search extends PythonMachine {
  readonly paths: nodePath.PlatformPath;
  readonly looked: string[];
}

/** Starts Alembic as its own program does: without the working folder, which may have a package `alembic`, in the path. */
export const launcher =
  'import sys; sys.path[:] = [p for p in sys.path if p]; sys.argv[0] = "alembic"; from alembic.config import main; main(prog="alembic")';
const probe = "import sys; sys.path[:] = [p for p in sys.path if p]; import alembic.config";

/** Programs that make virtual environments elsewhere: what shows that a project uses one, and how it is asked. */
const tools = [
  { name: "uv", files: ["uv.lock"], table: "[tool.uv", args: ["python", "find", "--no-python-downloads"] },
  { name: "poetry", files: ["poetry.lock"], table: "[tool.poetry", args: ["env", "info", "--executable"] },
  { name: "pdm", files: ["pdm.lock", ".pdm-python"], table: "[tool.pdm", args: ["info", "--python"] },
  { name: "pipenv", files: ["Pipfile"], table: undefined, args: ["--py"] },
] as const;

const environmentFolders = [".venv", "venv", "env", ".env"] as const;

/**
 * Finds the `alembic` that a project uses: what the user named; else of the Python extension's interpreter, a virtual
 * environment in the folder or above, that of uv, poetry, pdm or pipenv, and the PATH, the first that has Alembic.
 *
 * @param directory the folder of the project's configuration
 */
export async function findAlembic(
  directory: string,
  choice: AlembicChoice,
  machine: PythonMachine,
): Promise<FoundAlembic> {
  const paths = machine.platform === "win32" ? nodePath.win32 : nodePath.posix;
  const search: Search = { ...machine, paths, looked: [] };
  if (choice.interpreter !== undefined) {
    const named = paths.resolve(choice.root, choice.interpreter);
    return (await alembicAt(search, named)) ?? missing(search, named);
  }
  const folders = foldersBetween(search, directory, choice.root);
  const places: (() => Promise<FoundAlembic | undefined>)[] = [
    () => (choice.selected === undefined ? none : alembicOf(search, choice.selected)),
    () => firstOf(folders, (folder) => alembicInFolder(search, folder)),
    () => firstOf(folders, (folder) => alembicOfTools(search, folder)),
    () => alembicOnPath(search, directory),
  ];
  return (await firstOf(places, (place) => place())) ?? missing(search);
}

const none: Promise<undefined> = Promise.resolve(undefined);

function missing({ looked }: Search, named?: string): FoundAlembic {
  return {
    kind: "missing",
    looked: looked.length === 0 && named !== undefined ? [named] : [...new Set(looked)],
  };
}

async function firstOf<Item, Result>(
  items: readonly Item[],
  look: (item: Item) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  for (const item of items) {
    const result = await look(item);
    if (result !== undefined) {
      return result;
    }
  }
  return undefined;
}

/** The folder and those above it, up to the root; where it is outside of the root, itself alone. */
function foldersBetween({ paths }: Search, directory: string, root: string): readonly string[] {
  const steps = paths.relative(root, directory).split(paths.sep);
  if (steps[0] === ".." || paths.isAbsolute(paths.relative(root, directory))) {
    return [directory];
  }
  return steps[0] === ""
    ? [directory]
    : [...steps.map((_step, index) => paths.join(root, ...steps.slice(0, steps.length - index))), root];
}

/** Alembic at a path that the user named: an interpreter, a virtual environment, or the program itself. */
async function alembicAt(search: Search, path: string): Promise<FoundAlembic | undefined> {
  if (search.isFile(path)) {
    return /^alembic(?:\.exe)?$/i.test(search.paths.basename(path))
      ? { kind: "found", path, args: [] }
      : alembicOf(search, path);
  }
  return alembicInEnvironment(search, path);
}

/** Alembic of an interpreter: the program beside it, or the module where it can be imported. */
async function alembicOf(search: Search, interpreter: string): Promise<FoundAlembic | undefined> {
  const { paths, platform } = search;
  const beside = paths.join(paths.dirname(interpreter), programName("alembic", platform));
  if (search.isFile(beside)) {
    return { kind: "found", path: beside, args: [] };
  }
  if (
    search.isFile(interpreter) &&
    (await search.ask(interpreter, ["-c", probe], paths.dirname(interpreter))) !== undefined
  ) {
    return { kind: "found", path: interpreter, args: ["-c", launcher] };
  }
  search.looked.push(interpreter);
  return undefined;
}

async function alembicInFolder(search: Search, folder: string): Promise<FoundAlembic | undefined> {
  return firstOf(environmentFolders, (name) => alembicInEnvironment(search, search.paths.join(folder, name)));
}

function alembicInEnvironment(search: Search, environment: string): Promise<FoundAlembic | undefined> {
  const { paths, platform } = search;
  const programs =
    platform === "win32"
      ? [paths.join(environment, "Scripts"), environment]
      : [paths.join(environment, "bin")];
  const interpreter = programs
    .flatMap((folder) => [
      paths.join(folder, programName("python", platform)),
      paths.join(folder, programName("alembic", platform)),
    ])
    .find((path) => search.isFile(path));
  return interpreter === undefined ? none : alembicOf(search, interpreter);
}

async function alembicOfTools(search: Search, folder: string): Promise<FoundAlembic | undefined> {
  const project = search.readText(search.paths.join(folder, "pyproject.toml")) ?? "";
  return firstOf(tools, async ({ name, files, table, args }) => {
    const isUsed =
      files.some((file) => search.isFile(search.paths.join(folder, file))) ||
      (table !== undefined && project.split(/\r?\n/).some((line) => line.startsWith(table)));
    const program = isUsed ? onPath(search, name) : undefined;
    const answer = program === undefined ? undefined : await search.ask(program, args, folder);
    const interpreter = answer?.trim().split(/\r?\n/).at(-1) ?? "";
    return search.paths.isAbsolute(interpreter) ? alembicOf(search, interpreter) : undefined;
  });
}

async function alembicOnPath(search: Search, directory: string): Promise<FoundAlembic | undefined> {
  const program = onPath(search, "alembic");
  if (program !== undefined) {
    return { kind: "found", path: program, args: [] };
  }
  return firstOf(["python3", "python"], async (name) => {
    const interpreter = onPath(search, name);
    if (interpreter === undefined) {
      return undefined;
    }
    const asked = await search.ask(interpreter, ["-c", probe], directory);
    if (asked !== undefined) {
      return { kind: "found", path: interpreter, args: ["-c", launcher] } as const;
    }
    search.looked.push(interpreter);
    return undefined;
  });
}

/** A program of the PATH; what the working folder has does not count, though Windows would start it. */
function onPath(search: Search, name: string): string | undefined {
  const { paths, platform, variables } = search;
  const variable = Object.keys(variables).find(
    (key) => (platform === "win32" ? key.toUpperCase() : key) === "PATH",
  );
  const folders = (variable === undefined ? "" : (variables[variable] ?? "")).split(paths.delimiter);
  return folders
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => paths.join(folder, programName(name, platform)))
    .find((path) => search.isFile(path));
}

function programName(name: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? `${name}.exe` : name;
}
