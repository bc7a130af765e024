import assert from "node:assert/strict";
import { originIn, tableOrigins } from "../../../../src/autogenerate/propose/tableOrigins";

interface Case {
  readonly name: string;
  readonly revisions: readonly (readonly [revision: string, ...statements: readonly string[]])[];
  readonly adopted?: readonly string[];
  readonly table: readonly [schema: string, name: string];
  readonly origin: string | undefined;
}

const cases: readonly Case[] = [
  {
    name: "the revision that makes a table made it",
    revisions: [
      ["r1", "CREATE TABLE users (id int)"],
      ["r2", "ALTER TABLE users ADD a int"],
    ],
    table: ["public", "users"],
    origin: "r1",
  },
  {
    name: "an unlogged table, or one of a query, is a table",
    revisions: [["r1", 'CREATE UNLOGGED TABLE IF NOT EXISTS public."Users" AS SELECT 1']],
    table: ["public", "Users"],
    origin: "r1",
  },
  {
    name: "what an adopted revision made is nobody's",
    revisions: [
      ["r1", "CREATE TABLE users (id int)"],
      ["r2", "CREATE TABLE IF NOT EXISTS users (id int)"],
    ],
    adopted: ["r1"],
    table: ["public", "users"],
    origin: undefined,
  },
  {
    name: "a table in another schema is another table",
    revisions: [["r1", "CREATE TABLE audit.users (id int)"]],
    table: ["public", "users"],
    origin: undefined,
  },
  {
    name: "an unqualified table is in the default schema",
    revisions: [["r1", "CREATE TABLE users (id int)"]],
    table: ["audit", "users"],
    origin: undefined,
  },
  {
    name: "unless a revision changes the search path",
    revisions: [["r1", "SET search_path = audit", "CREATE TABLE users (id int)"]],
    table: ["audit", "users"],
    origin: "r1",
  },
  {
    name: "a temporary table is none",
    revisions: [["r1", "CREATE TEMP TABLE users (id int)"]],
    table: ["public", "users"],
    origin: undefined,
  },
  {
    name: "a table that a revision dropped is another one when it is there again",
    revisions: [
      ["r1", "CREATE TABLE users (id int)"],
      ["r2", "DROP TABLE IF EXISTS posts, public.users CASCADE"],
    ],
    table: ["public", "users"],
    origin: undefined,
  },
  {
    name: "a renamed table stays whose it was",
    revisions: [
      ["r1", "CREATE TABLE users (id int)"],
      ["r2", "ALTER TABLE users RENAME TO accounts"],
    ],
    table: ["public", "accounts"],
    origin: "r1",
  },
  {
    name: "a renamed table that no revision made is still nobody's",
    revisions: [["r1", "ALTER TABLE users RENAME TO accounts"]],
    table: ["public", "accounts"],
    origin: undefined,
  },
  {
    name: "a renamed column renames no table",
    revisions: [
      ["r1", "CREATE TABLE users (id int)"],
      ["r2", "ALTER TABLE users RENAME COLUMN id TO key"],
    ],
    table: ["public", "users"],
    origin: "r1",
  },
  {
    name: "a table that is moved to another schema stays whose it was",
    revisions: [
      ["r1", "CREATE TABLE users (id int)"],
      ["r2", "ALTER TABLE users SET SCHEMA audit"],
    ],
    table: ["audit", "users"],
    origin: "r1",
  },
  {
    name: "a name that is too long is the one that the server keeps",
    revisions: [["r1", `CREATE TABLE ${"a".repeat(70)} (id int)`]],
    table: ["public", "a".repeat(63)],
    origin: "r1",
  },
];

describe("where a table comes from", () => {
  for (const { name, revisions, adopted = [], table, origin } of cases) {
    it(name, () => {
      const origins = tableOrigins(
        revisions.map(([revision, ...statements]) => ({
          revision,
          isAdopted: adopted.includes(revision),
          statements,
        })),
      );
      assert.equal(originIn(origins, { schema: table[0], name: table[1] }, "public"), origin);
    });
  }
});
