import assert from "node:assert/strict";
import type { Operations } from "../../../src/operations/operations";
import { neededServer, requireServer } from "../../../src/sql/postgresql/neededServer";
import { renderOperation } from "../../../src/sql/renderOperation";
import { recordOperations } from "../operations/recordOperations";
import { samples } from "../operations/sampleOperations";

type Call = (op: Operations) => Promise<void>;

/** Syntax of PostgreSQL that came after 13, and with which version. */
const newerSyntax: readonly (readonly [RegExp, number])[] = [
  [/\bNULLS NOT DISTINCT\b/, 15],
  [/\bVIRTUAL\b/, 18],
  [/\bCREATE OR REPLACE (?:CONSTRAINT )?TRIGGER\b/, 14],
  [/\bDETACH PARTITION .* CONCURRENTLY\b/, 14],
  [/\bsecurity_invoker\b/, 15],
  [/^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\b[^$']*(?:\bBEGIN ATOMIC\b|\sRETURN\s)/, 14],
  [/^REPACK\b|\bMERGE PARTITIONS\b|\bSPLIT PARTITION\b/, 19],
];

describe("the server that an operation needs", () => {
  for (const { title, call } of samples) {
    it(`is known for ${title}`, async () => {
      for (const operation of await recordOperations(call)) {
        // SQL that a person wrote is lint's matter.
        if (operation.kind === "custom" || operation.kind === "execute") {
          continue;
        }
        const text = renderOperation(operation, "postgresql", { offline: true })
          .map((each) => each.text)
          .join("\n");
        const majors = newerSyntax.filter(([syntax]) => syntax.test(text)).map(([, major]) => major);
        assert.equal(neededServer(operation)?.major, majors.length === 0 ? undefined : Math.max(...majors));
      }
    });
  }

  const unique = { nullsNotDistinct: true } as const;
  const virtual = { type: "int", generated: { expression: "a + 1", stored: false } } as const;
  const refused: readonly (readonly [string, Call, number, string])[] = [
    [
      "an index",
      (op) => op.createIndex("i", "t", ["a"], unique),
      140_023,
      "15 or later, and this server is PostgreSQL 14.23",
    ],
    [
      "a constraint",
      (op) => op.createUniqueConstraint("u", "t", ["a"], unique),
      130_023,
      "15 or later, and this server is PostgreSQL 13.23",
    ],
    [
      "a function's expression",
      (op) => op.createFunction("f", "RETURNS int LANGUAGE sql RETURN 1"),
      130_023,
      "14 or later, and this server is PostgreSQL 13.23",
    ],
    [
      "a procedure's statements",
      (op) => op.createFunction("p", "LANGUAGE sql begin atomic SELECT 1; END", { procedure: true }),
      130_023,
      "14 or later, and this server is PostgreSQL 13.23",
    ],
    [
      "a partition",
      (op) => op.detachPartition("t", "p", { concurrently: true }),
      130_000,
      "14 or later, and this server is PostgreSQL 13.0",
    ],
    [
      "a table to repack",
      (op) => op.repack("t", { concurrently: true }),
      180_001,
      "19 or later, and this server is PostgreSQL 18.1",
    ],
    [
      "partitions to merge",
      (op) => op.mergePartitions("t", ["p", "q"], "r"),
      180_001,
      "19 or later, and this server is PostgreSQL 18.1",
    ],
    [
      "a partition to split",
      (op) => op.splitPartition("t", "p", { q: { in: [1] }, r: { in: [2] } }),
      180_001,
      "19 or later, and this server is PostgreSQL 18.1",
    ],
    [
      "a column",
      (op) => op.addColumn("t", "b", virtual),
      170_010,
      "18 or later, and this server is PostgreSQL 17.10",
    ],
    [
      "a view",
      (op) => op.createView("v", "SELECT 1", { with: { security_invoker: true } }),
      140_001,
      "15 or later, and this server is PostgreSQL 14.1",
    ],
  ];
  const unneeding: readonly Call[] = [
    (op) => op.createFunction("f", "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"),
    (op) => op.createFunction("f", "RETURNS int LANGUAGE sql AS 'SELECT 1' -- RETURN 1, BEGIN ATOMIC"),
  ];
  it("is any for functions whose body is a string", async () => {
    for (const call of unneeding) {
      assert.deepEqual((await recordOperations(call)).map(neededServer), [undefined]);
    }
  });

  for (const [name, call, version, words] of refused) {
    it(`is named for ${name} before anything is sent`, async () => {
      const [operation] = await recordOperations(call);
      assert.ok(operation);
      assert.throws(
        () => requireServer(operation, version),
        (error: Error) => {
          assert.deepEqual(
            [Reflect.get(error, "code"), error.message.includes(words)],
            ["server-too-old", true],
            error.message,
          );
          return true;
        },
      );
      assert.doesNotThrow(() => requireServer(operation, 190_000));
      assert.doesNotThrow(() => requireServer(operation, 0));
    });
  }
});
