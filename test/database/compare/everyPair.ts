import assert from "node:assert/strict";
import { sharedPostgres } from "../../support/sharedPostgres";
import { applyOperations, compareDatabases, createTestDatabase, sqlOf, withSortedColumns } from "./roundTrip";
import { combinedPairs } from "./combinedPairs";
import {
  columnPairs,
  constraintPairs,
  enumPairs,
  renamePairs,
  tablePairs,
  viewPairs,
  type SchemaPair,
} from "./pairs";

const groups: readonly (readonly [string, readonly SchemaPair[]])[] = [
  ["columns", columnPairs],
  ["renames", renamePairs],
  ["enums", enumPairs],
  ["constraints and indexes", constraintPairs],
  ["tables", tablePairs],
  ["views", viewPairs],
  ["several at once", combinedPairs],
];

async function checkPair(pair: SchemaPair): Promise<void> {
  const server = await sharedPostgres();
  const database = await createTestDatabase(server, pair.before);
  const wanted = await createTestDatabase(server, pair.after);
  try {
    const dump = async (url: string): Promise<string> => withSortedColumns(await server.dumpSchema(url));
    const original = await dump(database.url);
    const options = { managed: "all" as const, ...pair.options };
    const { comparison, operations } = await compareDatabases(
      database.connection,
      wanted.connection,
      options,
    );
    const { upgrade, downgrade } = operations;
    const context = `\nup:\n${sqlOf(upgrade)}\ndown:\n${sqlOf(downgrade)}\n`;
    assert.deepEqual(comparison.unmatchedRenames, []);
    if (pair.upgrade !== undefined) {
      assert.deepEqual(
        upgrade.operations.map(({ kind }) => kind),
        pair.upgrade,
        context,
      );
    }
    if (pair.warnings !== undefined) {
      assert.deepEqual(
        upgrade.warnings.map(({ code }) => code),
        pair.warnings,
        context,
      );
    }
    await database.connection.run(pair.rows ?? "");
    await apply(() => applyOperations(database.connection, upgrade), context);
    assert.equal(await dump(database.url), await dump(wanted.url), context);
    if (pair.query !== undefined) {
      const rows = await database.connection.query(pair.query);
      assert.deepEqual(
        rows.map((row) => Object.values(row)),
        pair.kept,
      );
    }
    const second = await compareDatabases(database.connection, wanted.connection, { managed: "all" });
    assert.deepEqual(second.comparison.differences, [], context);
    await apply(() => applyOperations(database.connection, downgrade), context);
    assert.equal(await dump(database.url), original, context);
  } finally {
    await database.close();
    await wanted.close();
  }
}

async function apply(run: () => Promise<void>, context: string): Promise<void> {
  try {
    await run();
  } catch (error) {
    assert.fail(
      `${String(error)} ${error instanceof Error ? String(Reflect.get(error, "sql")) : ""}${context}`,
    );
  }
}

/**
 * Compares each pair, runs what comes of it on a database with rows, and takes it back.
 * @param of of so many in a group, the first is tried
 */
export function describePairs(of: number): void {
  describe("a comparison of two schemas, made into operations", function () {
    this.timeout(60_000);
    for (const [group, pairs] of groups) {
      describe(group, () => {
        for (const pair of pairs.filter((_pair, index) => index % of === 0)) {
          it(pair.name, async function () {
            const server = await sharedPostgres();
            if (server.majorVersion < (pair.since ?? 0)) {
              this.skip();
            }
            await checkPair(pair);
          });
        }
      });
    }
  });
}
