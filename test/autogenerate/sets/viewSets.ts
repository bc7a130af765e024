import { entitySet, type EntitySet } from "../support/entitySet";
import type { Orm } from "../support/typeorm";
import type { DataSource, ViewEntity } from "typeorm";

type Class = new () => object;
type ViewOptions = NonNullable<Parameters<typeof ViewEntity>[1]>;

function postsAnd(views: (orm: Orm, post: Class, user: Class) => readonly Class[]): EntitySet["entities"] {
  return (orm) => {
    const { Column, ManyToOne, PrimaryGeneratedColumn } = orm.typeorm;
    const User: Class = orm.entity("User", "users", { id: PrimaryGeneratedColumn(), name: Column("text") });
    const Post: Class = orm.entity("Post", "posts", {
      id: PrimaryGeneratedColumn(),
      title: Column("varchar", { length: 100 }),
      published: Column("boolean", { default: false }),
      author: ManyToOne(() => User),
    });
    return [User, Post, ...views(orm, Post, User)];
  };
}

function view(
  orm: Orm,
  name: string,
  options: ViewOptions,
  columns: readonly string[],
  ...more: readonly ClassDecorator[]
): Class {
  const { ViewColumn, ViewEntity } = orm.typeorm;
  return orm.entity(
    name,
    ViewEntity(options),
    Object.fromEntries(columns.map((column) => [column, ViewColumn()])),
    ...more,
  );
}

/** Views, materialised views, and what stands on them. */
export const viewSets: readonly EntitySet[] = [
  entitySet(
    "a view",
    postsAnd((orm) => [
      view(
        orm,
        "PublishedPost",
        { name: "published_posts", expression: `SELECT "id", "title" FROM "posts" WHERE "published"` },
        ["id", "title"],
      ),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "a view over two tables with aggregates",
    postsAnd((orm) => [
      view(
        orm,
        "AuthorStats",
        {
          expression: `SELECT u.name AS author, count(p.id)::int AS posts FROM users u LEFT JOIN posts p ON p."authorId" = u.id GROUP BY u.id`,
        },
        ["author", "posts"],
      ),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "a view made by a query builder",
    postsAnd((orm, post, user) => [
      view(
        orm,
        "PostView",
        {
          name: "post_view",
          expression: (dataSource: DataSource) =>
            dataSource
              .createQueryBuilder()
              .select("post.id", "id")
              .addSelect("author.name", "author")
              .from(post, "post")
              .leftJoin(user, "author", "author.id = post.authorId"),
        },
        ["id", "author"],
      ),
    ]),
  ),
  entitySet(
    "views on views",
    postsAnd((orm) => {
      const first = view(orm, "First", { name: "a_first", expression: `SELECT id, title FROM posts` }, [
        "id",
        "title",
      ]);
      const second = view(
        orm,
        "Second",
        { name: "b_second", expression: `SELECT id FROM a_first WHERE title <> ''`, dependsOn: [first] },
        ["id"],
      );
      return [second, first];
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "a materialised view",
    postsAnd((orm) => [
      view(orm, "Titles", { name: "titles", materialized: true, expression: `SELECT id, title FROM posts` }, [
        "id",
        "title",
      ]),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "a materialised view with indexes",
    postsAnd((orm) => [
      view(
        orm,
        "Titles",
        { name: "titles", materialized: true, expression: `SELECT id, title FROM posts` },
        ["id", "title"],
        orm.typeorm.Index("ix_titles_id", ["id"], { unique: true }),
        orm.typeorm.Index("ix_titles_title", ["title"]),
      ),
    ]),
  ),
  entitySet(
    "a view in a schema",
    postsAnd((orm) => [
      view(
        orm,
        "Report",
        { name: "report", schema: "reports", expression: `SELECT p.id FROM public.posts p` },
        ["id"],
      ),
    ]),
    { synchronizeSetup: "CREATE SCHEMA reports" },
  ),
  entitySet(
    "a view that is not synchronised",
    postsAnd((orm) => [
      view(orm, "Elsewhere", { name: "elsewhere", synchronize: false, expression: `SELECT 1 AS id` }, ["id"]),
    ]),
  ),
];
