import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import ts from "typescript";
import { findPosition } from "../../../src/operations/callSite";
import { createOperations } from "../../../src/operations/createOperations";
import { OperationError } from "../../../src/operations/operationError";
import { OperationQueue } from "../../../src/operations/operationQueue";
import type { ArgumentKind } from "../../../src/operations/argumentKinds";
import type { Parameter } from "../../../src/operations/parameters";
import { misfitOfCall, signatures } from "../../../src/operations/signatures";

type Untyped = (...input: readonly unknown[]) => unknown;
type UntypedOperations = Readonly<Record<string, Untyped>>;
type Wrong = readonly [
  call: string,
  act: (op: UntypedOperations) => unknown,
  message: string,
  hint: string | undefined,
];

const repository = join(__dirname, "../../..");

/** A method of `op`, called as JavaScript may. */
function call(op: UntypedOperations, name: string, ...input: readonly unknown[]): unknown {
  return op[name]?.(...input);
}

const addColumn = "It is called as op.addColumn(table, column, definition, options?).";
const createIndex = "It is called as op.createIndex(name, table, columns, options?).";
const createTable = "It is called as op.createTable(table, options).";
const wrongCalls: readonly Wrong[] = [
  [
    "an argument that is missing",
    (op) => call(op, "addColumn", "users"),
    'The argument "column" of op.addColumn must be a text, and is missing.',
    addColumn,
  ],
  [
    "a type in the place of the column's options",
    (op) => call(op, "addColumn", "users", "age", "integer"),
    'The argument "definition" of op.addColumn must be an object, and is the text "integer".',
    addColumn,
  ],
  [
    "a column in the place of a list",
    (op) => call(op, "createIndex", "i", "t", "col"),
    'The argument "columns" of op.createIndex must be a list of names, sql`…` or objects, and is the text "col".',
    createIndex,
  ],
  [
    "a list with a hole",
    (op) => call(op, "createIndex", "i", "t", ["a", undefined]),
    'The argument "columns" of op.createIndex must be a list of names, sql`…` or objects, and is a list with undefined.',
    createIndex,
  ],
  [
    "an element of an index without a column",
    (op) => call(op, "createIndex", "i", "t", [{ name: "a" }]),
    'Unknown option "name" of an element of an index.',
    "Known are: column, collation, opclass, order, nulls.",
  ],
  [
    "columns as a list of names",
    (op) => call(op, "createTable", "t", { columns: ["a", "b"] }),
    'The option "columns" of op.createTable("t") must be an object with the options of each column, or a list of such objects with their names, and is a list with the text "a".',
    undefined,
  ],
  [
    "a table without columns",
    (op) => call(op, "createTable", "t", {}),
    'The option "columns" of table "t" must be an object with the options of each column, or a list of such objects with their names, and is missing.',
    undefined,
  ],
  [
    "no options of a table",
    (op) => call(op, "createTable", "t"),
    'The argument "options" of op.createTable must be an object, and is missing.',
    createTable,
  ],
  [
    "a text in the place of a flag",
    (op) => call(op, "addColumn", "t", "a", { type: "text", nullable: "no" }),
    'The option "nullable" of op.addColumn("t", "a") must be true or false, and is the text "no".',
    undefined,
  ],
  [
    "a list in the place of a column's options",
    (op) => call(op, "createTable", "t", { columns: { a: ["text"] } }),
    'The column "a" of table "t" must be an object, and is a list with the text "text".',
    undefined,
  ],
  [
    "a number as SQL",
    (op) => call(op, "execute", 5),
    'The argument "statement" of op.execute must be SQL, as a text or sql`…`, and is 5.',
    "It is called as op.execute(statement).",
  ],
  [
    "null as options",
    (op) => call(op, "dropTable", "t", null),
    'The argument "options" of op.dropTable must be an object, and is null.',
    "It is called as op.dropTable(table, options?).",
  ],
  [
    "an index and the list that Array.map passes",
    (op) => ["a"].map((...input: readonly unknown[]) => call(op, "dropTable", ...input))[0],
    'The argument "options" of op.dropTable must be an object, and is 0.',
    "It is called as op.dropTable(table, options?).",
  ],
  [
    "an argument too many",
    (op) => call(op, "alterColumn", "t", "a", { nullable: true }, { schema: "app" }),
    "op.alterColumn takes at most 3 arguments, and was given 4.",
    "It is called as op.alterColumn(table, column, changes).",
  ],
  [
    "bounds of a partition that are no lists",
    (op) => call(op, "createPartition", "p", "t", { from: 1, to: 2 }),
    'The option "from" of the bounds of a partition must be a list, and is 1.',
    undefined,
  ],
  [
    "bounds of a partition that PostgreSQL has not",
    (op) => call(op, "attachPartition", "t", "p", { values: ["a"] }),
    'The bounds of a partition are {"values":["a"]}.',
    'Write { from: […], to: […] }, { in: […] }, { modulus, remainder } or "default".',
  ],
  [
    "the misspelled schema of a table to drop",
    (op) => call(op, "dropTable", "users", { scheme: "archive" }),
    'Unknown option "scheme" of op.dropTable("users").',
    "Known are: schema, ifExists, cascade, was.",
  ],
  [
    "an option of Alembic that has two names here",
    (op) => call(op, "dropTable", "users", { checkfirst: true }),
    'Unknown option "checkfirst" of op.dropTable("users").',
    "It is called ifExists here.",
  ],
  [
    "an unknown option of what a drop takes back",
    (op) => call(op, "dropView", "v", { was: { query: "SELECT 1", sql: "SELECT 2" } }),
    'Unknown option "sql" of "was" of op.dropView("v").',
    "Known are: columns, with, checkOption, query.",
  ],
  [
    "an unknown option without the SQL of the call",
    (op) => call(op, "createView", "v", "SELECT 'secret'", { materialized: true }),
    'Unknown option "materialized" of op.createView("v").',
    "Known are: columns, with, checkOption, schema.",
  ],
  [
    "the column's spelling in a foreign key of a table",
    (op) =>
      call(op, "createTable", "t", {
        columns: { a: { type: "int" } },
        foreignKeys: [{ columns: ["a"], references: { table: "u", column: "code" } }],
      }),
    'Unknown option "column" of "references" of a foreign key of "t".',
    "It is called columns here.",
  ],
  [
    "an unknown option of an identity",
    (op) => call(op, "addColumn", "t", "a", { type: "int", identity: { startWith: 5 } }),
    'Unknown option "startWith" of an identity.',
    "Known are: as, start, increment, minValue, maxValue, cache, cycle, always.",
  ],
  [
    "the operator class of a column of an index, as other tools name it",
    (op) => call(op, "createIndex", "i", "t", [{ column: "a", operatorClass: "text_pattern_ops" }]),
    'Unknown option "operatorClass" of an element of an index.',
    "It is called opclass here.",
  ],
  [
    "a schema within a batch, which the batch has",
    (op) =>
      call(op, "batchAlterTable", "t", (batch: UntypedOperations) =>
        call(batch, "dropColumn", "a", { schema: "app" }),
      ),
    'Unknown option "schema" of batch.dropColumn("a").',
    "Known are: ifExists, cascade, was.",
  ],
  [
    "a foreign key without its columns",
    (op) => call(op, "createForeignKey", "fk", "a", "b", "b_id", "id"),
    'The argument "localColumns" of op.createForeignKey must be a list of names, and is the text "b_id".',
    "It is called as op.createForeignKey(name, sourceTable, referentTable, localColumns, remoteColumns, options?).",
  ],
  [
    "a foreign key of a table without what it references",
    (op) =>
      call(op, "createTable", "t", { columns: { a: { type: "int" } }, foreignKeys: [{ columns: ["a"] }] }),
    'The option "references" of a foreign key of "t" must be an object, and is missing.',
    undefined,
  ],
  [
    "values of an enum as one text",
    (op) => call(op, "createEnum", "mood", "sad"),
    'The argument "values" of op.createEnum must be a list of names, and is the text "sad".',
    "It is called as op.createEnum(name, values, options?).",
  ],
  [
    "one row in the place of a list",
    (op) => call(op, "bulkInsert", "t", { a: 1 }),
    'The argument "rows" of op.bulkInsert must be a list of objects, and is an object.',
    "It is called as op.bulkInsert(table, rows, options?).",
  ],
  [
    "a batch without its function",
    (op) => call(op, "batchAlterTable", "t"),
    'The argument "alter" of op.batchAlterTable must be a function, and is missing.',
    "It is called as op.batchAlterTable(table, alter, options?).",
  ],
  [
    "a wrong argument within a batch",
    (op) =>
      call(op, "batchAlterTable", "t", (batch: UntypedOperations) => call(batch, "createIndex", "i", "a")),
    'The argument "columns" of batch.createIndex must be a list of names, sql`…` or objects, and is the text "a".',
    "It is called as batch.createIndex(name, columns, options?).",
  ],
  [
    "a block without its function",
    (op) => call(op, "autocommitBlock"),
    'The argument "body" of op.autocommitBlock must be a function, and is missing.',
    "It is called as op.autocommitBlock(body).",
  ],
  [
    "op.try without its function",
    (op) => call(op, "try", "DROP TABLE t"),
    'The argument "body" of op.try must be a function, and is the text "DROP TABLE t".',
    "It is called as op.try(body).",
  ],
  [
    "a name in the place of an operation's record",
    (op) => call(op, "invoke", "dropTable"),
    'The argument "operation" of op.invoke must be an object, and is the text "dropTable".',
    "It is called as op.invoke(operation).",
  ],
];

