/** The public face of `alembic-ts`: what a configuration and a revision file may import. */
export { defineConfig } from "./project/alembicConfig";
export type { CustomImplementation } from "./operations/createOperations";
export { invertOperation } from "./operations/invertOperation";
export type { NamingConvention } from "./operations/namingConvention";
export type { Operation } from "./operations/operation";
export type { CustomOperations, Operations, TryOutcome } from "./operations/operations";
export { sql } from "./operations/sqlFragment";
export type { SqlFragment, SqlTag } from "./operations/sqlFragment";
export type {
  AlembicConfig,
  ColumnComparison,
  CompareColumn,
  EnvironmentOptions,
  IncludeName,
  IncludeObject,
  OnVersionApply,
  ParentNames,
  PostWriteHook,
  ProcessRevisionDirectives,
  RenderItem,
  RevisionDirective,
  RevisionDirectiveContext,
  SchemaObjectType,
  VersionApplyEvent,
} from "./project/alembicConfig";
export type { Migration, MigrationContext, MigrationFunction } from "./project/migration";
export type { MigrationConnection, StatementResult, StreamOptions } from "./project/migrationConnection";
export type { RevisionTest } from "./project/revisionTest";
