import { existsSync } from "node:fs";
import { extname, relative } from "node:path";
import { EntityError } from "./entityError";
import { ensureDriver } from "./ensureDriver";
import { findDataSource } from "./findDataSource";
import { nestProposal } from "./nestProject";
import { notSupported } from "./typeormSupport";
import type { TypeormDataSource } from "./typeormTypes";

export interface DataSourceRequest {
  /** As the configuration names it, absolute: a file, or `file#export` where the file exports several. */
  readonly reference: string | undefined;
  /** The config's folder. */
  readonly directory: string;
  readonly configPath: string;
  /** Loads the user's TypeScript; what it throws names the file and the place. */
  readonly loadModule: (path: string) => Promise<unknown>;
  readonly quickly: Quickly;
}

/** Runs something that loads files and is run again where it fails, whose errors need not tell places. */
export type Quickly = <Result>(load: () => Promise<Result>) => Promise<Result>;

/** A project's DataSource, as its file makes it; nothing is connected. */
export interface LoadedDataSource {
  readonly dataSource: TypeormDataSource;
  readonly file: string;
  readonly quickly: Quickly;
}

const usualPlaces = [
  "src/data-source.ts",
  "data-source.ts",
  "src/database/data-source.ts",
  "src/db/data-source.ts",
  "src/config/data-source.ts",
  "database/data-source.ts",
  "src/datasource.ts",
  "src/typeorm.config.ts",
  "typeorm.config.ts",
  "ormconfig.ts",
];

/**
 * Loads the DataSource that the configuration names. No connection is opened.
 * @throws {EntityError} where none is named, the file is missing, or it exports none or several
 * @throws LoadError where the file or one that it imports does not compile or fails
 */
export async function loadDataSource(request: DataSourceRequest): Promise<LoadedDataSource> {
  if (request.reference === undefined) {
    throw notConfigured(request);
  }
  const { file, exportName } = splitReference(request.reference);
  if (!existsSync(file)) {
    throw new EntityError(
      "data-source-file-missing",
      `There is no file ${file}, which should export the DataSource.`,
      {
        file,
        hint: `Correct dataSource in ${request.configPath}${alternatives(request.directory)}.`,
      },
    );
  }
  const dataSource = await findDataSource(await request.loadModule(file), file, exportName);
  if (dataSource.options.type !== "postgres") {
    throw new EntityError(
      "data-source-not-postgres",
      `The DataSource of ${file} is for ${dataSource.options.type}, and revisions are generated for PostgreSQL only.`,
      { file, hint: 'Name a DataSource with type: "postgres".' },
    );
  }
  await requireDriver(dataSource, file);
  return { dataSource, file, quickly: request.quickly };
}

/**
 * Makes sure that a DataSource has a driver, which that of a fork may lack before it connects.
 * @throws {EntityError} `typeorm-not-supported`
 */
async function requireDriver(dataSource: TypeormDataSource, file: string): Promise<void> {
  let isMade: boolean;
  try {
    isMade = await ensureDriver(dataSource);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw notSupported(dataSource, file, `makes no driver before it connects: ${reason}`, error);
  }
  if (!isMade) {
    throw notSupported(dataSource, file, "makes no driver");
  }
}

/** A `#` may be part of a path; it counts only where no such file exists. */
function splitReference(reference: string): {
  readonly file: string;
  readonly exportName: string | undefined;
} {
  const hash = reference.lastIndexOf("#");
  if (hash < 0 || existsSync(reference)) {
    return { file: reference, exportName: undefined };
  }
  return { file: reference.slice(0, hash), exportName: reference.slice(hash + 1) };
}

function notConfigured({ directory, configPath }: DataSourceRequest): EntityError {
  const message = `${configPath} names no DataSource, so the entities are not known.`;
  const [found] = existingPlaces(directory);
  const proposal = found === undefined ? nestProposal(directory) : undefined;
  if (proposal === undefined) {
    return new EntityError("data-source-not-configured", message, {
      file: configPath,
      hint: `Add the file that exports it to the configuration: ${settingOf(configPath, found ?? "src/data-source.ts")}.`,
    });
  }
  const path = relative(directory, proposal.path).replaceAll("\\", "/");
  return new EntityError(
    "data-source-not-configured",
    `${message} This NestJS project makes its DataSource in a module, which can't be read without starting the application.`,
    {
      file: configPath,
      proposal,
      hint: `Create ${path} with the same options and add ${settingOf(configPath, path)} to the configuration.`,
    },
  );
}

/** As it is written in the kind of file that the configuration is. */
function settingOf(configPath: string, path: string): string {
  switch (extname(configPath)) {
    case ".ini":
    case ".cfg":
      return `data_source = ${path}`;
    case ".toml":
      return `data_source = "${path}"`;
    case ".json":
      return `"dataSource": "${path}"`;
    default:
      return `dataSource: "${path}"`;
  }
}

function existingPlaces(directory: string): readonly string[] {
  return usualPlaces.filter((place) => existsSync(`${directory}/${place}`));
}

function alternatives(directory: string): string {
  const found = existingPlaces(directory);
  return found.length === 0 ? "" : `; there is ${found.join(", ")}`;
}
