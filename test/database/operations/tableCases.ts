import type { Operation } from "../../../src/operations/operation";
import { sql } from "../../../src/operations/sqlFragment";
import type { PartitionBoundsArgument } from "../../../src/operations/table/tableDefinition";
import { columnSql, type Draw } from "./draw";
import { dropping } from "./alterationCases";
import type { OperationCase } from "./operationCase";
import { make, randomTable } from "./randomTable";

function createTable(draw: Draw): OperationCase {
  const target = randomTable(draw);
  return { setup: [target.operation], operation: randomTable(draw, target).operation };
}

/** A table that inherits, which its columns of the same name are merged with. */
function createInheriting(draw: Draw): OperationCase {
  const parent = draw.name();
  return {
    setup: [
      make.createTable(parent, { columns: [{ name: "id", type: "integer" }], schema: draw.place.schema }),
    ],
    operation: make.createTable(draw.name(), {
      columns: [{ name: draw.name(), type: "text" }],
      inherits: [parent],
      ...draw.inSchema(),
    }),
  };
}

function renameTable(draw: Draw): OperationCase {
  const table = randomTable(draw);
  return { setup: [table.operation], operation: make.renameTable(table.name, draw.name(), table.schema) };
}

interface Partitioned {
  readonly operation: Operation;
  readonly name: string;
  readonly schema: { readonly schema?: string };
  readonly bounds: PartitionBoundsArgument;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

function partitioned(draw: Draw): Partitioned {
  const name = draw.name();
  const schema = draw.inSchema();
  const columns = [
    { name: draw.name(), type: "integer" },
    { name: draw.name(), type: "date" },
    { name: draw.name(), type: "text" },
  ] as const;
  const [number, date, text] = columns;
  const { partitionBy, bounds } = draw.pick<{
    partitionBy: NonNullable<Parameters<typeof make.createTable>[1]["partitionBy"]>;
    bounds: PartitionBoundsArgument;
  }>(
    {
      partitionBy: { strategy: "range", columns: [date.name] },
      bounds: { from: ["2024-01-01"], to: [sql`MAXVALUE`] },
    },
    {
      partitionBy: { strategy: "range", columns: [number.name, text.name] },
      bounds: { from: [-5, "a'b"], to: [10, sql`MINVALUE`] },
    },
    {
      partitionBy: { strategy: "list", columns: [text.name] },
      bounds: { in: ["it's", "back\\slash", null] },
    },
    {
      partitionBy: { strategy: "list", columns: [columnSql("lower(", text.name, ")")] },
      bounds: { in: ["a"] },
    },
    {
      partitionBy: { strategy: "hash", columns: [number.name] },
      bounds: { modulus: 4, remainder: draw.number(0, 3) },
    },
    { partitionBy: { strategy: "list", columns: [number.name] }, bounds: "default" },
  );
  return {
    operation: make.createTable(name, { columns, partitionBy, ...schema }),
    name,
    schema,
    bounds,
    columns,
  };
}

/** The schema of a partition is its parent's where it is not said. */
function createPartition(draw: Draw): OperationCase {
  const parent = partitioned(draw);
  const isElsewhere = draw.rarely(3);
  return {
    setup: [parent.operation],
    operation: make.createPartition(draw.name(), parent.name, parent.bounds, {
      ...(isElsewhere ? { schema: draw.place.otherSchema, parentSchema: draw.place.schema } : parent.schema),
      ...(draw.rarely(4) ? { ifNotExists: true } : {}),
    }),
  };
}

function attachPartition(draw: Draw): OperationCase {
  const parent = partitioned(draw);
  const name = draw.name();
  const isElsewhere = draw.rarely(3);
  const schema = isElsewhere ? { schema: draw.place.otherSchema } : parent.schema;
  return {
    setup: [parent.operation, make.createTable(name, { columns: parent.columns, ...schema })],
    operation: make.attachPartition(parent.name, name, parent.bounds, {
      ...parent.schema,
      ...(isElsewhere ? { partitionSchema: draw.place.otherSchema } : {}),
    }),
  };
}

function bulkInsert(draw: Draw): OperationCase {
  const table = draw.name();
  const schema = draw.inSchema();
  const [a, b] = [draw.name(), draw.name()];
  return {
    setup: [
      make.createTable(table, {
        columns: [
          { name: a, type: "integer" },
          { name: b, type: "text" },
        ],
        ...schema,
      }),
    ],
    operation: make.bulkInsert(table, [{ [a]: 1, [b]: draw.text() }, { [b]: sql`upper(${"x"})` }], schema),
  };
}

function execute(draw: Draw): OperationCase {
  const table = draw.name();
  return {
    setup: [make.createTable(table, { columns: [{ name: "a", type: "text" }], schema: draw.place.schema })],
    operation: make.execute(
      draw.pick(
        sql`DELETE FROM ${sql.identifier(draw.place.schema, table)} WHERE a = ${draw.text()} -- and no more`,
        sql`UPDATE ${sql.identifier(draw.place.schema, table)} SET a = ${draw.text()}`,
        columnSql(
          "ALTER TABLE ",
          table,
          " ADD b integer; ALTER TABLE " +
            `${draw.place.schema}.` +
            columnSql("", table).text.join("") +
            " ADD c text DEFAULT 'a;b'",
        ),
      ),
    ),
  };
}

/** Cases of operations on whole tables and on rows. */
export const tableCases = {
  createTable: (draw: Draw) => (draw.rarely(8) ? createInheriting : createTable)(draw),
  dropTable: dropping((draw) => (draw.rarely(8) ? createInheriting : createTable)(draw)),
  renameTable,
  createPartition,
  attachPartition,
  detachPartition: dropping(attachPartition),
  bulkInsert,
  execute,
} as const;
