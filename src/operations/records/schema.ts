import type { Dropping, InSchema } from "./target";

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

/** What has a name of its own beside tables, columns and constraints. */
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
