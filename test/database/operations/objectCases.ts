import type { DefaultArgument } from "../../../src/operations/arguments";
import type { Operation } from "../../../src/operations/operation";
import type { MovableObject } from "../../../src/operations/schema/schema";
import type { SequenceOptions } from "../../../src/operations/sequence/sequence";
import { sql, type SqlFragment } from "../../../src/operations/sqlFragment";
import { quoteIdentifier, quoteQualifiedName } from "../../../src/sql/quote";
import { dropping } from "./alterationCases";
import { columnSql, given, type Draw } from "./draw";
import type { OperationCase } from "./operationCase";
import { make, names, randomTable, type RandomTable } from "./randomTable";

const words = ["sad", "it's", "Happy!", "", "back\\slash", "so so", "ü", "null", ":x", "__proto__", "1"];

function createEnum(
  draw: Draw,
): OperationCase & { readonly name: string; readonly values: readonly string[] } {
  const name = draw.name();
  const values = draw.some(words, 1);
  return {
    setup: [],
    name,
    values,
    operation: make.createEnum(name, values, {
      ...draw.inSchema(),
      ...(draw.rarely(4) ? { ifNotExists: true } : {}),
    }),
  };
}

function addEnumValue(draw: Draw): OperationCase {
  const made = createEnum(draw);
  const near = draw.pick(...made.values);
  return {
    setup: [made.operation],
    operation: make.addEnumValue(made.name, "new one's", {
      ...draw.inSchema(),
      ...draw.pick({}, { before: near }, { after: near }),
      ...(draw.rarely(3) ? { ifNotExists: true } : {}),
    }),
  };
}

function renameEnumValue(draw: Draw): OperationCase {
  const made = createEnum(draw);
  return {
    setup: [made.operation],
    operation: make.renameEnumValue(made.name, draw.pick(...made.values), "another", draw.inSchema()),
  };
}

/** Columns of the type, scalar and array, with a default or without. */
function replaceEnum(draw: Draw): OperationCase {
  const name = draw.name();
  const schema = draw.inSchema();
  const type = quoteQualifiedName(draw.place.schema, name);
  const table = draw.name();
  const [one, many] = [draw.name(), draw.name()];
  const kept = draw.some(words.slice(0, 6), 1);
  const renamed = draw.some(words.slice(6), 0, 2);
  const mapping = Object.fromEntries(
    renamed.filter((word) => word !== "__proto__").map((word) => [word, `${word} now`]),
  );
  const was = [...kept, ...renamed];
  const values = [
    ...(draw.rarely(2) ? ["first"] : []),
    ...was.map((value) => (Object.hasOwn(mapping, value) ? String(mapping[value]) : value)),
  ].reverse();
  const hasDefault = draw.rarely(2);
  const before = draw.pick(...kept);
  const after = draw.pick(...values);
  const listed = (value: string): DefaultArgument => [value, value];
  return {
    setup: [
      make.createEnum(name, was, schema),
      make.createTable(table, {
        columns: [
          { name: one, type, ...(hasDefault ? { default: before } : {}) },
          { name: many, type: `${type}[]`, ...(hasDefault ? { default: listed(before) } : {}) },
        ],
        schema: draw.place.schema,
      }),
      ...(draw.rarely(2) ? [make.createIndex(draw.name(), table, [one], { schema: draw.place.schema })] : []),
    ],
    operation: make.replaceEnum(name, values, {
      ...schema,
      mapping,
      was,
      columns: [
        {
          table,
          column: one,
          ...draw.inSchema(),
          ...(hasDefault ? { default: after, existingDefault: before } : {}),
        },
        {
          table,
          column: many,
          array: true,
          ...draw.inSchema(),
          ...(hasDefault ? { default: listed(after), existingDefault: listed(before) } : {}),
        },
      ],
    }),
  };
}

