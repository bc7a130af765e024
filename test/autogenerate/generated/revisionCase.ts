import type { ColumnOptions, DataSourceOptions } from "typeorm";
import type { Orm } from "../support/typeorm";

export type Entities = (orm: Orm) => readonly unknown[];

/** What a generated revision file is made of. */
export interface RevisionCase {
  /** Of the golden file, and what follows "Revision …" when it is read. */
  readonly name: string;
  readonly message: string;
  /** What the database has, made by an earlier revision; nothing if absent. */
  readonly before?: Entities;
  readonly after: Entities;
  readonly setup?: string;
  /** Made by hand between the two revisions. */
  readonly byHand?: string;
  readonly renames?: readonly string[];
  readonly drops?: readonly string[];
  readonly options?: (orm: Orm) => Partial<DataSourceOptions>;
}

/** One table with an `id`, these columns and these class decorators. */
export function table(
  name: string,
  columns: Readonly<Record<string, ColumnOptions>>,
  decorators: (orm: Orm) => readonly ClassDecorator[] = () => [],
): Entities {
  return (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    return [
      orm.entity(
        name,
        name,
        {
          id: PrimaryGeneratedColumn(),
          ...Object.fromEntries(
            Object.entries(columns).map(([column, options]) => [column, Column(options)] as const),
          ),
        },
        ...decorators(orm),
      ),
    ];
  };
}
