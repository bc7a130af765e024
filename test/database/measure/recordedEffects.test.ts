import assert from "node:assert/strict";
import { embeddedDatabases } from "../../../src/database/embeddedDatabase";
import type { Database } from "../../../src/database/database";
import { openPostgresDatabase } from "../../../src/database/postgresDatabase";
import type { StatementEffects } from "../../../src/lint/effects";
import { loadGrammar } from "../../../src/lint/grammar";
import { StatementMeter } from "../../../src/measure/statementMeter";
import { sharedPostgres } from "../../support/sharedPostgres";
import { recordedEffects, recordedTables } from "./recordedEffects";

/** As the recording tells it: of the indexes only ix_a, and of rewriting and reading only that of big. */
function told({ relations }: StatementEffects): readonly [string, string] {
  const shown = relations.filter(
    ({ kind, name, lock }) => lock !== "ACCESS SHARE" && (kind !== "index" || /^ix_/.test(name)),
  );
  const big = relations.filter(({ name }) => name === "big" || name === "big2");
  const words = [
    ...(big.some(({ isRewritten, isEmptied }) => isRewritten || isEmptied) ? ["rewritten"] : []),
    ...(big.some(({ isRead }) => isRead) ? ["read"] : []),
    ...(relations.some(({ name, isRewritten, isEmptied }) => name === "ix_a" && (isRewritten || isEmptied))
      ? ["indexes rebuilt"]
      : []),
  ];
  return [shown.map(({ name, lock }) => `${name}: ${lock}`).join("; "), words.join(", ")];
}

for (const [where, open] of [
  ["PGlite", () => embeddedDatabases.openScratch({ onWaiting: () => undefined })],
  [
    "a server",
    async () =>
      openPostgresDatabase({
        server: { kind: "url", url: await (await sharedPostgres()).createDatabase(), application: undefined },
        connectTimeoutMilliseconds: 10_000,
        applicationName: "alembic-ts test",
        signal: new AbortController().signal,
      }),
  ],
] as const) {
  describe(`what statements are measured to do on ${where}`, function () {
    this.timeout(60_000);
    let database: Database;
    let meter: StatementMeter;

    before(async () => {
      database = await open();
      meter = new StatementMeter(database.connection, await loadGrammar());
      await database.connection.run(recordedTables);
      await database.connection.run("SET timezone = 'UTC'");
    });
    after(() => database.close());

    for (const [sql, locks, big] of recordedEffects) {
      it(`${sql}: ${[locks, big].filter((part) => part !== "").join("; ")}`, async () => {
        const { connection } = database;
        await connection.run("BEGIN");
        try {
          const { effects } = await meter.measure({ text: sql, isInTransaction: true, isTried: false }, () =>
            connection.run(sql),
          );
          assert.deepEqual(told(effects), [locks, big]);
        } finally {
          await connection.run("ROLLBACK");
        }
      });
    }
  });
}
