import { entitySet, type EntitySet } from "../support/entitySet";
import { oneTable } from "./columnSets";

/** What public reports about TypeORM's `migration:generate` say that it proposes again and again. */
export const reportedSets: readonly EntitySet[] = [
  entitySet(
    "defaults of every type in the words of reports",
    oneTable({
      created: { type: "timestamp", precision: 6, default: () => "now()" },
      createdAt: { type: "timestamp", precision: 3, default: () => "CURRENT_TIMESTAMP(3)" },
      createdZ: { type: "timestamp with time zone", precision: 3, default: () => "now()" },
      createdUtc: { type: "timestamp", default: () => "timezone('utc'::text, now())" },
      onUpdate: { type: "timestamptz", default: () => "CURRENT_TIMESTAMP", onUpdate: "CURRENT_TIMESTAMP" },
      day: { type: "date", default: () => "('now'::text)::date" },
      generated: { type: "uuid", default: () => "uuid_generate_v4()" },
      upper: { type: "text", default: () => "NOW()::TEXT" },
      zero: { type: "numeric", precision: 20, scale: 10, default: "0.0000000000" },
      one: { type: "decimal", precision: 12, scale: 2, default: "1.00" },
      unsigned: { type: "bigint", unsigned: true, default: "0" },
      small: { type: "smallint", default: "1" },
      big: { type: "bigint", default: () => "'0'::bigint" },
      huge: { type: "bigint", default: "-9223372036854775808" },
      minutes: { type: "interval", default: "5 minutes" },
      zeroInterval: { type: "interval", default: () => "'00:00:00'::interval" },
      iso: { type: "interval", default: "P1DT2H" },
      bits: { type: "bit", default: () => "B'0'" },
      mask: { type: "bit varying", length: 8, default: () => "B'1010'" },
      price: { type: "money", default: 0 },
      tax: { type: "money", default: () => "'$1,234.50'" },
      mail: { type: "citext", default: "None@Example.org" },
      path: { type: "ltree", default: "Top.Science" },
      words: { type: "tsvector", default: () => "to_tsvector('simple', '')" },
      query: { type: "tsquery", nullable: true, default: () => "'a & b'::tsquery" },
      object: { type: "jsonb", default: () => "jsonb_build_object('a', 1)" },
      list: { type: "jsonb", array: true, default: () => "'{}'::jsonb[]" },
      nullList: { type: "jsonb", nullable: true, default: () => "'null'::jsonb" },
      quoted: { type: "jsonb", default: { double: '"', back: "\\" } },
      names: { type: "varchar", length: 32, array: true, default: () => "'{}'::varchar[]" },
      names2: { type: "varchar", array: true, default: () => "ARRAY['it''s', 'b']::character varying[]" },
      matrix: { type: "int", array: true, default: () => "'{{1,2},{3,4}}'" },
      whole: { type: "int4range", default: () => "'[1,10)'" },
      open: { type: "tstzrange", default: () => "tstzrange(now(), NULL, '[)')" },
      blob: { type: "bytea", default: () => "'\\x00ff'::bytea" },
      blobText: { type: "bytea", default: () => "''" },
      document: { type: "xml", nullable: true, default: () => "'<a/>'" },
      net: { type: "cidr", default: "10.0.0.0/8" },
      host: { type: "inet", default: () => "'::1'" },
      letter: { type: "char", default: "N" },
      padded: { type: "character", length: 5, default: "ab" },
      flag: { type: "boolean", default: () => "FALSE" },
      flagText: { type: "bool", default: () => "'f'" },
      nan: { type: "double precision", default: () => "'NaN'" },
      tiny: { type: "real", default: 1e-7 },
      point: { type: "point", default: () => "point(0, 0)" },
      time: { type: "time", precision: 0, default: () => "'09:00:00'" },
      timetz: { type: "timetz", default: "09:00+02" },
      dated: { type: "timestamptz", default: () => "'2020-01-01'" },
      epoch: { type: "timestamptz", default: () => "to_timestamp(0)" },
      epoch2: { type: "timestamp", default: () => "'epoch'::timestamp" },
      infinite: { type: "timestamptz", default: "infinity" },
      enumerated: { type: "enum", enum: ["it's", 'a "b"', "c,d", "{e}", ""], default: "c,d" },
      enumeratedList: { type: "enum", enum: ["it's", "ok"], array: true, default: ["ok"] },
      simple: { type: "simple-enum", enum: ["a-b", "A-B"], default: "A-B" },
      simpleArray: { type: "simple-array", default: "a,b" },
      simpleJson: { type: "simple-json", default: () => "'{}'" },
    }),
    { setup: 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"' },
  ),
  entitySet(
    "names with every odd character",
    ({
      entity,
      typeorm: {
        Check,
        Column,
        Index,
        JoinColumn,
        JoinTable,
        ManyToMany,
        ManyToOne,
        PrimaryGeneratedColumn,
        Unique,
      },
    }) => {
      const User: new () => object = entity(
        "User",
        "User Accounts",
        {
          id: PrimaryGeneratedColumn("uuid", { name: "User ID" }),
          mail: Column("text", { name: "E-Mail", comment: 'it\'s "the" mail\\' }),
          state: Column({ type: "enum", enum: ["On", "off"], name: "Current State", default: "On" }),
          select: Column("int", { name: "select", default: 0 }),
          dollar: Column("int", { name: "a$b", nullable: true }),
          percent: Column("int", { name: "100%", nullable: true }),
          umlaut: Column("int", { name: "größe", nullable: true }),
          colon: Column("int", { name: "a:b", nullable: true }),
        },
        Index("IX User.Mail", ["mail"], { unique: true, where: `"E-Mail" <> ''` }),
        Unique("UQ: a", ["select", "dollar"]),
        Check("CK 100%", `"100%" >= 0`),
      );
      return [
        User,
        entity("Group", "order", {
          id: PrimaryGeneratedColumn("identity"),
          owner: [
            ManyToOne(() => User),
            JoinColumn({ name: "Owner's ID", foreignKeyConstraintName: "FK of Owner" }),
          ],
          members: [ManyToMany(() => User), JoinTable({ name: "order members" })],
        }),
      ];
    },
  ),
  entitySet(
    "generated columns of every kind",
    oneTable({
      first: { type: "varchar", length: 50, nullable: true },
      last: { type: "varchar", length: 50, nullable: true },
      data: { type: "jsonb", default: {} },
      full: {
        type: "text",
        generatedType: "STORED",
        asExpression: `COALESCE("first", '') || ' ' || COALESCE("last", '')`,
        nullable: true,
      },
      short: {
        type: "varchar",
        length: 3,
        generatedType: "STORED",
        asExpression: `substr("first", 1, 3)`,
        nullable: true,
      },
      search: {
        type: "tsvector",
        generatedType: "STORED",
        asExpression: `setweight(to_tsvector('simple'::regconfig, coalesce("first", '')), 'A') ||\n  to_tsvector('english', coalesce("last", ''))`,
        nullable: true,
      },
      age: { type: "int", generatedType: "STORED", asExpression: `(data->>'age')::int`, nullable: true },
      price: {
        type: "numeric",
        precision: 10,
        scale: 2,
        generatedType: "STORED",
        asExpression: `round(((data ->> 'price')::numeric) * 1.19, 2)`,
        nullable: true,
      },
      isKnown: {
        type: "boolean",
        generatedType: "STORED",
        asExpression: `CASE WHEN "first" IS NULL THEN FALSE ELSE TRUE END`,
        nullable: true,
      },
    }),
  ),
  entitySet(
    "enums that tables and schemas share",
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => {
      const state = { type: "enum", enum: ["draft", "live's"], enumName: "State Of It" } as const;
      return [
        entity("A", "a", {
          id: PrimaryGeneratedColumn(),
          state: Column({ ...state, default: "draft" }),
          states: Column({ ...state, array: true, default: ["draft"] }),
        }),
        entity("B", "b", { id: PrimaryGeneratedColumn(), state: Column({ ...state, nullable: true }) }),
        entity(
          "C",
          { name: "c", schema: "other" },
          { id: PrimaryGeneratedColumn(), state: Column({ ...state, default: "draft" }) },
        ),
        entity(
          "D",
          { name: "a", schema: "other" },
          { id: PrimaryGeneratedColumn(), kind: Column({ type: "enum", enum: ["x"], default: "x" }) },
        ),
      ];
    },
    { synchronizeSetup: "CREATE SCHEMA other" },
  ),
  entitySet(
    "uniques and indexes in the words of reports",
    ({
      entity,
      typeorm: { Column, Index, JoinColumn, ManyToOne, OneToOne, PrimaryGeneratedColumn, Unique },
    }) => {
      const User: new () => object = entity(
        "User",
        "users",
        {
          id: PrimaryGeneratedColumn("uuid"),
          email: [Column("citext", { unique: true, nullable: true }), Index()],
          phone: [
            Column("varchar", { length: 20, nullable: true }),
            Index({ unique: true, where: "phone IS NOT NULL" }),
          ],
          deletedAt: Column("timestamptz", { nullable: true, name: "deleted_at" }),
          kind: Column({ type: "enum", enum: ["a", "b"], default: "a" }),
          tags: Column("text", { array: true, default: [] }),
          data: Column("jsonb", { nullable: true }),
        },
        Index(["email", "kind"], { unique: true, where: `"deleted_at" IS NULL AND kind = 'a'` }),
        Index("ix_kind_in", ["kind"], { where: `kind IN ('a', 'b') and "deleted_at" is null` }),
        Index("ix_json", ["phone"], { where: `(data->>'x')::int > 5 AND phone LIKE '+49%'` }),
        Index("ix_date", ["kind"], { where: `deleted_at > '2020-01-01'::timestamptz` }),
        Index("ix_any", ["kind"], { where: `email = ANY(ARRAY['a','b']::citext[])` }),
        Index("ix_not", ["email"], { where: `NOT (phone = '' OR phone IS NULL)` }),
        Index("ix_between", ["email"], { where: `length(phone) BETWEEN 1 AND 5` }),
        Unique(["phone", "kind"]),
      );
      return [
        User,
        entity("Profile", "profiles", {
          id: PrimaryGeneratedColumn({ type: "bigint", unsigned: true }),
          user: [OneToOne(() => User, { nullable: true, onDelete: "SET NULL" }), JoinColumn()],
          other: [
            ManyToOne(() => User, {
              deferrable: "INITIALLY DEFERRED",
              onUpdate: "NO ACTION",
              onDelete: "RESTRICT",
            }),
            JoinColumn({ name: "other_id" }),
            Index(),
          ],
        }),
      ];
    },
  ),
];
