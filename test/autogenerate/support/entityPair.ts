import type { ColumnOptions, DataSourceOptions } from "typeorm";
import type { Orm, TypeormVersion } from "./typeorm";

type Entities = (orm: Orm) => readonly unknown[];

/** Entities before and after a change, with rows in between. */
export interface EntityPair {
  readonly name: string;
  readonly before: Entities;
  readonly after: Entities;
  /** SQL that fills the tables of `before`. */
  readonly rows?: string;
  /** A query on each side of the change, which must give the same rows; the second one may differ in its names. */
  readonly kept?: readonly [before: string, after: string];
  /** Whether the way back restores the rows of the first query; true if absent and there is one. */
  readonly isRestored?: boolean;
  readonly renames?: readonly string[];
  /** What no entity describes after the change and is to be dropped. */
  readonly drops?: readonly string[];
  readonly options?: (orm: Orm) => Partial<DataSourceOptions>;
  readonly setup?: string;
  /** Made by hand between the two: only the database has it. */
  readonly byHand?: string;
  /** What the second `synchronize()` needs. */
  readonly synchronizeSetup?: string;
  readonly only?: TypeormVersion;
  /** What `synchronize()` can't make, so that there is nothing to compare with. */
  readonly isBeyondSynchronize?: boolean;
  /** Operations of the second revision, where they matter beyond their effect. */
  readonly operations?: readonly string[];
  /** The second revision must say this in a comment. */
  readonly warning?: RegExp;
}

/** Entities before and after a change, with what else the change is checked for. */
export function entityPair(
  name: string,
  before: Entities,
  after: Entities,
  more: Omit<EntityPair, "name" | "before" | "after"> = {},
): EntityPair {
  return { name, before, after, ...more };
}

/** A table `thing` with a column `v`, and rows with these values. */
export function columnPair(
  name: string,
  before: ColumnOptions | undefined,
  after: ColumnOptions | undefined,
  values: readonly string[] = [],
  more: Omit<EntityPair, "name" | "before" | "after"> & { readonly as?: string } = {},
): EntityPair {
  const table =
    (column: ColumnOptions | undefined): Entities =>
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
      entity("Thing", "thing", {
        id: PrimaryGeneratedColumn(),
        note: Column("text", { nullable: true }),
        ...(column === undefined ? {} : { v: Column(column) }),
      }),
    ];
  const { as = "v::text", ...rest } = more;
  const query = `SELECT id, ${before === undefined || after === undefined ? "note" : as} AS v FROM thing ORDER BY id`;
  const inserted =
    before === undefined
      ? values.map(() => "INSERT INTO thing (note) VALUES ('n');").join("\n")
      : values.map((value) => `INSERT INTO thing (note, v) VALUES ('n', ${value});`).join("\n");
  return {
    name,
    before: table(before),
    after: table(after),
    ...(values.length === 0 ? {} : { rows: inserted, kept: [query, query] as const }),
    ...rest,
  };
}
