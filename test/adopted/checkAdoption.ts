import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { withSortedColumns, withoutVersionTable } from "../support/dumps";
import { runProgram } from "../support/commandLine";
import { startEngine } from "../support/engineRuns";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { queryRows, queryValues, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import type { TypeormPackage } from "../support/typeormMigrationProject";

/** An application in small: how it writes its migrations, and how its entities. */
export interface AdoptedKind {
  readonly title: string;
  /** By path; `@typeorm@` stands for the package. */
  readonly files: Readonly<Record<string, string>>;
  /** The file, and the export where there are several. */
  readonly dataSource: string;
  readonly transaction?: "all" | "each" | "none";
  /** Of the last migration. */
  readonly head: string;
  /** Asked on both databases. */
  readonly rows: string;
  readonly setup?: string;
  /** TypeORM's own table. */
  readonly table?: string;
  /** What `test` says at its end. */
  readonly tested: RegExp;
  /** What autogenerate finds beside the migrations, as TypeORM's schema log does. */
  readonly operations?: readonly string[];
  /** What TypeORM's schema log would do to what is left alone; absent: as little as after its own `synchronize()`. */
  readonly log?: readonly string[];
  /** Where the configuration is, from the root. */
  readonly folder?: string;
  /** Workspace packages: links in `node_modules`, and the folders that they lead to. */
  readonly links?: Readonly<Record<string, string>>;
  /** `test` refuses the chain, as `tested` says. */
  readonly isTestRefused?: boolean;
}

const installedModules = join(__dirname, "../../node_modules");
const compiler = join(installedModules, "typescript/bin/tsc");

/** Runs the migrations with TypeORM itself, as they are built, or prints what its schema log would do. */
function driverOf({ dataSource, transaction = "all" }: AdoptedKind): string {
  const [file = "", name = "default"] = dataSource.split("#");
  return `const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  resolve(name.startsWith("@app/") ? name.replace("@app", __dirname + "/built/src") : name, ...rest);
void (async () => {
  const exported = require("./built/${file.replace(/ts$/, "js")}");
  const given = exported["${name}"] ?? Object.values(exported)[0];
  const dataSource = await (typeof given === "function" ? given() : given);
  await dataSource.initialize();
  if (process.argv[2] === "log") {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    console.log(JSON.stringify(upQueries.map(({ query }) => query)));
  } else if (process.argv[2] === "synchronize") {
    await dataSource.synchronize();
  } else {
    await dataSource.runMigrations({ transaction: "${transaction}" });
  }
  await dataSource.destroy();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
`;
}

/** The project's own packages, written or linked, beside those that this repository has installed. */
function linkPackages(project: ProjectFolder, links: Readonly<Record<string, string>>): void {
  const modules = join(project.path, "node_modules");
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(project.path, target), join(modules, name), "junction");
  }
  if (!existsSync(modules)) {
    project.linkModules();
    return;
  }
  for (const name of readdirSync(installedModules)) {
    if (!existsSync(join(modules, name))) {
      symlinkSync(join(installedModules, name), join(modules, name), "junction");
    }
  }
}

/**
 * Adopted migrations from an empty database are what `runMigrations()` makes, and are stamped where they ran; `test` goes
 * through the chain; autogenerate on top of it leaves itself nothing to do, and makes of one database what TypeORM's schema
 * log makes of the other.
 */
