import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PostgresServer } from "../../support/postgresServer";
import { sharedPostgres } from "../../support/sharedPostgres";
import { entityCases, type EntityCase } from "./entityCases";
import { createDataSource, withDatabase } from "../support/checkSet";
import { withSortedColumns } from "../../support/dumps";
import { createHooks, createTestProject } from "../support/project";
import { useTypeorm } from "../support/typeorm";

interface RecordedCase {
  readonly case: string;
  readonly db_ddl: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Absent where Alembic failed. */
  readonly detected?: boolean;
}

const recorded = JSON.parse(
  readFileSync(join(__dirname, "../../oracle/autogenerate-cases.json"), "utf8"),
) as {
  readonly cases: readonly RecordedCase[];
};

/** A revision that makes the database's side, so that what is there is the project's own. */
function firstRevision(ddl: string): string {
  const statements = ddl
    .split(";")
    .map((statement) => `  await op.execute(${JSON.stringify(statement.trim())});`);
  return `import type { Migration } from "alembic-ts";
export const revision = "first";
export const down_revision: string | null = null;
export async function upgrade({ op }: Migration): Promise<void> {
${statements.join("\n")}
}
export async function downgrade(): Promise<void> {}
`;
}

async function checkCase(
  server: PostgresServer,
  url: string,
  each: RecordedCase,
  expected: EntityCase,
): Promise<void> {
  const hooks = createHooks({
    includeObject: (_object, name) => each.options["include_object"] === undefined || name !== "gone",
  });
  const project = createTestProject({ url, config: { hooks } });
  const orm = useTypeorm("1.x");
  const source = (): ReturnType<typeof createDataSource> =>
    createDataSource(orm, { name: each.case, entities: expected.entities }, url);
  try {
    writeFileSync(join(project.directory, "migrations/versions/a_first.ts"), firstRevision(each.db_ddl));
    await project.upgrade();
    const before = withSortedColumns(await server.dumpSchema(url));
    const { drops = [] } = expected;
    const { operations } = await project.check(source(), { drops });
    assert.deepEqual(
      operations.map((operation) => operation.replace(/\b(PK|CHK)_[0-9a-f]{26,27}\b/, "$1")),
      expected.operations,
    );
    if (operations.length > 0) {
      await project.autogenerate(source(), { drops });
      const text = project.lastRevision();
      await project.upgrade();
      assert.deepEqual((await project.check(source())).operations, [], text);
      await project.downgrade("-1");
      assert.equal(withSortedColumns(await server.dumpSchema(url)), before, text);
    }
  } finally {
    project.remove();
  }
}

/**
 * Compares the pairs that Alembic was asked about, with one side as entities.
 * @param of of so many, one is tried
 */
export function describeAlembicPairs(of: number): void {
  describe("the pairs that Alembic was asked about, as entities", function () {
    this.timeout(60_000);
    this.slow(10_000);

    it("are all here, and agree with Alembic or say why not", () => {
      assert.deepEqual(
        [...entityCases.keys()],
        recorded.cases.map((each) => each.case),
      );
      const disagreeing = recorded.cases.filter((each) => {
        const expected = entityCases.get(each.case);
        const isExplained =
          expected?.isMissedByAlembic === true ||
          expected?.refused !== undefined ||
          expected?.inexpressible !== undefined;
        return (
          each.detected !== undefined &&
          !isExplained &&
          each.detected !== (expected !== undefined && expected.operations.length > 0)
        );
      });
      assert.deepEqual(
        disagreeing.map((each) => each.case),
        [],
      );
    });

    for (const each of recorded.cases.filter((_case, index) => index % of === 0)) {
      const expected = entityCases.get(each.case);
      const why = expected?.refused ?? expected?.inexpressible;
      it(`${each.case}${why === undefined ? "" : ` (${why})`}`, async () => {
        assert.ok(expected !== undefined);
        const server = await sharedPostgres();
        await withDatabase(server, (url) => checkCase(server, url, each, expected));
      });
    }
  });
}