/** The parameters of each method of `op`, as its declaration has them. */
function declaredParameters(): ReadonlyMap<string, readonly string[]> {
  const path = join(repository, "tsconfig.json");
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
  const file = join(repository, "src/operations/operations.ts");
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const declared = program
    .getSourceFile(file)
    ?.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === "Operations");
  assert.ok(declared);
  return new Map(
    checker
      .getTypeAtLocation(declared)
      .getProperties()
      .flatMap((property) => {
        const method = property.declarations?.[0];
        return method !== undefined && ts.isMethodSignature(method)
          ? [
              [
                property.name,
                method.parameters.map(
                  ({ name, questionToken }) => name.getText() + (questionToken === undefined ? "" : "?"),
                ),
              ] as const,
            ]
          : [];
      }),
  );
}

/** A value of such a kind. */
const sample: Readonly<Partial<Record<ArgumentKind, unknown>>> = {
  text: "t",
  textOrNull: "t",
  name: "t",
  nameOrNull: "t",
  names: ["t"],
  elements: ["t"],
  excludeElements: [["t", "="]],
  objects: [],
  object: {},
  objectOrText: "default",
  sql: "SELECT 1",
  body: () => undefined,
};

/** Parameters that are objects of whatever keys: the names of partitions, and the record of an operation. */
const openObjects: readonly string[] = ["splitPartition.into", "invoke.operation"];

