import type { SequenceOptions } from "./columnModel";
import type { CheckModel } from "./constraintModel";
import type { QualifiedName, TableModel } from "./tableModel";
import type { ViewModel } from "./viewModel";

export interface ExtensionModel {
  readonly name: string;
  readonly schema: string;
  readonly version: string;
}

export interface EnumModel extends QualifiedName {
  /** In their sort order. */
  readonly values: readonly string[];
  readonly comment: string | undefined;
}

export interface DomainModel extends QualifiedName {
  readonly type: string;
  readonly collation: string | undefined;
  readonly default: string | undefined;
  readonly isNullable: boolean;
  readonly checks: readonly CheckModel[];
  readonly comment: string | undefined;
}

export interface CompositeTypeModel extends QualifiedName {
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
  readonly comment: string | undefined;
}

/** A sequence that is no identity column's and no serial column's. */
export interface SequenceModel extends QualifiedName, SequenceOptions {
  /** The column that owns it (without being serial: its default is another one). */
  readonly ownedBy: (QualifiedName & { readonly column: string }) | undefined;
  readonly comment: string | undefined;
}

export interface FunctionModel extends QualifiedName {
  readonly kind: "function" | "procedure";
  /** As declared, with defaults. */
  readonly arguments: string;
  /** What tells functions of one name apart. */
  readonly identityArguments: string;
  readonly result: string | undefined;
  /** All that follows the argument list. */
  readonly definition: string;
  readonly comment: string | undefined;
}

/** A cast of the server: what a change of a column's type may rely on. */
export interface CastModel {
  readonly source: string;
  readonly target: string;
  readonly context: "implicit" | "assignment" | "explicit";
  /** No row changes: the values are stored alike. */
  readonly isBinary: boolean;
}

/** What a PostgreSQL says of some schemas. Every list is sorted by schema and name. */
export interface SchemaModel {
  /** The schema whose names stand unqualified in texts. */
  readonly defaultSchema: string;
  /** As `server_version_num`: 150018. */
  readonly serverVersion: number;
  readonly schemas: readonly { readonly name: string; readonly comment: string | undefined }[];
  readonly extensions: readonly ExtensionModel[];
  readonly enums: readonly EnumModel[];
  readonly domains: readonly DomainModel[];
  readonly compositeTypes: readonly CompositeTypeModel[];
  readonly sequences: readonly SequenceModel[];
  /** Partitions are among them, marked with `partitionOf`. */
  readonly tables: readonly TableModel[];
  readonly views: readonly ViewModel[];
  readonly functions: readonly FunctionModel[];
  readonly casts: readonly CastModel[];
}

/** A model of nothing. */
export function emptySchemaModel(defaultSchema: string, serverVersion: number): SchemaModel {
  return {
    defaultSchema,
    serverVersion,
    schemas: [],
    extensions: [],
    enums: [],
    domains: [],
    compositeTypes: [],
    sequences: [],
    tables: [],
    views: [],
    functions: [],
    casts: [],
  };
}