function createDomain(draw: Draw): OperationCase {
  const base = draw.pick(
    { type: "text", default: "it's", check: "VALUE <> ''", collation: "C" },
    { type: "integer", default: -5, check: "VALUE > -10", collation: undefined },
    { type: "numeric(10, 2)", default: sql`1 + 1`, check: "VALUE BETWEEN 0 AND 10", collation: undefined },
    { type: "text[]", default: ["a b"], check: "cardinality(VALUE) > 0", collation: undefined },
    { type: "jsonb", default: [1], check: "jsonb_typeof(VALUE) = 'array'", collation: undefined },
  );
  return {
    setup: [],
    operation: make.createDomain(draw.name(), base.type, {
      ...given({
        default: draw.maybe(base.default),
        collation: draw.maybe(base.collation),
        nullable: draw.pick(false, undefined),
        checks: draw.pick(
          [],
          [{ condition: sql.raw(base.check) }],
          [{ name: draw.name(), condition: sql.raw(base.check) }],
        ),
      }),
      ...draw.inSchema(),
    }),
  };
}

function fullName(draw: Draw, name: string): string {
  return quoteQualifiedName(draw.place.schema, name);
}

function selectOf(draw: Draw, table: RandomTable): SqlFragment {
  const from = fullName(draw, table.name);
  const list = [table.key, ...names(draw.some(table.columns))].map(quoteIdentifier).join(", ");
  return draw.pick(
    sql.raw(`SELECT ${list} FROM ${from}`),
    sql.raw(`SELECT ${list} FROM ${from} WHERE ${quoteIdentifier(table.key)} > 5 -- not all`),
    sql`SELECT ${sql.raw(list)} FROM ${sql.raw(from)} WHERE ${sql.identifier(table.key)}::text <> ${draw.text()};`,
    sql.raw(`\n    SELECT ${list}\n    FROM ${from}\n  `),
  );
}

function createView(draw: Draw): OperationCase {
  const table = randomTable(draw);
  return {
    setup: [table.operation],
    operation: make.createView(draw.name(), selectOf(draw, table), {
      ...draw.inSchema(),
      ...(draw.rarely(3) ? { columns: [draw.name()] } : {}),
      ...(draw.rarely(3) ? { with: { security_barrier: true } } : {}),
      ...(draw.rarely(3) ? { checkOption: draw.pick("local" as const, "cascaded" as const) } : {}),
    }),
  };
}

function replaceView(draw: Draw): OperationCase {
  const table = randomTable(draw);
  const name = draw.name();
  const schema = draw.inSchema();
  const from = sql.raw(`SELECT ${quoteIdentifier(table.key)} FROM ${fullName(draw, table.name)}`);
  const options = (): { with?: { security_barrier: boolean }; checkOption?: "local" | "cascaded" } => ({
    ...(draw.rarely(3) ? { with: { security_barrier: draw.pick(true, false) } } : {}),
    ...(draw.rarely(3) ? { checkOption: draw.pick("local" as const, "cascaded" as const) } : {}),
  });
  const was = {
    query: sql`${from} WHERE ${sql.identifier(table.key)} > ${draw.number(-5, 5)}`,
    ...options(),
  };
  const { query, ...before } = was;
  return {
    setup: [table.operation, make.createView(name, query, { ...before, ...schema })],
    operation: make.replaceView(name, from, { ...options(), ...schema, was }),
  };
}

function createMaterializedView(draw: Draw): OperationCase {
  const table = randomTable(draw);
  return {
    setup: [table.operation],
    operation: make.createMaterializedView(draw.name(), selectOf(draw, table), {
      ...draw.inSchema(),
      ...(draw.rarely(3) ? { columns: [draw.name()] } : {}),
      ...(draw.rarely(3) ? { with: { fillfactor: 70 } } : {}),
      ...(draw.rarely(3) ? { using: "heap" } : {}),
      ...(draw.rarely(3) ? { withData: false } : {}),
      ...(draw.rarely(3) ? { ifNotExists: true } : {}),
    }),
  };
}

function refreshMaterializedView(draw: Draw): OperationCase {
  const name = draw.name();
  return {
    setup: [make.createMaterializedView(name, sql`SELECT 1 AS a`, { schema: draw.place.schema })],
    operation: make.refreshMaterializedView(name, {
      ...draw.inSchema(),
      ...(draw.rarely(2) ? { withData: false } : {}),
    }),
  };
}

