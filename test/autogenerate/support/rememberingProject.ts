import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createProjectFolder, type ProjectFolder } from "../../support/projectFolder";
import { sharedPostgres } from "../../support/sharedPostgres";

/** A project with a database and a cache that no other has. */
export interface RememberingProject extends Pick<ProjectFolder, "write" | "remove"> {
  readonly databaseUrl: string;
  /** What `check` finds, and whether it has loaded the file that says `mark` for that. */
  check(variables?: Readonly<Record<string, string>>): Promise<readonly [output: string, isLoaded: boolean]>;
  /** The text of all that is remembered of a kind. */
  records(kind: "entities" | "revisions"): readonly string[];
}

/**
 * Makes a project whose files are old enough to be remembered.
 * @param options.mark what a file writes to stderr when it is loaded
 * @param options.prepare a command that is run first
 */
export async function rememberingProject(
  files: Readonly<Record<string, string>>,
  options: {
    readonly mark: string;
    readonly variables?: Readonly<Record<string, string>>;
    readonly prepare?: readonly string[];
  },
): Promise<RememberingProject> {
  const server = await sharedPostgres();
  const cache = mkdtempSync(join(tmpdir(), "alembic-ts-cache-"));
  const project = createProjectFolder(files);
  project.linkModules();
  const databaseUrl = await server.createDatabase();
  const env = {
    DATABASE_URL: databaseUrl,
    XDG_CACHE_HOME: cache,
    NODE_NO_WARNINGS: "1",
    ...options.variables,
  };
  if (options.prepare !== undefined) {
    await project.run([...options.prepare], { env });
  }
  await untilSettled();
  return {
    databaseUrl,
    write: (files) => project.write(files),
    async check(variables = {}) {
      const { stdout, stderr } = await project.run(["check", "--json"], { env: { ...env, ...variables } });
      return [stdout, stderr.includes(options.mark)];
    },
    records(kind) {
      const folder = join(cache, "alembic-ts", "compiled", kind);
      return readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    },
    remove() {
      project.remove();
      rmSync(cache, { recursive: true, force: true });
    },
  };
}

/** What was written less long ago may be written again without its time telling. */
export function untilSettled(): Promise<void> {
  return setTimeout(2_500);
}