export async function checkAdoption(kind: AdoptedKind, typeorm: TypeormPackage): Promise<void> {
  const server = await sharedPostgres();
  const { folder = "." } = kind;
  const project = createProjectFolder(
    Object.fromEntries(
      Object.entries({
        "package.json": '{ "name": "kind" }\n',
        "tsconfig.json": `{ "compilerOptions": { "target": "ES2022", "module": "commonjs", "strict": true, "experimentalDecorators": true, "emitDecoratorMetadata": true, "skipLibCheck": true, "types": ["node"] }, "include": ["src"] }\n`,
        [posix.join(folder, "alembic.config.ts")]:
          `export default { scriptLocation: "database", dataSource: "${posix.relative(folder, kind.dataSource)}" };\n`,
        [posix.join(folder, "database/versions/.gitkeep")]: "",
        "typeorm.cjs": driverOf(kind),
        ...kind.files,
      }).map(([name, text]) => [name, text.replaceAll("@typeorm@", typeorm)]),
    ),
  );
  const newDatabase = async (): Promise<string> => {
    const url = await server.createDatabase();
    if (kind.setup !== undefined) {
      await queryRows(url, kind.setup);
    }
    return url;
  };
  const runAnyhow = (url: string, ...args: readonly string[]): ReturnType<ProjectFolder["run"]> =>
    project.run(args, {
      cwd: join(project.path, folder),
      env: { DATABASE_URL: url },
      timeoutMilliseconds: 120_000,
    });
  const run = async (url: string, ...args: readonly string[]): Promise<string> => {
    const result = await runAnyhow(url, ...args);
    assert.equal(result.exitCode, 0, `${args.join(" ")}: ${result.stdout}${result.stderr}`);
    return result.stdout;
  };
  const runTypeorm = async (url: string, ...args: readonly string[]): Promise<string> => {
    const options = { cwd: project.path, env: { DATABASE_URL: url } };
    const result = await runProgram(process.execPath, ["typeorm.cjs", ...args], options);
    assert.equal(result.exitCode, 0, result.stderr);
    return result.stdout;
  };
  // As in the editor, whose engine builds the entities again and again.
  const checkInOneProcess = async (urls: readonly string[]): Promise<void> => {
    const engine = startEngine(join(project.path, folder, "alembic.config.ts"));
    try {
      for (const each of urls) {
        const { operations } = await engine.run("check", {}, each);
        assert.deepEqual(operations, kind.operations ?? []);
      }
    } finally {
      await engine.end();
    }
  };
  try {
    linkPackages(project, kind.links ?? {});
    const build = [compiler, "-p", ".", "--outDir", "built", "--rootDir", ".", "--noEmitOnError", "false"];
    const built = await runProgram(process.execPath, build, { cwd: project.path });
    assert.match(built.stdout, /^(?:.*error TS5\d+.*\s*)*$/, built.stdout);
    const [url, reference] = [await newDatabase(), await newDatabase()];
    await runTypeorm(reference);
    await run(reference, "adopt", "typeorm");
    assert.deepEqual(await versionRows(reference), [kind.head]);
    await run(url, "upgrade", "head");
    assert.deepEqual(await versionRows(url), [kind.head]);
    const dump = async (of: string): Promise<string> => withoutVersionTable(await server.dumpSchema(of));
    assert.equal(await dump(url), await dump(reference));
    assert.deepEqual(await queryRows(url, kind.rows), await queryRows(reference, kind.rows));
    // Of one timestamp, TypeORM 0.3 runs files in the order in which the disk gives them.
    const ran = `SELECT name FROM ${kind.table ?? "migrations"} ORDER BY timestamp, name`;
    assert.deepEqual(await queryValues(url, ran), await queryValues(reference, ran));
    const tested = await runAnyhow(url, "test");
    assert.match(tested.stdout, kind.tested, tested.stderr);
    assert.equal(tested.exitCode, kind.isTestRefused === true ? 255 : 0);

    await checkInOneProcess([url, reference, url]);
    if ((kind.operations ?? []).length > 0) {
      await run(url, "revision", "--autogenerate", "-m", "rest");
      await run(url, "upgrade", "head");
    }
    assert.equal(await run(url, "check"), "No new upgrade operations detected.\n");
    const log = JSON.parse(await runTypeorm(url, "log")) as unknown;
    if (kind.log !== undefined) {
      assert.deepEqual(log, kind.log);
      return;
    }
    await runTypeorm(reference, "synchronize");
    assert.deepEqual(log, JSON.parse(await runTypeorm(reference, "log")));
    assert.equal(withSortedColumns(await dump(url)), withSortedColumns(await dump(reference)));
  } finally {
    project.remove();
  }
}
