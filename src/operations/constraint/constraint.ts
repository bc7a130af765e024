import type { ConstraintName, DropOptions, SchemaOption, SqlText } from "../arguments";
import type { Dropping, OnTable } from "../target";
import type {
  CheckDefinition,
  ConstraintDefinition,
  ConstraintType,
  DeferrableOptions,
  ExcludeArgument,
  ExcludeDefinition,
  ForeignKeyActions,
  ForeignKeyDefinition,
  PrimaryKeyDefinition,
  UniqueDefinition,
} from "./constraintDefinition";

export interface CreatePrimaryKey extends OnTable {
  readonly kind: "createPrimaryKey";
  readonly constraint: PrimaryKeyDefinition;
}

export interface CreateForeignKey extends OnTable {
  readonly kind: "createForeignKey";
  readonly constraint: ForeignKeyDefinition;
}

export interface CreateUniqueConstraint extends OnTable {
  readonly kind: "createUniqueConstraint";
  readonly constraint: UniqueDefinition;
}

export interface CreateCheckConstraint extends OnTable {
  readonly kind: "createCheckConstraint";
  readonly constraint: CheckDefinition;
}

export interface CreateExcludeConstraint extends OnTable {
  readonly kind: "createExcludeConstraint";
  readonly constraint: ExcludeDefinition;
}

export interface DropConstraint extends OnTable, Dropping {
  readonly kind: "dropConstraint";
  /** Absent: not known yet. Such a drop can be printed, with a warning above it, and not run. */
  readonly name?: string;
  readonly type?: ConstraintType;
  readonly was?: ConstraintDefinition;
}

export interface ValidateConstraint extends OnTable {
  readonly kind: "validateConstraint";
  readonly name: string;
}

export interface RenameConstraint extends OnTable {
  readonly kind: "renameConstraint";
  readonly name: string;
  readonly newName: string;
}

export type ConstraintOperation =
  | CreatePrimaryKey
  | CreateForeignKey
  | CreateUniqueConstraint
  | CreateCheckConstraint
  | CreateExcludeConstraint
  | DropConstraint
  | ValidateConstraint
  | RenameConstraint;

export interface CreatePrimaryKeyOptions extends DeferrableOptions, SchemaOption {
  readonly include?: readonly string[];
  /** An existing unique index, which becomes the index of the constraint. */
  readonly usingIndex?: string;
}

export interface CreateUniqueConstraintOptions extends CreatePrimaryKeyOptions {
  readonly nullsNotDistinct?: boolean;
}

export interface CreateForeignKeyOptions extends ForeignKeyActions {
  readonly sourceSchema?: string;
  readonly referentSchema?: string;
  /** Existing rows are not checked until `validateConstraint`. */
  readonly notValid?: boolean;
}

export interface CreateCheckConstraintOptions extends SchemaOption {
  /** Existing rows are not checked until `validateConstraint`. */
  readonly notValid?: boolean;
  readonly noInherit?: boolean;
}

export interface CreateExcludeConstraintOptions extends DeferrableOptions, SchemaOption {
  readonly using?: string;
  readonly where?: SqlText;
}

export interface DropConstraintOptions extends DropOptions {
  /** The kind of constraint, which selects the naming convention for `name`. */
  readonly type?: ConstraintType;
  /** The definition of the constraint. The drop does not use it; tools use it to write the inverse. */
  readonly was?: ConstraintDefinition;
}

/** Constraints. In each `create…`, a `null` name is filled in by the naming convention, or otherwise by PostgreSQL. */
export interface ConstraintOperations {
  /**
   * Makes columns the primary key of a table.
   *
   * @example await op.createPrimaryKey("pk_users", "users", ["id"]);
   */
  createPrimaryKey(
    name: ConstraintName | null,
    table: string,
    columns: readonly string[],
    options?: CreatePrimaryKeyOptions,
  ): Promise<void>;

  /**
   * Makes columns of a table refer to columns of another table.
   *
   * @example
   * await op.createForeignKey("fk_posts_author", "posts", "users", ["author_id"], ["id"], {
   *   onDelete: "cascade",
   * });
   */
  createForeignKey(
    name: ConstraintName | null,
    sourceTable: string,
    referentTable: string,
    localColumns: readonly string[],
    remoteColumns: readonly string[],
    options?: CreateForeignKeyOptions,
  ): Promise<void>;

  /**
   * Allows each combination of values only once.
   *
   * @example await op.createUniqueConstraint("uq_users_email", "users", ["email"]);
   */
  createUniqueConstraint(
    name: ConstraintName | null,
    table: string,
    columns: readonly string[],
    options?: CreateUniqueConstraintOptions,
  ): Promise<void>;

  /**
   * Allows only rows for which a condition is true.
   *
   * @param condition SQL
   * @example await op.createCheckConstraint("ck_users_age", "users", sql`age >= 0`, { notValid: true });
   */
  createCheckConstraint(
    name: ConstraintName | null,
    table: string,
    condition: SqlText,
    options?: CreateCheckConstraintOptions,
  ): Promise<void>;

  /**
   * Forbids two rows for which all the operators return true.
   *
   * @param elements pairs of a column or sql`…` and an operator
   * @example
   * await op.createExcludeConstraint("ex_booking", "booking", [["room", "="], ["period", "&&"]], {
   *   using: "gist",
   * });
   */
  createExcludeConstraint(
    name: ConstraintName | null,
    table: string,
    elements: readonly ExcludeArgument[],
    options?: CreateExcludeConstraintOptions,
  ): Promise<void>;

  /**
   * Drops a constraint of any kind. With `null`, the naming convention must give the name for this `type`.
   *
   * @example await op.dropConstraint("uq_users_email", "users", { type: "unique" });
   */
  dropConstraint(name: ConstraintName | null, table: string, options?: DropConstraintOptions): Promise<void>;

  /**
   * Checks the existing rows against a constraint that was created with `notValid`. Writes are not blocked.
   *
   * @example await op.validateConstraint("ck_users_age", "users");
   */
  validateConstraint(
    name: ConstraintName,
    table: string,
    options?: SchemaOption & { readonly type?: ConstraintType },
  ): Promise<void>;

  /**
   * Renames a constraint, and its index if it has one.
   *
   * @example await op.renameConstraint("users", "users_email_key", "uq_users_email");
   */
  renameConstraint(table: string, oldName: string, newName: string, options?: SchemaOption): Promise<void>;
}
