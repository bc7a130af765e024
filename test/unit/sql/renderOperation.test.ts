import assert from "node:assert/strict";
import { OperationError } from "../../../src/operations/operationError";
import { renderOperation } from "../../../src/sql/renderOperation";
import type { Statement } from "../../../src/sql/renderOperation";
import { assertGolden } from "../operations/goldenFile";
import { recordOperations } from "../operations/recordOperations";
import { samples } from "../operations/sampleOperations";
import { counterparts } from "./alembicCounterparts";
import type { Counterpart } from "./alembicCounterparts";
import { readAlembicCases, renderCounterpart } from "./alembicOracle";

function statementText({ text, values, isTransactional }: Statement): string {
  const parameters = values.length === 0 ? "" : `\n-- ${JSON.stringify(values)}`;
  return `${isTransactional ? "" : "-- outside a transaction\n"}${text};${parameters}\n`;
}

async function ours(counterpart: Counterpart): Promise<string> {
  try {
    return (await renderCounterpart(counterpart)).map(statementText).join("");
  } catch (error) {
    assert.ok(error instanceof OperationError);
    return `-- ${error.code}: ${error.message}\n-- ${error.hint ?? ""}\n`;
  }
}

describe("renderOperation for PostgreSQL", () => {
  it("has a counterpart for each call that was recorded of Alembic", async () => {
    const cases = readAlembicCases();
    assert.equal(cases.length, 92);
    assert.equal(counterparts.length, cases.length);
    const pages: string[] = [];
    for (const [index, { call, sql, error }] of cases.entries()) {
      const counterpart = counterparts[index];
      assert.ok(counterpart);
      const theirs = sql === undefined ? `-- ${error?.class ?? ""}: ${error?.message ?? ""}` : sql.join("\n");
      pages.push(`=== ${call}\n--- Alembic\n${theirs}\n--- ours\n${await ours(counterpart)}`);
    }
    assertGolden("alembic.sql.txt", pages.join("\n"));
  });

  it("fails where Alembic fails", async () => {
    const cases = readAlembicCases();
    for (const [index, { call, error }] of cases.entries()) {
      const text = await ours(counterparts[index] ?? { call: () => undefined });
      assert.equal(/^-- (invalid-argument|not-supported):/.test(text), error !== undefined, call);
    }
  });

  it("writes each kind of operation, with parameters only for data", async () => {
    const pages: string[] = [];
    for (const { title, call } of samples) {
      const operations = await recordOperations(call);
      const live = operations.flatMap((operation) => renderOperation(operation, "postgresql"));
      const script = operations.flatMap((operation) =>
        renderOperation(operation, "postgresql", { offline: true }),
      );
      assert.deepEqual(
        script.map(({ values }) => values),
        script.map(() => []),
      );
      const isSame = live.every(({ values }) => values.length === 0);
      const offline = isSame ? "" : `--- in a script\n${script.map(statementText).join("")}`;
      pages.push(`=== ${title}\n${live.map(statementText).join("")}${offline}`);
    }
    assertGolden("samples.sql.txt", pages.join("\n"));
  });
});
