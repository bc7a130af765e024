import type { ColumnOptions } from "typeorm";
import { entityPair, type EntityPair } from "../support/entityPair";
import type { Orm } from "../support/typeorm";

interface Shown {
  readonly expression: string;
  readonly columns: readonly string[];
  readonly materialized?: boolean;
}

/** A table `post`, and a view `shown` over it. */
const shown =
  (points: ColumnOptions, { expression, columns, materialized = false }: Shown) =>
  (orm: Orm): readonly unknown[] => {
    const { Column, PrimaryGeneratedColumn, ViewColumn, ViewEntity } = orm.typeorm;
    const post = orm.entity("Post", "post", {
      id: PrimaryGeneratedColumn(),
      title: Column("text"),
      points: Column(points),
    });
    const view = orm.entity("Shown", ViewEntity({ name: "shown", expression, materialized }), {
      ...Object.fromEntries(columns.map((name) => [name, ViewColumn()])),
    });
    return [post, view];
  };

/** Two views, whose queries end with a comment to the end of the line. */
const commented =
  (remark: string) =>
  (orm: Orm): readonly unknown[] => {
    const { Column, PrimaryGeneratedColumn, ViewColumn, ViewEntity } = orm.typeorm;
    const view = (name: string, expression: string): unknown =>
      orm.entity(name, ViewEntity({ name, expression }), { v: ViewColumn() });
    return [
      orm.entity("Post", "post", { id: PrimaryGeneratedColumn(), title: Column("text") }),
      view("alone", `SELECT title AS v FROM post -- ${remark}`),
      view("after", `SELECT upper(title) AS v FROM post WHERE title <> '${remark}' -- ${remark}`),
    ];
  };

const all: Shown = { expression: "SELECT id, title, points FROM post", columns: ["id", "title", "points"] };
const fewer: Shown = { expression: "SELECT id, title FROM post", columns: ["id", "title"] };

const writable = `
  CREATE TABLE written (title text);
  CREATE FUNCTION write_shown() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE TRIGGER shown_update INSTEAD OF UPDATE ON shown FOR EACH ROW EXECUTE FUNCTION write_shown();
  ALTER VIEW shown ALTER COLUMN title SET DEFAULT 'it''s new';
  CREATE RULE shown_insert AS ON INSERT TO shown DO INSTEAD INSERT INTO written VALUES (NEW.title);
  COMMENT ON VIEW shown IS 'what is shown';
`;

/** What the revision must leave: triggers, rules, defaults, indexes and comments of the view. */
const traits = `
  SELECT 'trigger', tgname FROM pg_trigger WHERE tgrelid = 'shown'::regclass
  UNION ALL SELECT 'rule', pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = 'shown'::regclass AND rulename <> '_RETURN'
  UNION ALL SELECT 'default', pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'shown'::regclass
  UNION ALL SELECT 'index', pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'shown'::regclass
  UNION ALL SELECT 'comment', obj_description('shown'::regclass)
  ORDER BY 1, 2`;

const indexed = "CREATE UNIQUE INDEX shown_id ON shown (id); COMMENT ON MATERIALIZED VIEW shown IS 'kept'";
const kept = [traits, traits] as const;

/** Views that are dropped and created again, with what was given to them by hand. */
export const rebuiltViewPairs: readonly EntityPair[] = [
  entityPair(
    "a writable view over a column that gets another type",
    shown({ type: "int" }, all),
    shown({ type: "bigint" }, all),
    { byHand: writable, kept },
  ),
  entityPair(
    "a writable view that loses a column",
    shown({ type: "int" }, all),
    shown({ type: "int" }, fewer),
    { byHand: writable, kept },
  ),
  entityPair(
    "a writable view that gets another column",
    shown({ type: "int" }, fewer),
    shown({ type: "int" }, all),
    { byHand: writable, kept },
  ),
  entityPair(
    "a writable view that is materialized",
    shown({ type: "int" }, all),
    shown({ type: "int" }, { ...all, materialized: true }),
    { byHand: writable },
  ),
  entityPair(
    "a materialized view with an index on a column that it loses",
    shown({ type: "int" }, { ...all, materialized: true }),
    shown({ type: "int" }, { ...fewer, materialized: true }),
    { byHand: "CREATE INDEX shown_points ON shown (points)" },
  ),
  entityPair(
    "a materialized view over a column that gets another type",
    shown({ type: "int" }, { ...all, materialized: true }),
    shown({ type: "bigint" }, { ...all, materialized: true }),
    { byHand: indexed, kept },
  ),
  entityPair(
    "a materialized view with another query",
    shown({ type: "int" }, { ...all, materialized: true }),
    shown({ type: "int" }, { ...fewer, materialized: true }),
    { byHand: indexed, kept },
  ),
  entityPair(
    "views whose queries end with a comment, after which another one follows",
    commented("all of them"),
    commented("only these"),
    { kept: ["SELECT v FROM alone", "SELECT v FROM alone"], rows: "INSERT INTO post (title) VALUES ('a')" },
  ),
];
