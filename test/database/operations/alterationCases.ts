import type { AlterationOperation } from "../../../src/operations/batch/batch";
import type { AlterColumnOptions } from "../../../src/operations/column/column";
import type { ColumnOptions } from "../../../src/operations/column/columnDefinition";
import type { IndexElementArgument, IndexOptions } from "../../../src/operations/index/indexDefinition";
import { invertOperation } from "../../../src/operations/invertOperation";
import { present } from "../../../src/operations/sparse";
import { sql, type SqlFragment } from "../../../src/operations/sqlFragment";
import { quoteIdentifier } from "../../../src/sql/quote";
import { typeChanges } from "./columnTypes";
import { columnSql, given, type Draw } from "./draw";
import type { OperationCase, OperationGenerator } from "./operationCase";
import {
  make,
  names,
  orderedColumns,
  randomActions,
  randomCheck,
  randomColumn,
  randomTable,
  randomUnique,
  type RandomTable,
} from "./randomTable";

type Alteration = (draw: Draw, table: RandomTable) => OperationCase;

/** As a case of its own: the table comes first. */
function onTable(alteration: Alteration): OperationGenerator {
  return (draw) => {
    const table = randomTable(draw);
    const { setup, operation } = alteration(draw, table);
    return { setup: [table.operation, ...setup], operation };
  };
}

/** The case of taking back what another one makes. */
export function dropping(generator: OperationGenerator): OperationGenerator {
  return (draw) => {
    const { setup, operation } = generator(draw);
    const operationBack = invertOperation(operation);
    if (operationBack === undefined) {
      throw new Error(`There is no way back of ${JSON.stringify(operation)}`);
    }
    return { setup: [...setup, operation], operation: operationBack };
  };
}

function addColumn(draw: Draw, table: RandomTable): OperationCase {
  const { name, ...column } = randomColumn(draw, table.columns);
  const isKeyType = draw.rarely(3);
  const definition: ColumnOptions = {
    ...(isKeyType ? { type: "bigint" } : column),
    ...(draw.rarely(4)
      ? {
          check: draw.pick<SqlFragment | { name: string; condition: SqlFragment }>(
            columnSql("", name, " IS NOT NULL"),
            { name: draw.name(), condition: columnSql("", name, "::text <> ''") },
          ),
        }
      : {}),
    ...(isKeyType
      ? {
          references: {
            table: table.name,
            ...table.schema,
            ...given({ column: draw.maybe(table.key), name: draw.maybe(draw.name()) }),
            ...randomActions(draw),
          },
        }
      : {}),
    ...(isKeyType && draw.rarely(2) ? { unique: draw.pick<boolean | string>(true, draw.name()) } : {}),
    ...(isKeyType && draw.rarely(3) ? { identity: draw.pick("always", "by default") } : {}),
  };
  const serial = draw.rarely(10) ? { type: draw.pick("serial", "bigserial", "smallserial") } : undefined;
  const ifNotExists = draw.rarely(6);
  return {
    setup: [],
    operation: make.addColumn(table.name, name, serial ?? definition, {
      ...table.schema,
      ...(ifNotExists ? { ifNotExists } : {}),
    }),
  };
}

