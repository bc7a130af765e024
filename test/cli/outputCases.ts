import assert from "node:assert/strict";
import { outputTable } from "../../src/outputs/outputTable";
import { runInProcess } from "../support/inProcess";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";

/** A command line, the output of the table that it prints, and its exit status. */
export interface OutputCase {
  readonly args: string;
  readonly prints: keyof typeof outputTable;
  readonly exitCode?: number;
  /** Of the project that it is run in: that of revisions if left out. */
  readonly project?: "chain" | "entities" | "python" | "typeorm";
}

/** In an order in which each finds what it needs; quick ones that need no scratch database. */
export const quickCases: readonly OutputCase[] = [
  { args: "init other --agents --json", prints: "init" },
  { args: "init another --agents --json", prints: "init" },
  { args: "list_templates --json", prints: "list_templates" },
  { args: "ensure_version --sql --json", prints: "ensure_version" },
  { args: "ensure_version --json", prints: "ensure_version" },
  { args: "ensure_version --json", prints: "ensure_version" },
  { args: "upgrade a --plan --json", prints: "upgrade" },
  { args: "upgrade base:a --sql --json", prints: "upgrade" },
  { args: "upgrade a --json", prints: "upgrade" },
  { args: "downgrade base --plan --json", prints: "downgrade" },
  { args: "downgrade a:base --sql --json", prints: "downgrade" },
  { args: "downgrade base --json", prints: "downgrade" },
  { args: "stamp a --plan --json", prints: "stamp" },
  { args: "stamp a --sql --json", prints: "stamp" },
  { args: "stamp a --json", prints: "stamp" },
  { args: "stamp --purge base --json", prints: "stamp" },
  { args: "upgrade heads --json --environment all", prints: "upgrade", exitCode: 255 },
  { args: "current --json", prints: "current" },
  { args: "status --json", prints: "status" },
  { args: "history --json -i", prints: "history" },
  { args: "heads --json", prints: "heads" },
  { args: "branches --json", prints: "branches" },
  { args: "show heads --json", prints: "show" },
  { args: "edit a --json", prints: "edit" },
  { args: "lint --all --json", prints: "lint", exitCode: 255 },
  { args: "lint c --format json", prints: "lint" },
  { args: "rebase c --onto b --offline --dry-run --json", prints: "rebase" },
  { args: "revision -m empty --head b --json", prints: "revision" },
  { args: "revision -m shown --head c --dry-run --json", prints: "revision" },
  { args: "merge heads -m both --json", prints: "merge" },
  { args: "merge --auto --json", prints: "merge" },
  { args: "squash --prune --dry-run --json", prints: "squash --prune" },
];

/** Those that a scratch database, entities or another kind of project make slow. */
export const slowCases: readonly OutputCase[] = [
  { args: "branches --check --json", prints: "branches --check", exitCode: 255 },
  { args: "merge --check --json", prints: "merge --check", exitCode: 255 },
  { args: "test --json", prints: "test", exitCode: 255 },
  { args: "verify --json", prints: "verify", exitCode: 255 },
  { args: "lint --all --measure --json", prints: "lint", exitCode: 255 },
  { args: "squash a:b --accept-data-steps --dry-run --json", prints: "squash", project: "chain" },
  { args: "squash a:b --accept-data-steps --json", prints: "squash", project: "chain" },
  { args: "squash --prune --json", prints: "squash --prune", project: "chain" },
  { args: "upgrade b --json", prints: "upgrade" },
  { args: "drift --json", prints: "drift" },
  { args: "drift --to a --json", prints: "drift", exitCode: 255 },
  { args: "drift --environment all --json", prints: "drift", exitCode: 255 },
  { args: "check --url embedded: --json", prints: "check", exitCode: 255, project: "entities" },
  { args: "check --offline --json", prints: "check", exitCode: 255, project: "entities" },
  { args: "revision --autogenerate --offline -m all --json", prints: "revision", project: "entities" },
  { args: "adopt typeorm --url embedded: --dry-run --json", prints: "adopt", project: "typeorm" },
  { args: "adopt typeorm --no-stamp --json", prints: "adopt", project: "typeorm" },
  { args: "adopt typeorm --url embedded: --json", prints: "adopt", project: "typeorm" },
  { args: "convert --dry-run --json", prints: "convert", project: "python" },
  { args: "convert --json", prints: "convert", project: "python" },
];

const file = (name: string): string => `migrations/versions/${name}.ts`;
const execute = (sql: string): string => `  await op.execute(${JSON.stringify(sql)});`;

const a = revisionText({
  id: "a",
  upgrade: execute("CREATE TABLE t (id integer); INSERT INTO t VALUES (1)"),
  downgrade: execute("DROP TABLE t"),
});
const b = revisionText({
  id: "b",
  down: "a",
  labels: ["right"],
  upgrade: execute("CREATE TABLE u (id integer); CREATE INDEX i ON t (id)"),
  downgrade: execute("DROP INDEX i; DROP TABLE u"),
});

/** Two revisions, one after the other. */
export function createChainProject(): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.ts": `export default { scriptLocation: "migrations", url: "embedded:" };\n`,
    [file("a")]: a,
    [file("b")]: b,
  });
}

/** A branch, of which `c` can't run together with `b`, and one environment that can't be reached. */
export function createOutputProject(url: string): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.ts": `export default { scriptLocation: "migrations", url: "${url}", environments: { here: { url: "${url}" }, gone: { url: "postgres://nobody@127.0.0.1:1/gone" } } };\n`,
    [file("a")]: a,
    [file("b")]: b,
    [file("c")]: revisionText({
      id: "c",
      down: "a",
      upgrade: execute("CREATE TABLE u (name text)"),
      downgrade: execute("DROP TABLE IF EXISTS u; DROP TABLE t"),
    }),
  });
}

/** Holds that a command prints what its schema describes, and no key more. */
export async function checkOutput(
  { args, prints, exitCode = 0 }: OutputCase,
  { path }: ProjectFolder,
): Promise<void> {
  const result = await runInProcess({ path, variables: { EDITOR: "true" } }, args.split(" "));
  assert.equal(result.exitCode, exitCode, result.stdout + result.stderr);
  const printed: unknown = JSON.parse(result.stdout);
  // A key that the schema does not have would be left out.
  assert.deepEqual(outputTable[prints].parse(printed), printed);
}
