import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompareOptions } from "../../src/autogenerate/compare/compareOptions";
import { compareSchemas } from "../../src/autogenerate/compare/compareSchemas";
import { sharedPostgres } from "../support/sharedPostgres";
import { alembicCases } from "./compare/alembicCases";
import { createTestDatabase, readModel } from "./compare/roundTrip";

interface RecordedCase {
  readonly case: string;
  readonly db_ddl: string;
  readonly detected?: boolean;
}

const recorded = JSON.parse(readFileSync(join(__dirname, "../oracle/autogenerate-cases.json"), "utf8")) as {
  readonly cases: readonly RecordedCase[];
};

describe("the pairs that Alembic was asked about", function () {
  this.timeout(60_000);

  it("are all here", () => {
    assert.deepEqual(
      [...alembicCases.keys()],
      recorded.cases.map((each) => each.case),
    );
  });

  for (const each of recorded.cases) {
    it(each.case, async () => {
      const expected = alembicCases.get(each.case);
      assert.ok(expected !== undefined);
      const server = await sharedPostgres();
      const database = await createTestDatabase(server, each.db_ddl);
      const wanted = await createTestDatabase(server, expected.model);
      try {
        const [before, after] = [await readModel(database.connection), await readModel(wanted.connection)];
        const isNameGenerated: CompareOptions["isNameGenerated"] = ({ name }) => name === "t_a_fkey";
        const all = compareSchemas(before, after, { managed: "all", isNameGenerated });
        assert.deepEqual(
          all.differences.map(({ kind }) => kind),
          expected.differences,
        );
        const isDetected = all.differences.length > 0;
        if (each.detected === true && expected.refused !== true) {
          assert.ok(isDetected, "Alembic sees a difference here");
        } else if (each.detected === false) {
          assert.equal(isDetected, expected.missed === true);
        }
        // What no revision made is never dropped.
        const own = compareSchemas(before, after, { isNameGenerated });
        if (expected.drift !== undefined) {
          assert.deepEqual(own.differences, []);
          assert.deepEqual(
            own.drift.map(({ object }) => `${object.kind} ${object.name}`),
            expected.drift,
          );
        }
      } finally {
        await database.close();
        await wanted.close();
      }
    });
  }
});
