import { entitySet, type EntitySet } from "../support/entitySet";
import { oneTable } from "./columnSets";

/** A type with a length, as that of the extension `vector`, which test machines don't have. */
const vectorLike = ["vector", "halfvec"]
  .map(
    (name) => `CREATE TYPE ${name};
CREATE FUNCTION ${name}_in(cstring) RETURNS ${name} LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION ${name}_out(${name}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE ${name} (INPUT = ${name}_in, OUTPUT = ${name}_out, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, LIKE = text);`,
  )
  .join("\n");

const day = new Date(Date.UTC(2024, 1, 29, 12, 30));

/** Defaults, lengths and decorators of columns that the other sets leave out. */
export const moreColumnSets: readonly EntitySet[] = [
  entitySet(
    "odd literal defaults",
    oneTable({
      empty: { type: "text", default: "" },
      blank: { type: "varchar", default: " " },
      slash: { type: "text", default: "a\\b" },
      newline: { type: "text", default: "a\nb" },
      quotes: { type: "text", default: '"q"' },
      cast: { type: "text", default: "a::b" },
      word: { type: "text", default: "now()" },
      nothing: { type: "text", nullable: true, default: null },
      negative: { type: "int", default: -1 },
      negativeBig: { type: "bigint", default: -9007199254740991 },
      small: { type: "smallint", default: -5 },
      decimal: { type: "numeric", precision: 10, scale: 2, default: -0.5 },
      text: { type: "numeric", default: "1.50" },
      big: { type: "bigint", default: "9223372036854775807" },
      float: { type: "double precision", default: 0.1 },
      exponent: { type: "double precision", default: 1e21 },
      infinite: { type: "real", default: "Infinity" },
      yes: { type: "boolean", default: "true" },
      no: { type: "boolean", default: false },
      day: { type: "date", default: "2024-02-29" },
      at: { type: "timestamp", default: "2024-02-29 12:30:00" },
      atZone: { type: "timestamptz", default: "2024-02-29 12:30:00+00" },
      time: { type: "time", default: "09:00" },
      every: { type: "interval", default: "1 day 02:00:00" },
      id2: { type: "uuid", default: "00000000-0000-0000-0000-000000000000" },
      address: { type: "inet", default: "127.0.0.1" },
      mac: { type: "macaddr", default: "08:00:2b:01:02:03" },
      bits: { type: "bit", length: 3, default: "101" },
      money: { type: "money", default: 12.5 },
      place: { type: "point", default: "(1,2)" },
      letter: { type: "char", length: 1, default: "x" },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "odd defaults of arrays and JSON",
    oneTable({
      none: { type: "text", array: true, default: "{}" },
      texts: { type: "text", array: true, default: ["a", "b c", "d"] },
      numbers: { type: "int", array: true, default: [1, 2, 3] },
      flags: { type: "boolean", array: true, default: "{t,f}" },
      decimals: { type: "numeric", array: true, precision: 6, scale: 2, default: "{1.50,2}" },
      varchars: { type: "varchar", length: 20, array: true, default: ["x"] },
      ids: { type: "uuid", array: true, default: [] },
      days: { type: "date", array: true, default: "{2024-02-29}" },
      states: { type: "enum", enum: ["on", "off", "on hold"], array: true, default: ["on", "off"] },
      expression: { type: "text", array: true, default: () => "ARRAY['a', 'b']" },
      object: { type: "jsonb", default: { b: 1, a: [true, null, "x"], nested: { c: 1.5 } } },
      list: { type: "jsonb", default: [] },
      json: { type: "json", default: { a: 1 } },
      spaced: { type: "json", default: () => `'{ "a" : 1 }'` },
      text: { type: "jsonb", default: () => `'"text"'` },
      keys: { type: "jsonb", default: { 2: "b", 1: "a" } },
      cast: { type: "jsonb", default: () => "'{}'::jsonb" },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "defaults by functions",
    oneTable({
      a: { type: "timestamptz", default: () => "CURRENT_TIMESTAMP" },
      b: { type: "timestamptz", default: () => "CURRENT_TIMESTAMP(3)" },
      c: { type: "timestamp", default: () => "LOCALTIMESTAMP" },
      d: { type: "time", default: () => "LOCALTIME(0)" },
      e: { type: "timestamp", default: () => "(now() at time zone 'utc')" },
      f: { type: "timestamptz", default: () => "now() - interval '1 hour'" },
      g: { type: "text", default: () => "'a' || 'b'" },
      h: { type: "text", default: () => "lower('A')" },
      i: { type: "text", default: () => "CURRENT_USER" },
      j: { type: "int", default: () => "(1 + 1) * 2" },
      k: { type: "boolean", default: () => "(NOT true)" },
      l: { type: "boolean", default: () => "(1 IS NOT NULL)" },
      m: { type: "text", default: () => "CASE WHEN true THEN 'x' ELSE 'y' END" },
      n: { type: "text", nullable: true, default: () => "NULL" },
      o: { type: "uuid", default: () => "gen_random_uuid()" },
      p: { type: "text", default: () => "replace(gen_random_uuid()::text, '-', '')" },
      q: { type: "text", default: () => "COALESCE(current_setting('a.b', true), 'none')" },
      r: { type: "int", default: () => "EXTRACT(epoch FROM now())::int" },
      s: { type: "date", default: () => "date_trunc('month', now())::date" },
      t: { type: "text", default: () => "to_char(now(), 'YYYY')" },
      u: { type: "bigint", default: () => "floor(random() * 100)::bigint" },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "a default from a sequence",
    oneTable({ number: { type: "int", default: () => "nextval('numbers')" } }),
    {
      setup: "CREATE SEQUENCE numbers START 100",
    },
  ),
  entitySet("special columns with options", ({ entity, typeorm }) => {
    const {
      Column,
      CreateDateColumn,
      DeleteDateColumn,
      Generated,
      PrimaryColumn,
      UpdateDateColumn,
      VersionColumn,
    } = typeorm;
    return [
      entity("Thing", "thing", {
        id: [PrimaryColumn("uuid"), Generated("uuid")],
        number: [Column("int"), Generated("increment")],
        key: [Column("uuid", { unique: true }), Generated("uuid")],
        createdAt: CreateDateColumn({ precision: 3 }),
        createdOn: CreateDateColumn({ type: "date", default: () => "CURRENT_DATE" }),
        updatedAt: UpdateDateColumn({ type: "timestamptz", precision: 0, name: "updated_at" }),
        deletedAt: DeleteDateColumn({ type: "timestamp with time zone", nullable: true }),
        version: VersionColumn({ default: 1 }),
        hidden: Column({ type: "text", select: false, insert: false, update: false }),
        doubled: Column({
          type: "int",
          transformer: { to: (value: number) => value, from: (value: number) => value },
        }),
      }),
    ];
  }),
  entitySet(
    "types by emitted metadata",
    ({ entity, typeorm: { Column, PrimaryColumn } }) => [
      entity("Thing", "thing", {
        id: PrimaryColumn({ type: String, length: 36 }),
        a: Column({ type: Number }),
        b: Column({ type: Boolean }),
        c: Column({ type: Date }),
        e: Column({ type: String, array: true }),
      }),
    ],
    { only: "0.3" },
  ),
  entitySet(
    "enums of every kind",
    oneTable({
      strings: { type: "enum", enum: { A: "a", B: "b" } },
      numbers: { type: "enum", enum: { 0: "Zero", Zero: 0, One: 1, 1: "One" } },
      mixed: { type: "enum", enum: ["a,b", "c d", "Ünï", "x'y", '"'] },
      short: { type: "simple-enum", enum: ["s", "m"], default: "m" },
      many: { type: "enum", enum: ["r", "w"], array: true, nullable: true },
      manyDefault: { type: "enum", enum: ["r", "w"], array: true, default: ["r"] },
      shared: { type: "enum", enum: ["p", "q"], enumName: "shared_enum" },
      sharedToo: { type: "enum", enum: ["p", "q"], enumName: "shared_enum", default: "q" },
      commented: { type: "enum", enum: ["p"], comment: "an enum" },
      expression: { type: "enum", enum: ["p", "q"], default: () => "'q'" },
    }),
    { only: "1.x" },
  ),
  entitySet(
    "comments of every kind",
    ({ entity, typeorm: { Column, ManyToOne, PrimaryGeneratedColumn } }) => {
      const User: new () => object = entity(
        "User",
        { name: "users", comment: 'people\'s accounts — "all" of them\\ and more' },
        { id: PrimaryGeneratedColumn("uuid", { comment: "key" }) },
      );
      return [
        User,
        entity(
          "Post",
          { name: "posts", comment: "first line\n\nthird line 🎉" },
          {
            id: PrimaryGeneratedColumn({ comment: "it's the key" }),
            author: ManyToOne(() => User),
            body: Column("text", { comment: "${not} `a` template", nullable: true }),
            empty: Column("text", { comment: "", default: "" }),
          },
        ),
      ];
    },
    { only: "1.x", onEmbedded: true },
  ),
  entitySet(
    "a vector and a half vector",
    oneTable({
      a: { type: "vector", length: 3 },
      b: { type: "halfvec", length: 4, nullable: true },
      c: { type: "vector", nullable: true },
    }),
    { setup: vectorLike, only: "1.x" },
  ),
  entitySet(
    "generated columns of many types",
    oneTable({
      first: { type: "text" },
      last: { type: "text" },
      price: { type: "numeric", precision: 10, scale: 2 },
      data: { type: "jsonb", default: {} },
      full: { type: "text", asExpression: `first || ' ' || last`, generatedType: "STORED" },
      upper: {
        type: "varchar",
        length: 100,
        asExpression: `upper("first")`,
        generatedType: "STORED",
        nullable: true,
      },
      cents: { type: "bigint", asExpression: "(price * 100)::bigint", generatedType: "STORED" },
      kind: { type: "text", asExpression: "data ->> 'kind'", generatedType: "STORED", nullable: true },
      search: {
        type: "tsvector",
        asExpression: `setweight(to_tsvector('simple', coalesce(first, '')), 'A') || setweight(to_tsvector('simple', coalesce(last, '')), 'B')`,
        generatedType: "STORED",
        nullable: true,
      },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "keywords as names",
    ({ entity, typeorm: { Column, Index, ManyToOne, PrimaryGeneratedColumn } }) => {
      const User: new () => object = entity(
        "User",
        "user",
        {
          id: PrimaryGeneratedColumn(),
          select: Column("int"),
          from: Column("text", { default: "x" }),
          default: Column("boolean", { default: true }),
          constraint: Column({ type: "enum", enum: ["check", "primary"] }),
        },
        Index(["select", "from"]),
      );
      return [
        User,
        entity("Order", "order", {
          id: PrimaryGeneratedColumn(),
          user: ManyToOne(() => User),
          constructor_: Column("int", { name: "constructor" }),
          proto: Column("int", { name: "__proto__", nullable: true }),
          digits: Column("int", { name: "2fa" }),
        }),
      ];
    },
    { onEmbedded: true },
  ),
  entitySet(
    "a timestamp that is a Date",
    oneTable({ at: { type: "timestamp", default: () => `'${day.toISOString()}'` } }),
  ),
];
