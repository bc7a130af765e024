/**
 * What is used of the project's own TypeORM, 0.3 and 1.x alike. It is resolved from the project and never imported
 * here, so its shape is written down; several of these are protected in its own types.
 */
export interface TypeormDataSource {
  readonly options: TypeormOptions;
  readonly driver: TypeormDriver;
  readonly entityMetadatas: readonly TypeormEntity[];
  readonly namingStrategy: TypeormNamingStrategy;
  readonly queryResultCache?: unknown;
  readonly isInitialized: boolean;
  readonly logger: unknown;
  createQueryRunner(mode: "master"): TypeormQueryRunner;
  initialize(): Promise<unknown>;
  setOptions(options: Partial<TypeormOptions>): unknown;
  buildMetadatas(): Promise<void>;
}

export interface TypeormOptions {
  readonly type: string;
  readonly entities?: unknown;
  readonly subscribers?: unknown;
  readonly migrations?: unknown;
  readonly schema?: string;
  readonly installExtensions?: boolean;
  readonly extensions?: readonly string[];
  readonly uuidExtension?: string;
  readonly cache?: unknown;
  readonly metadataTableName?: string;
  readonly migrationsTableName?: string;
  readonly [option: string]: unknown;
}

export interface TypeormNamingStrategy {
  primaryKeyName(table: TypeormTable | string, columns: readonly string[]): string;
  indexName(table: string, columns: readonly string[], where?: string): string;
}

export interface TypeormDriver {
  version?: string;
  database?: string;
  schema?: string;
  searchSchema?: string;
  isGeneratedColumnsSupported: boolean;
  /** The package that it connects with: `pg`, or what `driver` of the options gives. */
  readonly postgres?: unknown;
  readonly uuidGenerator: string;
  /** From 1.0 on. */
  readonly supportedIndexTypes?: readonly string[];
  connect: () => Promise<void>;
  /** Give a client of the `pg` package and what gives it back. */
  obtainMasterConnection: () => Promise<unknown>;
  obtainSlaveConnection: () => Promise<unknown>;
  createQueryRunner(mode: "master"): TypeormQueryRunner;
  createSchemaBuilder(): TypeormSchemaBuilder;
  createFullType(column: TypeormColumn): string;
  /** Protected; asked for the extensions that `afterConnect` installs. */
  checkMetadataForExtensions(): Promise<Readonly<Record<string, boolean>>>;
}

export interface TypeormSchemaBuilder {
  /** Protected; the tables that it has made, or found, so far. Not in 0.3. */
  readonly tables?: readonly TypeormTable[];
  /** Only of use for what it calls on the stubbed query runner. */
  log(): Promise<{ readonly upQueries: readonly TypeormQuery[] }>;
  /** Sorted so that each stands after those that it reads. */
  readonly viewEntityToSyncMetadatas: readonly TypeormEntity[];
  /** Protected; makes `typeorm_metadata` where views or generated columns need it. */
  createMetadataTableIfNecessary(queryRunner: TypeormQueryRunner): Promise<void>;
}

export interface TypeormQuery {
  readonly query: string;
  readonly parameters?: readonly unknown[];
}

export interface TypeormQueryRunner {
  query: (text: string, parameters?: readonly unknown[]) => Promise<unknown>;
  release(): Promise<void>;
  /** The tables that were made, or found, so far. */
  readonly loadedTables: readonly TypeormTable[];
  createTableSql(table: TypeormTable, createForeignKeys: boolean): TypeormQuery;
  createIndexSql(table: TypeormTable, index: TypeormIndex): TypeormQuery;
  createViewIndexSql(view: TypeormView, index: TypeormIndex): TypeormQuery;
  createForeignKeySql(table: TypeormTable, foreignKey: TypeormForeignKey): TypeormQuery;
  createViewSql(view: TypeormView): TypeormQuery;
}

