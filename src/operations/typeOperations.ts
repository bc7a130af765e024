import type { CheckOptions, DefaultArgument, DropOptions, SchemaOption } from "./arguments";
import type { ColumnType } from "./columnType";

export interface DomainOptions {
  readonly collation?: string;
  readonly default?: DefaultArgument;
  /** True unless it is said. */
  readonly nullable?: boolean;
  /** Conditions on `VALUE`. */
  readonly checks?: readonly CheckOptions[];
}

export interface EnumColumnOptions {
  readonly table: string;
  readonly schema?: string;
  readonly column: string;
  /** The column is an array of the enum. */
  readonly array?: boolean;
  /** Its default after the change; needed if the column has one before, `null` to have none after. */
  readonly default?: DefaultArgument;
  /** The one before: it lets tools write the way back. */
  readonly existingDefault?: DefaultArgument;
}

export interface ReplaceEnumOptions extends SchemaOption {
  /** Old value to new value, for values that go away; others stay as they are. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Every column of this type. */
  readonly columns: readonly EnumColumnOptions[];
  /** The values before: they let tools write the way back. */
  readonly was?: readonly string[];
}

/** Enums and domains. */
export interface TypeOperations {
  /**
   * Creates an enum type.
   *
   * @param options `ifNotExists`: do nothing if there is a type of this name (Alembic's `checkfirst`)
   * @example await op.createEnum("user_role", ["student", "teacher", "admin"], { ifNotExists: true });
   */
  createEnum(
    name: string,
    values: readonly string[],
    options?: SchemaOption & { readonly ifNotExists?: boolean },
  ): Promise<void>;

  /**
   * Drops an enum type.
   *
   * @example await op.dropEnum("user_role", { ifExists: true });
   */
  dropEnum(name: string, options?: DropOptions & { readonly was?: readonly string[] }): Promise<void>;

  /**
   * Adds a value to an enum, at the end or beside another one. PostgreSQL lets the transaction that added it
   * not use it: to insert it in the same revision, add it in `op.autocommitBlock`.
   *
   * @example await op.addEnumValue("user_role", "parent", { after: "teacher", ifNotExists: true });
   */
  addEnumValue(
    name: string,
    value: string,
    options?: SchemaOption & {
      readonly before?: string;
      readonly after?: string;
      readonly ifNotExists?: boolean;
    },
  ): Promise<void>;

  /**
   * Renames a value of an enum; rows show the new name at once.
   *
   * @example await op.renameEnumValue("user_role", "teacher", "instructor");
   */
  renameEnumValue(name: string, value: string, newValue: string, options?: SchemaOption): Promise<void>;

  /**
   * Replaces the values of an enum: the only way to remove or reorder them. The columns are rewritten.
   *
   * @param options `columns`: every column of this type; `mapping`: what removed values become
   * @example
   * await op.replaceEnum("user_role", ["student", "admin"], {
   *   mapping: { teacher: "admin" },
   *   columns: [{ table: "users", column: "role", default: "student" }],
   * });
   */
  replaceEnum(name: string, values: readonly string[], options: ReplaceEnumOptions): Promise<void>;

  /**
   * Creates a domain: a type with conditions.
   *
   * @example await op.createDomain("positive", "integer", { checks: [{ condition: sql`VALUE > 0` }] });
   */
  createDomain(name: string, type: ColumnType, options?: DomainOptions & SchemaOption): Promise<void>;

  /**
   * Drops a domain.
   *
   * @example await op.dropDomain("positive");
   */
  dropDomain(
    name: string,
    options?: DropOptions & { readonly was?: DomainOptions & { readonly type: ColumnType } },
  ): Promise<void>;

  /**
   * Renames an enum or another type.
   *
   * @example await op.renameType("user_role", "role");
   */
  renameType(oldName: string, newName: string, options?: SchemaOption): Promise<void>;

  /**
   * Renames a domain.
   *
   * @example await op.renameDomain("positive", "positive_integer");
   */
  renameDomain(oldName: string, newName: string, options?: SchemaOption): Promise<void>;
}
