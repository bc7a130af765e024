import assert from "node:assert/strict";
import type { CommandLineResult } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

/** The columns of a table that most of these projects make. */
export const users = `  await op.createTable("users", { columns: { id: { type: "integer", primaryKey: true }, name: { type: "text" } } });`;

/** A revision's file. */
export function step(id: string, down: string | null, upgrade: string): Readonly<Record<string, string>> {
  return { [`migrations/versions/${id}.ts`]: revisionText({ id, down, upgrade }) };
}

/** What `drift --json` prints. */
export interface DriftReport {
  readonly expected: unknown;
  readonly actual: unknown;
  readonly differences: readonly { readonly kind: string; readonly name: string; readonly change: string }[];
  readonly unseen: readonly string[];
  readonly questions: readonly unknown[];
  readonly fix: { readonly sql: string; readonly operations: string };
}

/** Runs the command line on a database. */
export function run(
  folder: ProjectFolder,
  url: string,
  ...args: readonly string[]
): Promise<CommandLineResult> {
  return folder.run(args, { env: { DATABASE_URL: url } });
}

/** A new database of the shared server that has been upgraded. */
export async function upgraded(folder: ProjectFolder, target = "head"): Promise<string> {
  const url = await (await sharedPostgres()).createDatabase();
  const { exitCode, stderr } = await run(folder, url, "upgrade", target);
  assert.equal(exitCode, 0, stderr);
  return url;
}

/** The differences in a line each, and the exit status. */
export async function found(
  folder: ProjectFolder,
  url: string,
  ...args: readonly string[]
): Promise<unknown> {
  const result = await run(folder, url, "drift", "--json", ...args);
  const { differences } = JSON.parse(result.stdout || "{}") as DriftReport;
  return [differences.map(({ change, kind, name }) => `${change} ${kind} ${name}`), result.exitCode];
}

/** Projects that are removed together. */
export class DriftProjects {
  private readonly made: ProjectFolder[] = [];

  /** A project with these revisions. */
  create(config: object, ...steps: readonly Readonly<Record<string, string>>[]): ProjectFolder {
    return this.add(
      createProjectFolder({
        "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...config }),
        ...Object.fromEntries(steps.flatMap(Object.entries<string>)),
      }),
    );
  }

  /** A project with a table, and a column that is added to it. */
  simple(): ProjectFolder {
    return this.create(
      {},
      step("a1", null, users),
      step("b2", "a1", `  await op.addColumn("users", "email", { type: "text" });`),
    );
  }

  add(folder: ProjectFolder): ProjectFolder {
    this.made.push(folder);
    return folder;
  }

  remove(): void {
    this.made.forEach((folder) => folder.remove());
  }
}
