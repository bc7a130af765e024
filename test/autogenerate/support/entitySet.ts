import type { DataSourceOptions } from "typeorm";
import type { Orm } from "./typeorm";

/** Entities and the options of their DataSource. */
export interface EntitySet {
  readonly name: string;
  readonly entities: (orm: Orm) => readonly unknown[];
  readonly options?: (orm: Orm) => Partial<DataSourceOptions>;
  /** SQL that the database needs before `synchronize()` and before the revisions, and that both leave alone. */
  readonly setup?: string;
  /** What only `synchronize()` needs before: a schema, say, which it does not make. */
  readonly synchronizeSetup?: string;
  /** Left out under a version that can't express it. */
  readonly only?: "0.3" | "1.x";
  /** Also on the embedded PostgreSQL. */
  readonly onEmbedded?: boolean;
}

/** A project's entities, with what is special about them. */
export function entitySet(
  name: string,
  entities: EntitySet["entities"],
  more: Omit<EntitySet, "name" | "entities"> = {},
): EntitySet {
  return { name, entities, ...more };
}