function sequenceOptions(draw: Draw): SequenceOptions {
  return draw.pick<SequenceOptions>(
    {},
    { as: "integer" },
    { as: "smallint", maxValue: 100 },
    { start: 1000, increment: 5 },
    { increment: -1, minValue: -100, maxValue: -1, start: -1, cycle: true },
    { minValue: null, maxValue: null, cache: 10, cycle: false },
    { maxValue: "9223372036854775806" },
  );
}

function createSequence(draw: Draw): OperationCase {
  const table = randomTable(draw);
  const isOwned = draw.rarely(3);
  return {
    setup: isOwned ? [table.operation] : [],
    operation: make.createSequence(draw.name(), {
      ...sequenceOptions(draw),
      // An owned sequence has to be in the schema of its table.
      ...(isOwned ? { ownedBy: { table: table.name, column: table.key, ...table.schema } } : {}),
      ...draw.inSchema(),
      ...(draw.rarely(4) ? { ifNotExists: true } : {}),
    }),
  };
}

const ordinarySequence = {
  as: "bigint",
  start: 1,
  increment: 1,
  minValue: null,
  maxValue: null,
  cache: 1,
  cycle: false,
} as const;

/** `was` says for each option what the sequence had, be it PostgreSQL's own. */
function alterSequence(draw: Draw): OperationCase {
  const name = draw.name();
  const changes = draw.pick<SequenceOptions>(
    { increment: 10 },
    { start: 50, maxValue: 99, cycle: true },
    { minValue: 1, cache: 20 },
    { as: "integer" },
    { as: "integer", cache: 3, increment: 2 },
  );
  const was = Object.fromEntries(Object.entries(ordinarySequence).filter(([key]) => key in changes));
  return {
    setup: [make.createSequence(name, draw.inSchema())],
    operation: make.alterSequence(name, { ...changes, ...draw.inSchema(), was }),
  };
}

interface Routine {
  readonly arguments: string;
  readonly definition: SqlFragment;
  readonly procedure?: true;
}

function randomRoutine(draw: Draw): Routine {
  return draw.pick<Routine>(
    { arguments: "", definition: sql`RETURNS integer LANGUAGE sql AS 'SELECT 1'` },
    {
      arguments: "amount numeric(10, 2), rate numeric DEFAULT round(0.2, 1)",
      definition: sql`RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT amount * rate $$`,
    },
    {
      arguments: "a integer[] = ARRAY[1, 2], b text DEFAULT 'x, (y'",
      definition: sql`RETURNS text LANGUAGE plpgsql AS $body$\nBEGIN\n  RETURN b || '\\n;';\nEND\n$body$`,
    },
    {
      arguments: 'IN "two words" text, OUT result text',
      definition: sql`LANGUAGE sql AS $$ SELECT "two words" $$`,
    },
    {
      arguments: "VARIADIC list text[] DEFAULT '{}'",
      definition: sql`RETURNS SETOF text LANGUAGE sql AS 'SELECT unnest(list)'`,
    },
    {
      arguments: "double precision, character varying = 'a=b', timestamp(3) with time zone DEFAULT now()",
      definition: sql`RETURNS boolean LANGUAGE sql RETURN true`,
    },
    {
      arguments: "INOUT n integer DEFAULT 1 + 1",
      procedure: true,
      definition: sql`LANGUAGE sql AS ${sql.raw("'SELECT n'")}`,
    },
    {
      arguments: "state bigint, next text DEFAULT NULL::text",
      definition: sql`RETURNS TABLE (a bigint, b text) STABLE LANGUAGE sql\nBEGIN ATOMIC\n  SELECT state, next;\nEND`,
    },
  );
}

function createFunction(draw: Draw): OperationCase {
  const { definition, ...identity } = randomRoutine(draw);
  const name = draw.name();
  const schema = draw.inSchema();
  if (identity.arguments === "" && draw.rarely(2)) {
    return {
      setup: [make.createFunction(name, definition, schema)],
      operation: make.createFunction(name, sql`RETURNS integer LANGUAGE sql STABLE AS 'SELECT 2'`, {
        orReplace: true,
        was: definition,
        ...schema,
      }),
    };
  }
  return { setup: [], operation: make.createFunction(name, definition, { ...identity, ...schema }) };
}

