import type { DropOptions, SchemaOption } from "../arguments";
import type { Dropping, InSchema } from "../target";

export interface CreateSchema {
  readonly kind: "createSchema";
  readonly name: string;
  readonly authorization?: string;
  readonly ifNotExists?: boolean;
}

export interface DropSchema extends Dropping {
  readonly kind: "dropSchema";
  readonly name: string;
}

export interface CreateExtension extends InSchema {
  readonly kind: "createExtension";
  readonly name: string;
  readonly version?: string;
  readonly ifNotExists?: boolean;
  readonly cascade?: boolean;
}

export interface DropExtension extends Dropping {
  readonly kind: "dropExtension";
  readonly name: string;
}

/** Objects with a name, other than tables, columns and constraints. */
export type NamedObject = "index" | "view" | "materialized view" | "sequence" | "type" | "domain" | "schema";

export interface RenameObject extends InSchema {
  readonly kind: "renameObject";
  readonly object: NamedObject;
  readonly name: string;
  readonly newName: string;
}

export type MovableObject =
  "table" | "view" | "materialized view" | "sequence" | "type" | "domain" | "extension";

export interface SetSchema extends InSchema {
  readonly kind: "setSchema";
  readonly object: MovableObject;
  readonly name: string;
  readonly newSchema: string;
}

export type SchemaOperation =
  CreateSchema | DropSchema | CreateExtension | DropExtension | RenameObject | SetSchema;

/** Schemas, extensions, and moving objects between schemas. */
export interface SchemaOperations {
  /**
   * Creates a schema.
   *
   * @example await op.createSchema("billing", { ifNotExists: true });
   */
  createSchema(
    name: string,
    options?: { readonly ifNotExists?: boolean; readonly authorization?: string },
  ): Promise<void>;

  /**
   * Drops a schema; `cascade` drops everything in it.
   *
   * @example await op.dropSchema("billing");
   */
  dropSchema(name: string, options?: Omit<DropOptions, "schema">): Promise<void>;

  /**
   * Renames a schema.
   *
   * @example await op.renameSchema("billing", "accounting");
   */
  renameSchema(oldName: string, newName: string): Promise<void>;

  /**
   * Moves an object to another schema.
   *
   * @param object what it is: `"table"`, `"view"`, `"materialized view"`, `"sequence"`, `"type"`, `"domain"`, `"extension"`
   * @example await op.setSchema("table", "invoices", "billing");
   */
  setSchema(object: MovableObject, name: string, newSchema: string, options?: SchemaOption): Promise<void>;

  /**
   * Installs an extension.
   *
   * @example await op.createExtension("citext", { ifNotExists: true });
   */
  createExtension(
    name: string,
    options?: SchemaOption & {
      readonly version?: string;
      readonly ifNotExists?: boolean;
      readonly cascade?: boolean;
    },
  ): Promise<void>;

  /**
   * Removes an extension.
   *
   * @example await op.dropExtension("citext", { ifExists: true });
   */
  dropExtension(name: string, options?: Omit<DropOptions, "schema">): Promise<void>;
}