describe("arguments of an operation", () => {
  for (const [method, parameters] of Object.entries(signatures) as [string, readonly Parameter[]][]) {
    for (const [index, [name, kind]] of parameters.entries()) {
      const place = `${method}.${name}`;
      if (kind === "object") {
        it(`say all that ${place} may have`, () => assert.ok(openObjects.includes(place)));
      }
      if (typeof kind !== "string") {
        it(`have no option unknown to op.${method}`, () => {
          const before = parameters
            .slice(0, index)
            .map(([, each]) => (typeof each === "string" ? sample[each] : {}));
          const misfit = misfitOfCall({ on: "op", name: method }, [...before, { nonsense: 1 }]);
          assert.match(
            misfit?.message ?? "",
            new RegExp(String.raw`^Unknown option "nonsense" of op\.${method}\(.*\)\.$`),
          );
        });
      }
    }
  }

  it("are known by the names that the operation's declaration gives them", function () {
    this.timeout(60_000);
    const declared = declaredParameters();
    const known = Object.entries(signatures).map(([method, parameters]) => [
      method,
      parameters.map(([name]) => name),
    ]);
    assert.deepEqual(
      Object.fromEntries(known),
      Object.fromEntries(
        Object.keys(signatures).map((method) => [method, declared.get(method) ?? "not declared"]),
      ),
    );
  });

  for (const [title, act, message, hint] of wrongCalls) {
    it(`refuse ${title}, with the operation and what was expected, at the line of the call`, async () => {
      const queue = new OperationQueue();
      const op = createOperations(() => Promise.resolve(), { queue }) as unknown as UntypedOperations;
      Promise.resolve(act(op)).catch(() => undefined);
      const error: unknown = await queue.finish().then(
        () => undefined,
        (failure: unknown) => failure,
      );
      assert.ok(error instanceof OperationError);
      assert.deepEqual(
        { code: error.code, message: error.message, hint: error.hint },
        { code: "invalid-argument", message, hint },
      );
      assert.ok(error.callSite);
      assert.match(findPosition(error.callSite, () => true)?.path ?? "", /signatures\.test\.ts$/);
    });
  }
});
