import type { ColumnModel } from "../../schema/model/columnModel";
import type { ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";
import type {
  CompositeTypeModel,
  DomainModel,
  EnumModel,
  ExtensionModel,
  FunctionModel,
  SequenceModel,
} from "../../schema/model/schemaModel";
import type {
  PolicyModel,
  QualifiedName,
  StatisticsModel,
  TableModel,
  TriggerModel,
} from "../../schema/model/tableModel";
import type { ViewModel } from "../../schema/model/viewModel";

/** `before` alone: it goes; `after` alone: it comes; both: it changes. */
interface Change<Kind extends string, Model> {
  readonly kind: Kind;
  readonly before: Model | undefined;
  readonly after: Model | undefined;
}

interface ChangeInTable<Kind extends string, Model> extends Change<Kind, Model> {
  readonly table: QualifiedName;
}

export type TableOptionName =
  "comment" | "unlogged" | "row security" | "storage parameters" | "tablespace" | "replica identity";

/** The whole table on both sides, for one of its options. */
export interface TableOptionChange {
  readonly kind: "tableOption";
  readonly option: TableOptionName;
  readonly before: TableModel;
  readonly after: TableModel;
}

/** The comment of what has no other place for one. */
export interface CommentChange {
  readonly kind: "comment";
  readonly of:
    | "schema"
    | "enum"
    | "domain"
    | "compositeType"
    | "sequence"
    | "constraint"
    | "index"
    | "trigger"
    | "policy"
    | "function";
  readonly schema: string;
  readonly table: string | undefined;
  /** For a function with its arguments. */
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * What two models differ in. Names are those after renames: a `renamed` comes before everything else on the way
 * up, and after it on the way down.
 */
export type SchemaDifference =
  | Change<"schema", { readonly name: string; readonly comment: string | undefined }>
  | Change<"extension", ExtensionModel>
  | Change<"enum", EnumModel>
  | Change<"domain", DomainModel>
  | Change<"compositeType", CompositeTypeModel>
  | Change<"sequence", SequenceModel>
  | Change<"function", FunctionModel>
  | Change<"view", ViewModel>
  /** Created or dropped with all that is in it; a change of a table is several differences of other kinds. */
  | Change<"table", TableModel>
  | ChangeInTable<"column", ColumnModel>
  | ChangeInTable<"constraint", ConstraintModel>
  | ChangeInTable<"index", IndexModel>
  | ChangeInTable<"trigger", TriggerModel>
  | ChangeInTable<"policy", PolicyModel>
  | ChangeInTable<"statistics", StatisticsModel>
  | TableOptionChange
  | CommentChange
  | { readonly kind: "renamed"; readonly rename: Rename }
  /** A constraint or an index whose structure stays. */
  | {
      readonly kind: "renamedPart";
      readonly part: "constraint" | "index" | "sequence";
      readonly table: QualifiedName;
      /** Of the sequence or index: it may live elsewhere. */
      readonly schema: string;
      readonly from: string;
      readonly to: string;
    };

export type DifferenceOf<Kind extends SchemaDifference["kind"]> = Extract<SchemaDifference, { kind: Kind }>;

/** A rename that was answered, or that follows from one. */
export type Rename =
  | { readonly object: "table"; readonly from: QualifiedName; readonly to: QualifiedName }
  | { readonly object: "column"; readonly table: QualifiedName; readonly from: string; readonly to: string }
  | { readonly object: "enum"; readonly from: QualifiedName; readonly to: QualifiedName }
  | {
      readonly object: "enumValue";
      readonly type: QualifiedName;
      readonly from: string;
      readonly to: string;
    };

/** Something that went and something like it that came: is it the same under a new name? */
export interface RenameQuestion {
  readonly kind: Rename["object"];
  /** As an answer names them: `users.name`. */
  readonly from: string;
  readonly to: string;
  /** From 0 to 1. */
  readonly score: number;
  /** What to give in `CompareOptions.renames` for yes. */
  readonly answer: string;
  readonly rename: Rename;
}

/** The difference the other way round. */
export function invertDifference(difference: SchemaDifference): SchemaDifference {
  switch (difference.kind) {
    case "renamed":
      return { kind: "renamed", rename: invertRename(difference.rename) };
    case "renamedPart":
      return { ...difference, from: difference.to, to: difference.from };
    default:
      return { ...difference, before: difference.after, after: difference.before } as SchemaDifference;
  }
}

function invertRename(rename: Rename): Rename {
  return { ...rename, from: rename.to, to: rename.from } as Rename;
}