function alterColumn(draw: Draw, table: RandomTable): OperationCase {
  const change = draw.pick(...typeChanges);
  const name = draw.name();
  const hadDefault = draw.rarely(2);
  const isTyped = draw.rarely(2);
  const setsDefault = draw.rarely(2) || (isTyped && hadDefault && change.using !== undefined);
  const hadComment = draw.rarely(2);
  const wasNullable = draw.pick(true, false);
  const existingComment = hadComment ? "before" : null;
  const type = isTyped ? change.to : undefined;
  const isRenamed = draw.rarely(3);
  const isKnown = draw.rarely(2) || setsDefault;
  const changes = present<AlterColumnOptions>({
    type,
    using: isTyped ? change.using && sql.raw(change.using(quoteIdentifier(name))) : undefined,
    nullable: draw.rarely(2) ? !wasNullable : undefined,
    default: setsDefault ? draw.pick(isTyped ? change.toDefault : change.fromDefault, null) : undefined,
    comment: draw.rarely(3) ? draw.pick("after", null) : undefined,
    newName: isRenamed ? draw.name() : undefined,
    existingType: isTyped || draw.rarely(2) || setsDefault ? change.from : undefined,
    existingNullable: draw.maybe(wasNullable),
    existingDefault: isKnown ? (hadDefault ? change.fromDefault : null) : undefined,
    existingComment,
    ...table.schema,
  });
  const column = present<ColumnOptions>({
    type: change.from,
    default: hadDefault ? change.fromDefault : undefined,
    nullable: wasNullable,
    comment: existingComment ?? undefined,
  });
  return {
    setup: [make.addColumn(table.name, name, column, table.schema)],
    operation: make.alterColumn(table.name, name, changes),
  };
}

/** Identity, which is changed by itself. */
function alterIdentity(draw: Draw, table: RandomTable): OperationCase {
  const name = draw.name();
  const options = (): AlterColumnOptions["identity"] =>
    draw.pick<AlterColumnOptions["identity"]>(
      "always",
      "by default",
      null,
      { start: 5, increment: 2 },
      { always: true, minValue: -3, start: 3, cache: 7 },
      // A direction that turns has to have limits which the number it stands at is within.
      { increment: -1, minValue: -10, maxValue: 10, start: 5, cycle: true },
      { maxValue: 100, cycle: false },
    );
  const existingIdentity = options() ?? null;
  const identity = options() ?? null;
  const column = present<ColumnOptions>({
    type: "integer",
    nullable: false,
    identity: existingIdentity ?? undefined,
  });
  const isSame = identity === null && existingIdentity === null;
  return {
    setup: [make.addColumn(table.name, name, column, table.schema)],
    operation: make.alterColumn(table.name, name, {
      identity: isSame ? "always" : identity,
      existingIdentity,
      ...table.schema,
    }),
  };
}

function randomElement(draw: Draw, table: RandomTable): IndexElementArgument {
  const column = draw.pick(...orderedColumns(table));
  const place = present<{ order?: "asc" | "desc"; nulls?: "first" | "last" }>({
    order: draw.pick("asc", "desc", undefined),
    nulls: draw.pick("first", "last", undefined),
  });
  const isText = column.sample.type === "text";
  return draw.pick<IndexElementArgument>(
    column.name,
    {
      column: column.name,
      ...place,
      ...given(isText ? { opclass: draw.maybe("text_pattern_ops"), collation: draw.maybe("C") } : {}),
    },
    { expression: columnSql("", column.name, " IS NULL"), ...place },
    columnSql("(", column.name, " IS NOT NULL) DESC"),
  );
}

function createIndex(draw: Draw, table: RandomTable): OperationCase {
  const special = table.columns.filter(({ sample }) => sample.method !== undefined);
  const column = special.length > 0 && draw.rarely(3) ? draw.pick(...special) : undefined;
  const isUnique = column === undefined && draw.rarely(3);
  const common: IndexOptions = {
    ...(draw.rarely(3) ? { where: columnSql("", draw.pick(...names(table.columns)), " IS NOT NULL") } : {}),
    ...(draw.rarely(4) && column === undefined ? { with: { fillfactor: 80 } } : {}),
  };
  const options: IndexOptions =
    column?.sample.method === undefined
      ? {
          ...common,
          ...(draw.rarely(3) ? { include: [table.key] } : {}),
          ...(isUnique ? { unique: true, ...(draw.rarely(2) ? { nullsNotDistinct: true } : {}) } : {}),
          ...(draw.rarely(3) ? { using: "btree" } : {}),
        }
      : { ...common, using: column.sample.method };
  const elements =
    column === undefined
      ? Array.from({ length: draw.number(1, 3) }, () => randomElement(draw, table))
      : [column.name];
  return {
    setup: [],
    operation: make.createIndex(draw.name(), table.name, elements, {
      ...options,
      ...table.schema,
      ...(draw.rarely(4) ? { concurrently: true } : {}),
      ...(draw.rarely(6) ? { ifNotExists: true } : {}),
    }),
  };
}

