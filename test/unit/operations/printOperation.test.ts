import assert from "node:assert/strict";
import * as prettier from "prettier";
import type { Operation } from "../../../src/operations/operation";
import type { Operations } from "../../../src/operations/operations";
import { printOperation } from "../../../src/operations/printOperation";
import type { PrintOptions } from "../../../src/operations/printOperation";
import type { SqlTag } from "../../../src/operations/sqlFragment";
import { assertGolden } from "./goldenFile";
import { recordOperations } from "./recordOperations";
import { samples } from "./sampleOperations";

type Body = (op: Operations, sql: SqlTag) => Promise<void>;

function compile(source: string): Body {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is printed has to run
  return new Function("op", "sql", `return (async () => {\n${source}\n})();`) as Body;
}

async function evaluate(source: string, options: PrintOptions = {}): Promise<readonly Operation[]> {
  const { namingConvention } = options;
  return recordOperations(compile(source), {
    dialect: "sqlite",
    ...(namingConvention === undefined ? {} : { namingConvention }),
  });
}

describe("printOperation", () => {
  it("prints each kind of operation as a person would", async () => {
    const printed: string[] = [];
    for (const { title, call } of samples) {
      const operations = await recordOperations(call);
      printed.push(`// ${title}`, ...operations.map((operation) => printOperation(operation)), "");
    }
    assertGolden("printed.ts.txt", printed.join("\n"));
  });

  for (const { title, call } of samples) {
    it(`makes the same record again, in prettier's layout: ${title}`, async () => {
      const operations = await recordOperations(call);
      for (const operation of operations) {
        const source = printOperation(operation);
        assert.deepEqual(await evaluate(source), [operation]);
        assert.equal(await prettier.format(source, { parser: "typescript" }), `${source}\n`);
        const indented = printOperation(operation, { indent: 2 });
        const file = `async function upgrade() {\n${indented}\n}\n`;
        assert.equal(await prettier.format(file, { parser: "typescript" }), file);
      }
    });
  }
});