export interface TypeormTable {
  readonly name: string;
  columns: readonly TypeormColumn[];
  indices: readonly TypeormIndex[];
  readonly uniques: readonly TypeormUnique[];
  readonly checks: readonly { readonly name?: string; readonly expression?: string }[];
  readonly exclusions: readonly unknown[];
  readonly comment?: string;
}

export interface TypeormColumn {
  readonly name: string;
  readonly type: string;
  readonly length: string;
  readonly precision?: number | null;
  readonly scale?: number;
  readonly collation?: string;
  readonly comment?: string;
  default?: string;
  readonly isNullable: boolean;
  readonly isPrimary: boolean;
  readonly isUnique: boolean;
  readonly isArray: boolean;
  readonly isGenerated: boolean;
  readonly generationStrategy?: "uuid" | "increment" | "rowid" | "identity";
  readonly generatedIdentity?: "ALWAYS" | "BY DEFAULT";
  readonly generatedType?: "STORED" | "VIRTUAL";
  readonly asExpression?: string;
  readonly enum?: readonly string[];
  readonly enumName?: string;
  readonly primaryKeyConstraintName?: string;
}

export interface TypeormIndex {
  name?: string;
  readonly columnNames: readonly string[];
  readonly isUnique: boolean;
  readonly isSpatial: boolean;
  isConcurrent: boolean;
  readonly where?: string;
  readonly type?: string;
}

export interface TypeormUnique {
  readonly name?: string;
  readonly columnNames: readonly string[];
  readonly deferrable?: string;
}

export interface TypeormForeignKey {
  readonly name?: string;
  readonly columnNames: readonly string[];
  readonly referencedColumnNames: readonly string[];
  readonly referencedSchema?: string;
  readonly referencedTableName: string;
  readonly onDelete?: string;
  readonly onUpdate?: string;
  readonly deferrable?: string;
}

export interface TypeormView {
  readonly name: string;
  readonly schema?: string;
  readonly materialized: boolean;
}

export interface TypeormColumnMetadata {
  readonly databaseName: string;
  readonly propertyPath: string;
  readonly isVirtualProperty: boolean;
  readonly default?: unknown;
}

export interface TypeormIndexMetadata {
  /** Undefined where nobody names an index with `synchronize: false`. */
  readonly name?: string;
  readonly synchronize: boolean;
  /** Properties, or a function that gives them. */
  readonly givenColumnNames?: unknown;
  readonly embeddedMetadata?: { readonly propertyPath: string };
  readonly where?: string;
}

/** One entity, junction table, closure table or view. */
export interface TypeormEntity {
  readonly name: string;
  readonly tableType: string;
  readonly tableName: string;
  readonly schema?: string;
  readonly synchronize: boolean;
  /** `STI` where entities that extend this one share its table. */
  readonly inheritancePattern?: string;
  readonly columns: readonly TypeormColumnMetadata[];
  readonly relations: readonly {
    readonly propertyPath: string;
    readonly joinColumns: readonly TypeormColumnMetadata[];
  }[];
  readonly indices: readonly TypeormIndexMetadata[];
  readonly foreignKeys: readonly TypeormForeignKeyMetadata[];
  readonly comment?: string;
}

export interface TypeormForeignKeyMetadata {
  readonly name: string;
  readonly referencedEntityMetadata: TypeormEntity;
}

/** Makes TypeORM's description of a table and its parts from an entity. */
export interface TypeormBuilders {
  getMetadataArgsStorage(): unknown;
  readonly Table: { create(entity: TypeormEntity, driver: TypeormDriver): TypeormTable };
  readonly TableForeignKey: {
    create(foreignKey: TypeormForeignKeyMetadata, driver: TypeormDriver): TypeormForeignKey;
  };
  readonly TableIndex: { create(index: unknown): TypeormIndex };
  readonly View: { create(entity: TypeormEntity, driver: TypeormDriver): TypeormView };
}
