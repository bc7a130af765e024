import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DataSource } from "typeorm";
import type { AutogenerateReport, NewRevisionOptions } from "../../../src/context/commandTable";
import { withoutToolTables } from "../../support/dumps";
import type { PostgresServer } from "../../support/postgresServer";
import { runSql, withDatabase } from "../support/checkSet";
import { createTestProject, type TestProject } from "../support/project";
import { useTypeorm, type Orm } from "../support/typeorm";

export type Files = Readonly<Record<string, string>>;
/** Types, or a type with SQL for the default. */
export type Columns = Readonly<Record<string, string | readonly [type: string, byDefault: string]>>;

/** Objects in files, and what becomes of them. */
export interface ObjectCase {
  readonly name: string;
  /** Whether it runs with every `npm test`. */
  readonly isQuick?: true;
  /** Made by hand before the first revision. */
  readonly setup?: string;
  /** The columns of the entity `users`, beside its key; with those of the second revision. */
  readonly users?: readonly [before: Columns, after: Columns];
  /** The files of the first revision, and those of the second. A file that is not among the latter is removed. */
  readonly files: readonly [before: Files, after: Files];
  /** By hand, between the two. */
  readonly byHand?: string;
  readonly options?: Partial<NewRevisionOptions>;
  /** Of the second revision. */
  readonly operations: readonly string[];
  readonly drift?: readonly string[];
  readonly warning?: RegExp;
  /** What the text of the second revision has. */
  readonly text?: RegExp;
}

/** A DataSource with the one entity `users`. */
export function usersSource(columns: Columns, orm: Orm = useTypeorm("1.x")): DataSource {
  const { Column, PrimaryGeneratedColumn } = orm.typeorm;
  return new orm.typeorm.DataSource({
    type: "postgres",
    entities: [
      orm.entity("User", "users", {
        id: PrimaryGeneratedColumn(),
        ...Object.fromEntries(
          Object.entries(columns).map(([name, given]) => {
            const [type, byDefault] = typeof given === "string" ? [given] : given;
            return [
              name,
              Column(type as "text", {
                nullable: true,
                ...(byDefault === undefined ? {} : { default: () => byDefault }),
              }),
            ];
          }),
        ),
      }),
    ] as never,
  });
}

/** Puts files below the project's folder `objects`, in the place of those that are there. */
export function writeObjects(project: Pick<TestProject, "directory">, files: Files): void {
  const folder = join(project.directory, "objects");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** A project whose objects are in the folder `objects`. */
export function objectProject(url: string, shadowUrl?: string): TestProject {
  const project = createTestProject({ url });
  project.configure({ config: { objects: join(project.directory, "objects"), shadowUrl } });
  return project;
}

/**
 * The first files become a database; a revision for the second ones makes what they say, after which nothing is left
 * to do; its way back restores the database, and it runs again.
 * @param shadow a database to try the files on; else they are tried on the embedded PostgreSQL
 */
export async function checkObjects(
  server: PostgresServer,
  given: ObjectCase,
  shadow?: string,
): Promise<void> {
  await withDatabase(server, async (url) => {
    await runSql(url, given.setup);
    const project = objectProject(url, shadow);
    const [before, after] = (given.users ?? [{ name: "text" }, { name: "text" }]).map((columns) =>
      usersSource(columns),
    );
    const dump = async (): Promise<string> => withoutToolTables(await server.dumpSchema(url));
    try {
      assert.ok(before !== undefined && after !== undefined);
      writeObjects(project, given.files[0]);
      const empty = await dump();
      await project.autogenerate(before, { message: "first" });
      await upgrade(project);
      assert.deepEqual((await project.check(before)).operations, [], project.lastRevision());
      await runSql(url, given.byHand);
      const first = await dump();

      writeObjects(project, given.files[1]);
      assertReport(await project.check(after, given.options), given);
      await project.autogenerate(after, { message: "second", ...given.options });
      const text = project.lastRevision();
      await upgrade(project);
      assert.match(text, given.text ?? /./);
      assert.deepEqual((await project.check(after)).operations, [], text);
      const second = await dump();
      await project.downgrade("-1");
      assert.equal(await dump(), first, text);
      await project.upgrade();
      assert.equal(await dump(), second, text);
      if (given.byHand === undefined) {
        await project.downgrade("base");
        assert.equal(await dump(), empty, text);
      }
    } finally {
      project.remove();
    }
  });
}

async function upgrade(project: TestProject): Promise<void> {
  await project.upgrade().catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${project.lastRevision()}`);
  });
}

function assertReport(report: AutogenerateReport, given: ObjectCase): void {
  assert.deepEqual(report.operations, given.operations);
  assert.deepEqual(report.drift, given.drift ?? []);
  if (given.warning !== undefined) {
    assert.match(report.warnings.map(({ text }) => text).join("\n"), given.warning);
  }
}