function createUniqueConstraint(draw: Draw, table: RandomTable): OperationCase {
  const { columns, ...options } = randomUnique(draw, names(draw.some(orderedColumns(table), 1, 3)), [
    table.key,
  ]);
  return {
    setup: [],
    operation: make.createUniqueConstraint(draw.name(), table.name, columns, { ...options, ...table.schema }),
  };
}

function createCheckConstraint(draw: Draw, table: RandomTable): OperationCase {
  const { condition, noInherit } = randomCheck(draw, draw.pick(table.key, ...names(table.columns)));
  const options = present<{ noInherit?: boolean; notValid?: boolean }>({ noInherit, notValid: draw.flag() });
  return {
    setup: [],
    operation: make.createCheckConstraint(draw.name(), table.name, condition, {
      ...options,
      ...table.schema,
    }),
  };
}

function createForeignKey(draw: Draw, table: RandomTable): OperationCase {
  const target = randomTable(draw);
  const isSelf = draw.rarely(4);
  const { name, schema, key } = isSelf ? table : target;
  return {
    setup: isSelf ? [] : [target.operation],
    operation: make.createForeignKey(draw.name(), table.name, name, [table.key], draw.pick([key], []), {
      ...randomActions(draw),
      ...(draw.rarely(4) ? { notValid: true } : {}),
      ...(table.schema.schema === undefined ? {} : { sourceSchema: table.schema.schema }),
      ...(schema.schema === undefined ? {} : { referentSchema: schema.schema }),
    }),
  };
}

function createExcludeConstraint(draw: Draw, table: RandomTable): OperationCase {
  const deferrable = draw.flag();
  const number = table.columns.find(({ sample }) => sample.type === "integer")?.name;
  const options = given({
    deferrable,
    initially: deferrable === true ? draw.pick("deferred" as const, undefined) : undefined,
  });
  return {
    setup: [],
    operation: make.createExcludeConstraint(
      draw.name(),
      table.name,
      [
        draw.pick<[string, string] | { column: string; operator: string; opclass: string }>(
          [table.key, "="],
          { column: table.key, operator: "=", opclass: "gist_int8_ops" },
        ),
        ...(number === undefined ? [] : [[number, "<>"] as const]),
        ...(draw.rarely(2)
          ? [[columnSql("int8range(", table.key, `, ${quoteIdentifier(table.key)})`), "&&"] as const]
          : []),
      ],
      {
        using: "gist",
        ...options,
        ...(draw.rarely(2) ? { where: columnSql("", table.key, " > 0") } : {}),
        ...table.schema,
      },
    ),
  };
}

/** On a table that has no key yet. */
const createPrimaryKey: OperationGenerator = (draw) => {
  const table = draw.name();
  const schema = draw.inSchema();
  const columns = [draw.name(), draw.name()];
  const deferrable = draw.flag();
  return {
    setup: [
      make.createTable(table, {
        columns: columns.map((name) => ({ name, type: "integer", nullable: false })),
        ...schema,
      }),
    ],
    operation: make.createPrimaryKey(draw.name(), table, draw.some(columns, 1, 1), {
      ...given({
        deferrable,
        initially: deferrable === true ? draw.pick("deferred" as const, "immediate" as const) : undefined,
      }),
      ...(draw.rarely(4) ? { include: columns.slice(0, 1) } : {}),
      ...schema,
    }),
  };
};

