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
import type { PolicyModel, StatisticsModel, TableModel, TriggerModel } from "../../schema/model/tableModel";
import type { ViewModel } from "../../schema/model/viewModel";

interface ObjectOf<Kind extends string, Model> {
  readonly kind: Kind;
  /** Empty for a schema and an extension. */
  readonly schema: string;
  /** The table or view that it belongs to, if any. */
  readonly table: string | undefined;
  readonly name: string;
  readonly model: Model;
}

/** A property of something, which the entities may have no words for. */
export type AspectName =
  | "comment"
  | "unlogged"
  | "row security"
  | "storage parameters"
  | "tablespace"
  | "replica identity"
  | "identity sequence"
  /** What an index is beyond its columns: order, operator classes, covered columns. */
  | "index traits"
  | "index method"
  /** What a constraint is beyond what it demands: not validated, covered columns, deferrable keys. */
  | "constraint traits"
  | "view options"
  /** That a column's type is a domain over the one that it is said to be. */
  | "domain";

/** Anything that a comparison decides on. */
export type SchemaObject =
  | ObjectOf<"schema", { readonly name: string }>
  | ObjectOf<"extension", ExtensionModel>
  | ObjectOf<"enum", EnumModel>
  | ObjectOf<"domain", DomainModel>
  | ObjectOf<"compositeType", CompositeTypeModel>
  | ObjectOf<"sequence", SequenceModel>
  | ObjectOf<"table", TableModel>
  | ObjectOf<"column", ColumnModel>
  | ObjectOf<"constraint", ConstraintModel>
  | ObjectOf<"index", IndexModel>
  | ObjectOf<"view", ViewModel>
  | ObjectOf<"function", FunctionModel>
  | ObjectOf<"trigger", TriggerModel>
  | ObjectOf<"policy", PolicyModel>
  | ObjectOf<"statistics", StatisticsModel>
  /** `name` is `aspectName(…)`: the aspect and what has it. */
  | ObjectOf<"aspect", Aspect>;

export interface Aspect {
  readonly aspect: AspectName;
  /** What kind of thing has it, and its name. */
  readonly of: "schema" | "table" | "column" | "constraint" | "index" | "view" | "other";
  readonly ofName: string;
}

export type ObjectKind = SchemaObject["kind"];

/** An object without its model: what lists of objects hold. */
export interface ObjectIdentity {
  readonly kind: ObjectKind;
  readonly schema: string;
  readonly table: string | undefined;
  readonly name: string;
}

/** One text for each object, for sets of them. */
export function objectKey({ kind, schema, table, name }: ObjectIdentity): string {
  return JSON.stringify([kind, schema, table ?? null, name]);
}

/** What a key of `objectKey` names. */
export function identityOf(key: string): Omit<ObjectIdentity, "kind"> {
  const [, schema, table, name] = JSON.parse(key) as readonly [string, string, string | null, string];
  return { schema, table: table ?? undefined, name };
}

/** A function's name with what tells it from others of its name: `total(integer, text)`. */
export function functionSignature({
  name,
  identityArguments,
}: Pick<FunctionModel, "name" | "identityArguments">): string {
  return `${name}(${identityArguments})`;
}

/** An aspect as an object: a comment is kept or dropped as tables are. */
export function aspectObject(schema: string, table: string | undefined, model: Aspect): SchemaObject {
  return { kind: "aspect", schema, table, name: `${model.aspect} of ${model.of} ${model.ofName}`, model };
}