function createNewFunction(draw: Draw): OperationCase {
  const { definition, ...identity } = randomRoutine(draw);
  return {
    setup: [],
    operation: make.createFunction(draw.name(), definition, { ...identity, ...draw.inSchema() }),
  };
}

function createTrigger(draw: Draw): OperationCase {
  const table = randomTable(draw);
  const name = draw.name();
  const body = sql`RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`;
  const call = `EXECUTE FUNCTION ${fullName(draw, name)}('it''s', 5)`;
  const column = quoteIdentifier(draw.pick(...names(table.columns)));
  const { event, action, constraint } = draw.pick<{ event: string; action: string; constraint?: boolean }>(
    { event: "BEFORE INSERT OR UPDATE", action: `FOR EACH ROW ${call}` },
    {
      event: `BEFORE UPDATE OF ${column}`,
      action: `FOR EACH ROW\n  WHEN (OLD.${column} IS NULL)\n  ${call}`,
    },
    { event: "AFTER DELETE", action: `REFERENCING OLD TABLE AS gone FOR EACH STATEMENT ${call}` },
    { event: "AFTER INSERT", action: `DEFERRABLE INITIALLY DEFERRED FOR EACH ROW ${call}`, constraint: true },
  );
  return {
    setup: [table.operation, make.createFunction(name, body, { schema: draw.place.schema })],
    operation: make.createTrigger(draw.name(), table.name, {
      event: draw.rarely(2) ? event : sql.raw(event),
      action,
      ...(constraint === true ? { constraint } : {}),
      ...table.schema,
    }),
  };
}

function rowLevelSecurity(
  kind: "enableRowLevelSecurity" | "disableRowLevelSecurity",
): (draw: Draw) => OperationCase {
  return (draw) => {
    const table = randomTable(draw);
    const options = { ...table.schema, ...(draw.rarely(2) ? { force: true } : {}) };
    const before =
      kind === "enableRowLevelSecurity" ? [] : [make.enableRowLevelSecurity(table.name, options)];
    return { setup: [table.operation, ...before], operation: make[kind](table.name, options) };
  };
}

function createPolicy(draw: Draw): OperationCase {
  const table = randomTable(draw);
  const command = draw.pick(
    "all" as const,
    "select" as const,
    "insert" as const,
    "update" as const,
    "delete" as const,
    undefined,
  );
  const condition = (): SqlFragment =>
    draw.pick(columnSql("", table.key, " = 1"), sql`current_setting(${"app.user"}, true) = ${draw.text()}`);
  return {
    setup: [table.operation],
    operation: make.createPolicy(draw.name(), table.name, {
      ...given({
        as: draw.pick("permissive" as const, "restrictive" as const, undefined),
        for: command,
        to: draw.pick(["public"], ["current_user"], ["pg_monitor", "session_user"], undefined),
        using: command === "insert" ? undefined : draw.maybe(condition()),
        withCheck: command === "select" || command === "delete" ? undefined : draw.maybe(condition()),
      }),
      ...table.schema,
    }),
  };
}

/** A schema beside those of the case. */
/** The end of a name tells it from others. */
function ownSchema(draw: Draw): string {
  return `${draw.place.schema} ${draw.name().slice(-32)}`;
}

function createSchema(draw: Draw): OperationCase {
  return {
    setup: [],
    operation: make.createSchema(ownSchema(draw), {
      ...(draw.rarely(3) ? { ifNotExists: true } : {}),
      ...(draw.rarely(3) ? { authorization: "current_user" } : {}),
    }),
  };
}

function createExtension(draw: Draw): OperationCase {
  return {
    setup: [],
    operation: make.createExtension(draw.place.extension, {
      ...(draw.rarely(2) ? { schema: draw.place.schema } : {}),
      ...(draw.rarely(2) ? { ifNotExists: true } : {}),
    }),
  };
}