function commentTable(draw: Draw, table: RandomTable): OperationCase {
  const existing = draw.text();
  const hadOne = draw.rarely(2);
  return {
    setup: [
      hadOne
        ? make.createTableComment(table.name, existing, table.schema)
        : make.dropTableComment(table.name, table.schema),
    ],
    operation: make.createTableComment(table.name, draw.text(), {
      ...table.schema,
      existingComment: hadOne ? existing : null,
    }),
  };
}

function dropTableComment(draw: Draw, table: RandomTable): OperationCase {
  const existingComment = draw.text();
  return {
    setup: [make.createTableComment(table.name, existingComment, table.schema)],
    operation: make.dropTableComment(table.name, { ...table.schema, existingComment }),
  };
}

const constraints: readonly Alteration[] = [
  createUniqueConstraint,
  createCheckConstraint,
  createForeignKey,
  createExcludeConstraint,
];

function namedConstraint(
  draw: Draw,
  table: RandomTable,
): { readonly setup: OperationCase; readonly name: string } {
  const setup = draw.pick(...constraints)(draw, table);
  const { operation } = setup;
  return {
    setup,
    name:
      "constraint" in operation && typeof operation.constraint === "object"
        ? String(operation.constraint.name)
        : "",
  };
}

function renameConstraint(draw: Draw, table: RandomTable): OperationCase {
  const { setup, name } = namedConstraint(draw, table);
  return {
    setup: [...setup.setup, setup.operation],
    operation: make.renameConstraint(table.name, name, draw.name(), table.schema),
  };
}

function validateConstraint(draw: Draw, table: RandomTable): OperationCase {
  const name = draw.name();
  const condition = columnSql("", table.key, " > 0");
  return {
    setup: [make.createCheckConstraint(name, table.name, condition, { notValid: true, ...table.schema })],
    operation: make.validateConstraint(name, table.name, table.schema),
  };
}

/** Several alterations that leave one another alone, first perhaps that of the last column. */
const batchAlterTable: OperationGenerator = (draw) => {
  const table = randomTable(draw);
  const last = draw.rarely(2) ? [dropping((own) => addColumn(own, table))(draw)] : [];
  const chosen = draw.some(
    [
      addColumn,
      addColumn,
      createIndex,
      createUniqueConstraint,
      createCheckConstraint,
      createForeignKey,
      commentTable,
    ],
    1,
    5,
  );
  const schema = table.schema.schema;
  const cases = [...last, ...chosen.map((alteration) => alteration(draw, table))];
  return {
    setup: [table.operation, ...cases.flatMap(({ setup }) => setup)],
    operation: {
      kind: "batchAlterTable",
      table: table.name,
      ...given({ schema, recreate: draw.pick("auto" as const, "always" as const, undefined) }),
      operations: cases.map(({ operation }) => operation as AlterationOperation),
    },
  };
};

/** Cases of operations on columns, indexes and constraints. */
export const alterationCases = {
  addColumn: onTable(addColumn),
  dropColumn: dropping(onTable(addColumn)),
  alterColumn: (draw: Draw) => onTable(draw.rarely(4) ? alterIdentity : alterColumn)(draw),
  createIndex: onTable(createIndex),
  dropIndex: dropping(onTable(createIndex)),
  createPrimaryKey,
  createForeignKey: onTable(createForeignKey),
  createUniqueConstraint: onTable(createUniqueConstraint),
  createCheckConstraint: onTable(createCheckConstraint),
  createExcludeConstraint: onTable(createExcludeConstraint),
  dropConstraint: (draw: Draw) =>
    dropping(draw.rarely(5) ? createPrimaryKey : onTable(draw.pick(...constraints)))(draw),
  validateConstraint: onTable(validateConstraint),
  renameConstraint: onTable(renameConstraint),
  createTableComment: onTable(commentTable),
  dropTableComment: onTable(dropTableComment),
  batchAlterTable,
} as const;
