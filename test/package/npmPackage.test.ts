import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CommandLineResult, runProgram } from "../support/commandLine";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { packedFile, repository } from "./packed";

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const config = `import { defineConfig, type AlembicConfig } from "alembic-ts";
import type { Migration, MigrationFunction, Operations } from "alembic-ts";

const config: AlembicConfig = defineConfig({ scriptLocation: "migrations", timezone: "UTC" });
export const upgrade: MigrationFunction = async ({ op, sql }: Migration) => {
  const operations: Operations = op;
  await operations.addColumn("users", "seen_at", { type: "timestamptz", default: sql\`now()\` });
};
// @ts-expect-error: there is no such key.
defineConfig({ scriptLocation: "migrations", scriptLocations: [] });
export default config;
`;

const tsconfig = (module: string, moduleResolution: string): string =>
  JSON.stringify({
    compilerOptions: {
      ...{ target: "ES2022", lib: ["ES2023"], strict: true, noEmit: true, skipLibCheck: false },
      ...{ exactOptionalPropertyTypes: true, module, moduleResolution, types: [] },
    },
    include: ["uses.ts", "alembic.config.ts", "migrations"],
  });

/** Puts the files of a packed package where npm would, with links to the dependencies that are installed here. */
async function install(tarball: string, project: ProjectFolder): Promise<Manifest> {
  const modules = join(project.path, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  const unpacked = await runProgram("tar", ["-xzf", tarball], { cwd: modules });
  assert.equal(unpacked.exitCode, 0, unpacked.stderr);
  renameSync(join(modules, "package"), join(modules, "alembic-ts"));
  const manifest = JSON.parse(readFileSync(join(modules, "alembic-ts", "package.json"), "utf8")) as Manifest;
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), join(modules, name), "junction");
  }
  for (const [name, file] of Object.entries(manifest.bin)) {
    symlinkSync(join("..", "alembic-ts", file), join(modules, ".bin", name));
  }
  return manifest;
}

describe("the packed npm package, installed into a project", function () {
  this.timeout(960_000);
  let project: ProjectFolder;
  let manifest: Manifest;
  const npx = async (...words: readonly string[]): Promise<CommandLineResult> => {
    const { npmCommand } = await import("../../scripts/npmCommand.mjs");
    const npx = npmCommand("npx", ["--no", "--offline", "--loglevel=error", "--", ...words]);
    return runProgram(npx.command, npx.args, { cwd: project.path });
  };
  const succeeds = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await npx(...args);
    assert.equal(exitCode, 0, `${args.join(" ")}:\n${stdout}${stderr}`);
    return stdout;
  };

  before(async () => {
    const tarball = await packedFile("tgz");
    project = createProjectFolder({ "package.json": '{ "name": "smoke", "private": true }\n' });
    manifest = await install(tarball, project);
  });

  after(() => project.remove());

  it("holds the licences of what is in its bundles", () => {
    const dist = join(project.path, "node_modules", "alembic-ts", "dist");
    const notices = readFileSync(join(dist, "ThirdPartyNotices.txt"), "utf8");
    assert.match(notices, /^pg \d\S+ \(MIT\)\n\nMIT License\n\nCopyright/m);
  });

  it("says its version and what it can do", async () => {
    assert.equal(await succeeds("alembic-ts", "--version"), `${manifest.version}\n`);
    const help = await succeeds("alembic-ts", "--help");
    assert.match(help, /^Usage: alembic-ts /);
    assert.match(help, /^ {2}upgrade /m);
  });

  it("sets up a project, makes a revision, and upgrades the embedded database to it", async () => {
    await succeeds("alembic-ts", "init", "migrations");
    assert.ok(existsSync(join(project.path, "alembic.config.ts")));
    await succeeds("alembic-ts", "revision", "-m", "x", "--rev-id", "aaa111");
    const files = project.list("migrations/versions").filter((name) => name.endsWith(".ts"));
    assert.deepEqual(
      files.map((name) => name.replace(/^\d{8}_\d{4}-/, "")),
      ["aaa111_x.ts"],
    );
    await succeeds("alembic-ts", "upgrade", "head");
    assert.equal(await succeeds("alembic-ts", "current"), "aaa111 (head)\n");
  });

  it("parses SQL for lint by the grammar that it brings", async () => {
    const revision = `import type { Migration } from "alembic-ts";
      export const revision = "bbb222";
      export const down_revision = "aaa111";
      export async function upgrade({ op }: Migration): Promise<void> {
        await op.execute("CREATE INDEX i ON users (name)");
      }
      export async function downgrade(): Promise<void> {}\n`;
    project.write({ "migrations/versions/bbb222_index.ts": revision });
    const { stdout, stderr } = await npx("alembic-ts", "lint", "--format", "json");
    assert.match(stdout, /"index-not-concurrent"/, stderr);
  });

  for (const [module, resolution] of [
    ["node16", "node16"],
    ["esnext", "bundler"],
    ["commonjs", "node10"],
  ] as const) {
    it(`has types that a project with moduleResolution ${resolution} finds`, async () => {
      const ignore = resolution === "node10" ? ["--ignoreDeprecations", "6.0"] : [];
      project.write({ "uses.ts": config, "tsconfig.json": tsconfig(module, resolution) });
      const compiler = join(project.path, "node_modules", "typescript", "bin", "tsc");
      const { exitCode, stdout } = await runProgram(process.execPath, [compiler, "-p", ".", ...ignore], {
        cwd: project.path,
      });
      assert.equal(exitCode, 0, stdout);
    });
  }

  it("is loaded by import and by require", async () => {
    const print = "console.log(typeof a.defineConfig, typeof a.sql)";
    const required = await runProgram(process.execPath, ["-e", `const a = require("alembic-ts"); ${print}`], {
      cwd: project.path,
    });
    assert.equal(required.stdout, "function function\n", required.stderr);
    const imported = await runProgram(
      process.execPath,
      ["--input-type=module", "-e", `import * as a from "alembic-ts"; ${print}`],
      { cwd: project.path },
    );
    assert.equal(imported.stdout, "function function\n", imported.stderr);
  });
});