/** One object of each kind that can be renamed or moved, with its name. */
const nameable: {
  readonly [Kind in MovableObject | "index"]: (draw: Draw) => {
    readonly setup: readonly Operation[];
    readonly name: string;
  };
} = {
  table: (draw) => {
    const name = draw.name();
    return {
      name,
      setup: [
        make.createTable(name, {
          columns: [{ name: draw.name(), type: "serial", primaryKey: true }],
          schema: draw.place.schema,
        }),
      ],
    };
  },
  index: (draw) => {
    const [table, column, name] = [draw.name(), draw.name(), draw.name()];
    const schema = { schema: draw.place.schema };
    return {
      name,
      setup: [
        make.createTable(table, { columns: [{ name: column, type: "text" }], ...schema }),
        make.createIndex(name, table, [column], schema),
      ],
    };
  },
  view: (draw) => named(draw, (name, schema) => make.createView(name, sql`SELECT 1 AS a`, schema)),
  "materialized view": (draw) =>
    named(draw, (name, schema) => make.createMaterializedView(name, sql`SELECT 1 AS a`, schema)),
  sequence: (draw) => named(draw, (name, schema) => make.createSequence(name, schema)),
  type: (draw) => named(draw, (name, schema) => make.createEnum(name, ["a"], schema)),
  domain: (draw) => named(draw, (name, schema) => make.createDomain(name, "text", schema)),
  extension: (draw) => ({
    name: draw.place.extension,
    setup: [make.createExtension(draw.place.extension, { schema: draw.place.schema })],
  }),
};

function named(
  draw: Draw,
  create: (name: string, schema: { readonly schema: string }) => Operation,
): { readonly setup: readonly Operation[]; readonly name: string } {
  const name = draw.name();
  return { name, setup: [create(name, { schema: draw.place.schema })] };
}

function renameObject(draw: Draw): OperationCase {
  const object = draw.pick("index", "view", "materialized view", "sequence", "type", "domain", "schema");
  if (object === "schema") {
    const name = ownSchema(draw);
    return { setup: [make.createSchema(name)], operation: make.renameSchema(name, ownSchema(draw)) };
  }
  const { setup, name } = nameable[object](draw);
  const method = {
    index: "renameIndex",
    view: "renameView",
    "materialized view": "renameMaterializedView",
    sequence: "renameSequence",
    type: "renameType",
    domain: "renameDomain",
  } as const;
  return { setup, operation: make[method[object]](name, draw.name(), draw.inSchema()) };
}

function setSchema(draw: Draw): OperationCase {
  const object = draw.pick("table", "view", "materialized view", "sequence", "type", "domain", "extension");
  const { setup, name } = nameable[object](draw);
  return {
    setup,
    operation: make.setSchema(object, name, draw.place.otherSchema, { schema: draw.place.schema }),
  };
}

/** Cases of operations on types, views and all other objects. */
export const objectCases = {
  createEnum,
  dropEnum: dropping(createEnum),
  addEnumValue,
  renameEnumValue,
  replaceEnum,
  createDomain,
  dropDomain: dropping(createDomain),
  createView,
  replaceView,
  dropView: dropping(createView),
  createMaterializedView,
  dropMaterializedView: dropping(createMaterializedView),
  refreshMaterializedView,
  createSequence,
  alterSequence,
  dropSequence: dropping(createSequence),
  createFunction,
  dropFunction: dropping(createNewFunction),
  createTrigger,
  dropTrigger: dropping(createTrigger),
  enableRowLevelSecurity: rowLevelSecurity("enableRowLevelSecurity"),
  disableRowLevelSecurity: rowLevelSecurity("disableRowLevelSecurity"),
  createPolicy,
  dropPolicy: dropping(createPolicy),
  createSchema,
  dropSchema: (draw: Draw): OperationCase => {
    const name = ownSchema(draw);
    return {
      setup: [make.createSchema(name)],
      operation: make.dropSchema(name, draw.rarely(2) ? { ifExists: true } : {}),
    };
  },
  createExtension,
  dropExtension: dropping(createExtension),
  renameObject,
  setSchema,
} as const;
