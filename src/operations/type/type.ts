import type { DefaultArgument, DropOptions, SchemaOption } from "../arguments";
import type { ColumnType } from "../column/columnType";
import type { CheckDefinition, CheckOptions } from "../constraint/constraintDefinition";
import type { ColumnDefault } from "../definitions";
import type { Dropping, InSchema, OnTable } from "../target";

export type { JsonValue } from "../jsonValue";

export interface DomainDefinition {
  readonly type: string;
  readonly collation?: string;
  readonly default?: ColumnDefault;
  readonly nullable: boolean;
  readonly checks: readonly CheckDefinition[];
}

export interface CreateEnum extends InSchema {
  readonly kind: "createEnum";
  readonly name: string;
  readonly values: readonly string[];
  readonly ifNotExists?: boolean;
}

export interface DropEnum extends InSchema, Dropping {
  readonly kind: "dropEnum";
  readonly name: string;
  readonly was?: readonly string[];
}

export interface AddEnumValue extends InSchema {
  readonly kind: "addEnumValue";
  readonly name: string;
  readonly value: string;
  readonly before?: string;
  readonly after?: string;
  readonly ifNotExists?: boolean;
}

export interface RenameEnumValue extends InSchema {
  readonly kind: "renameEnumValue";
  readonly name: string;
  readonly value: string;
  readonly newValue: string;
}

export interface EnumColumn extends OnTable {
  readonly column: string;
  readonly array?: boolean;
  /** The default after the change; `null`: none; absent: there was none before either. */
  readonly default?: ColumnDefault | null;
  /** The default before, which makes the change reversible. */
  readonly existingDefault?: ColumnDefault | null;
}

export interface ReplaceEnum extends InSchema {
  readonly kind: "replaceEnum";
  readonly name: string;
  readonly values: readonly string[];
  /** Pairs of old and new value; a value that is not named stays as it is. */
  readonly mapping: readonly (readonly [from: string, to: string])[];
  /** Every column of this type. */
  readonly columns: readonly EnumColumn[];
  readonly was?: readonly string[];
}

export interface CreateDomain extends InSchema, DomainDefinition {
  readonly kind: "createDomain";
  readonly name: string;
}

export interface DropDomain extends InSchema, Dropping {
  readonly kind: "dropDomain";
  readonly name: string;
  readonly was?: DomainDefinition;
}

export type TypeOperation =
  CreateEnum | DropEnum | AddEnumValue | RenameEnumValue | ReplaceEnum | CreateDomain | DropDomain;

export interface DomainOptions {
  readonly collation?: string;
  readonly default?: DefaultArgument;
  /** Default: true. */
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
  /** The default after the change. Required if the column has a default; `null` removes it. */
  readonly default?: DefaultArgument;
  /** The default before, which tools use to write the inverse. */
  readonly existingDefault?: DefaultArgument;
}

export interface ReplaceEnumOptions extends SchemaOption {
  /** Old value to new value, for values that are removed; others stay. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Every column of this type. */
  readonly columns: readonly EnumColumnOptions[];
  /** The values before, which tools use to write the inverse. */
  readonly was?: readonly string[];
}

/** Enums and domains. */
export interface TypeOperations {
  /**
   * Creates an enum type.
   *
   * @param options `ifNotExists`: does nothing if a type of this name exists (Alembic's `checkfirst`)
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
   * Adds a value to an enum, at the end or beside another one. PostgreSQL does not accept the value in the transaction
   * that added it, so that transaction is committed before anything that may use the value runs.
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
   * Replaces the values of an enum, which is the only way to remove or reorder them. The columns are rewritten.
   *
   * @param options `columns`: every column of this type; `mapping`: the new values for removed ones
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
