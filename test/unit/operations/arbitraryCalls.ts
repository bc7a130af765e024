import fc from "fast-check";
import type { Operations } from "../../../src/operations/operations";
import { sql } from "../../../src/operations/sqlFragment";
import type { SqlFragment } from "../../../src/operations/sqlFragment";

type Call = (op: Operations) => Promise<void>;

/** An option that is there or not: never `undefined`, as in code that people write. */
function options<Shape extends Record<string, unknown>>(shape: {
  [Key in keyof Shape]: fc.Arbitrary<Shape[Key]>;
}): fc.Arbitrary<Partial<Shape>> {
  return fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<Shape>>;
}

/**
 * Calls of `op` with arguments of every kind.
 *
 * @param anyText of which characters names and texts are, beside usual and awkward ones
 */
export function arbitraryCalls(anyText: fc.Arbitrary<string>): fc.Arbitrary<Call> {
  const usual = fc.constantFrom(
    "users",
    "id",
    "email",
    "created_at",
    "organization_id",
    "status",
    "order",
    "a",
    "User",
  );
  const name = fc.oneof(
    { weight: 6, arbitrary: usual },
    { weight: 1, arbitrary: anyText.filter((value) => value !== "") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("it's", 'say "x"', "1", "__proto__", "constructor", "a.b", "tab\there"),
    },
  );
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
  const text = fc.oneof(
    anyText,
    fc.constantFrom(
      "status = 'active'",
      "a > 0 AND b IS NOT NULL OR c = 'a long text'",
      "line\n  two\n",
      "\\d ` ${x} \r\n",
    ),
  );
  const scalar = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
  const fragment: fc.Arbitrary<SqlFragment> = fc.oneof(
    text.map((value) => sql.raw(value)),
    fc
      .tuple(text, scalar, text, name)
      .map(
        ([before, value, after, identifier]) =>
          sql`${sql.raw(before)}${value}${sql.raw(after)}${sql.identifier(identifier)}${[[1, "x"]]}`,
      ),
  );
  const literal = fc.oneof(
    text,
    fc.integer(),
    fc.boolean(),
    fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null) as fc.Arbitrary<string>,
  );

  const action = fc.constantFrom("cascade", "restrict", "set null", "no action", "set default");
  const references = fc.oneof(
    fc.constant("users.id"),
    fc
      .tuple(
        name,
        options({
          schema: name,
          column: name,
          onDelete: action,
          onUpdate: action,
          name,
          deferrable: fc.boolean(),
        }),
      )
      .map(([table, rest]) => ({ table, ...rest })),
  );
  const source = fc.oneof(
    fc.constant({}),
    literal.map((value) => ({ default: value })),
    fragment.map((value) => ({ default: value })),
    fragment.map((expression) => ({ generatedAs: expression })),
    fragment.map((expression) => ({ generated: { expression, stored: false } })),
  );
  const column = fc
    .tuple(
      fc.constantFrom(
        "text",
        "integer",
        "varchar(50)[]",
        "timestamp(3) with time zone",
        "jsonb",
        '"My Type"',
      ),
      source,
      options({
        nullable: fc.boolean(),
        unique: fc.oneof(fc.boolean(), name),
        references,
        check: fc.oneof(fragment, fc.record({ condition: fragment, name })),
        collation: name,
        comment: text,
      }),
    )
    .map(([type, value, rest]) => ({ type, ...value, ...rest }));

  const createTable: fc.Arbitrary<Call> = fc
    .tuple(
      name,
      fc.uniqueArray(fc.tuple(name, column), { minLength: 1, maxLength: 5, selector: ([key]) => key }),
      fc.nat(4),
      options({ schema: name, comment: text, ifNotExists: fc.boolean() }),
      fc.array(fc.record({ name, condition: fragment }), { maxLength: 2 }),
      fc.option(name, { nil: undefined }),
    )
    .map(([table, columns, at, rest, checks, keyName]) => (op) => {
      const listed = columns.map(([key, options]) => ({ name: key, ...options }));
      const key = listed[at];
      const columnsOfKey = key === undefined || key.nullable === true ? [] : [key.name];
      const uniques = columns.slice(0, 1).map(([first]) => ({ columns: [first] }));
      return op.createTable(table, {
        columns: listed,
        ...rest,
        checks,
        uniques,
        ...(columnsOfKey.length === 0
          ? {}
          : { primaryKey: keyName === undefined ? columnsOfKey : { name: keyName, columns: columnsOfKey } }),
      });
    });

  const element = fc.oneof(
    name,
    fragment,
    fc
      .tuple(
        name,
        options({
          order: fc.constantFrom("asc", "desc"),
          nulls: fc.constantFrom("first", "last"),
          opclass: name,
        }),
      )
      .map(([key, rest]) => ({ column: key, ...rest })),
  );

  return fc.oneof(
    createTable,
    fc.tuple(name, name, column, options({ schema: name, ifNotExists: fc.boolean() })).map(
      ([table, key, definition, rest]): Call =>
        (op) =>
          op.addColumn(table, key, definition, rest),
    ),
    fc
      .tuple(
        name,
        name,
        options({
          nullable: fc.boolean(),
          default: literal,
          comment: text,
          newName: name,
          existingType: name,
          schema: name,
        }),
      )
      .map(
        ([table, key, changes]): Call =>
          (op) =>
            op.alterColumn(table, key, changes),
      ),
    fc
      .tuple(
        name,
        name,
        fc.array(element, { minLength: 1, maxLength: 3 }),
        options({
          unique: fc.boolean(),
          using: name,
          include: names,
          where: fragment,
          concurrently: fc.boolean(),
          schema: name,
        }),
      )
      .map(
        ([index, table, elements, rest]): Call =>
          (op) =>
            op.createIndex(index, table, elements, rest),
      ),
    fc
      .tuple(
        fc.option(name),
        name,
        name,
        names,
        options({ onDelete: action, referentSchema: name, sourceSchema: name }),
      )
      .map(
        ([key, table, other, columns, rest]): Call =>
          (op) =>
            op.createForeignKey(key, table, other, columns, columns, rest),
      ),
    fc.tuple(fc.option(name), name, fragment, options({ notValid: fc.boolean() })).map(
      ([key, table, condition, rest]): Call =>
        (op) =>
          op.createCheckConstraint(key, table, condition, rest),
    ),
    fc
      .tuple(
        name,
        fc.array(fc.dictionary(name, fc.oneof(scalar, fragment), { maxKeys: 4 }), { maxLength: 4 }),
      )
      .map(
        ([table, rows]): Call =>
          (op) =>
            op.bulkInsert(table, rows),
      ),
    fragment.map(
      (statement): Call =>
        (op) =>
          op.execute(statement),
    ),
    text.map(
      (statement): Call =>
        (op) =>
          op.execute(statement),
    ),
    fc.tuple(name, fc.array(text, { maxLength: 12 })).map(
      ([type, values]): Call =>
        (op) =>
          op.createEnum(type, values),
    ),
    fc.tuple(name, names, fc.dictionary(name, name, { maxKeys: 3 }), literal).map(
      ([type, values, mapping, value]): Call =>
        (op) =>
          op.replaceEnum(type, values, { mapping, columns: [{ table: "t", column: "c", default: value }] }),
    ),
    fc.tuple(name, name, options({ schema: name, recreate: fc.constantFrom("always", "never") }), column).map(
      ([table, key, rest, definition]): Call =>
        (op) =>
          op.batchAlterTable(
            table,
            async (batch) => {
              await batch.addColumn(key, definition);
              await batch.dropIndex(key, { concurrently: true });
              await batch.createUniqueConstraint(key, [key]);
            },
            rest,
          ),
    ),
  );
}
