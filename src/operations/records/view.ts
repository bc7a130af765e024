import type { MaterializedViewDefinition, ViewDefinition } from "../definitions";
import type { Dropping, InSchema } from "./target";

export interface CreateView extends InSchema, ViewDefinition {
  readonly kind: "createView";
  readonly name: string;
}

export interface ReplaceView extends InSchema, ViewDefinition {
  readonly kind: "replaceView";
  readonly name: string;
  readonly was?: ViewDefinition;
}

export interface DropView extends InSchema, Dropping {
  readonly kind: "dropView";
  readonly name: string;
  readonly was?: ViewDefinition;
}

export interface CreateMaterializedView extends InSchema, MaterializedViewDefinition {
  readonly kind: "createMaterializedView";
  readonly name: string;
  readonly ifNotExists?: boolean;
}

export interface DropMaterializedView extends InSchema, Dropping {
  readonly kind: "dropMaterializedView";
  readonly name: string;
  readonly was?: MaterializedViewDefinition;
}

export interface RefreshMaterializedView extends InSchema {
  readonly kind: "refreshMaterializedView";
  readonly name: string;
  readonly concurrently?: boolean;
  readonly withData?: boolean;
}

export type ViewOperation =
  | CreateView
  | ReplaceView
  | DropView
  | CreateMaterializedView
  | DropMaterializedView
  | RefreshMaterializedView;
