import type { AddColumn, AlterColumn, DropColumn } from "./column";
import type {
  CreateCheckConstraint,
  CreateExcludeConstraint,
  CreateForeignKey,
  CreatePrimaryKey,
  CreateUniqueConstraint,
  DropConstraint,
  RenameConstraint,
  ValidateConstraint,
} from "./constraint";
import type { CreateIndex, DropIndex } from "./tableIndex";
import type { OnTable } from "./target";

export interface CreateTableComment extends OnTable {
  readonly kind: "createTableComment";
  readonly comment: string;
  /** `null`: there was none; absent: not known. */
  readonly existingComment?: string | null;
}

export interface DropTableComment extends OnTable {
  readonly kind: "dropTableComment";
  readonly existingComment?: string | null;
}

/** What `op.batchAlterTable` may hold. */
export type AlterationOperation =
  | AddColumn
  | DropColumn
  | AlterColumn
  | CreateIndex
  | DropIndex
  | CreatePrimaryKey
  | CreateForeignKey
  | CreateUniqueConstraint
  | CreateCheckConstraint
  | CreateExcludeConstraint
  | DropConstraint
  | ValidateConstraint
  | RenameConstraint
  | CreateTableComment
  | DropTableComment;
