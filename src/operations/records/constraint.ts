import type {
  CheckDefinition,
  ConstraintDefinition,
  ConstraintType,
  ExcludeDefinition,
  ForeignKeyDefinition,
  PrimaryKeyDefinition,
  UniqueDefinition,
} from "../definitions";
import type { Dropping, OnTable } from "./target";

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
  readonly name: string;
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
