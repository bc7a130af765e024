import type { ColumnModel } from "../../schema/model/columnModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { ObjectIdentity, SchemaObject } from "./schemaObject";

export type Side = "database" | "entities";

export interface CompareOptions {
  /**
   * Whether to compare an object at all (Alembic's `include_object`); asked once for each side, and with both
   * where both are there.
   */
  readonly includeObject?: (
    object: SchemaObject,
    side: Side,
    counterpart: SchemaObject | undefined,
  ) => boolean;
  /** Whether a tool made up the name of a constraint or index of the entities: then another name is as good. */
  readonly isNameGenerated?: (object: SchemaObject) => boolean;
  /**
   * Whether the entities could say this at all. What they can't say is left alone: a trigger that a revision
   * made by hand is not missing from the entities. Everything, if absent.
   */
  readonly isExpressible?: (object: SchemaObject) => boolean;
  /**
   * What the project's revisions made (`managedObjects`), or everything. Only this is ever dropped; the rest is
   * drift. Nothing, if absent.
   */
  readonly managed?: Pick<ReadonlySet<string>, "has"> | "all";
  /**
   * What becomes of something that only the database has, where `managed` alone does not say it.
   * @param key of the object as the database has it, before any renaming
   */
  readonly fateOf?: (object: SchemaObject, key: string) => DropFate | undefined;
  /**
   * Whether the types of a column that both sides have are to be taken for different (Alembic's `compare_type`);
   * asked only where they are. Always, if absent or where it is undefined.
   */
  readonly isTypeChanged?: (column: ComparedColumn) => boolean | undefined;
  /** The same for defaults, identities and computed values (Alembic's `compare_server_default`). */
  readonly isDefaultChanged?: (column: ComparedColumn) => boolean | undefined;
  /** Answers to questions: `users.name:users.full_name`. */
  readonly renames?: readonly string[];
  /** Whether to look for renames that nobody has answered; true if absent. */
  readonly isRenameAsked?: boolean;
}

/**
 * `dropped`: somebody asked for it. `undecided`: it is dropped only where somebody says so, and noted as drift until
 * then. `left`: it is drift, whoever made it. `kept`: it stays with what it belongs to, unsaid.
 */
export type DropFate = "dropped" | "undecided" | "left" | "kept";

/** A column of both sides. */
export interface ComparedColumn {
  readonly table: QualifiedName;
  readonly before: ColumnModel;
  readonly after: ColumnModel;
}

/** Something in the database that the entities don't have and that stays, or that is broken. */
export interface Drift {
  readonly object: ObjectIdentity;
  readonly reason: "unknown" | "undecided" | "invalid index";
}
