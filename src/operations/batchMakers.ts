import type { BatchOperations, BatchOptions } from "./batchOperations";
import type { MakerName, Makers } from "./makers";
import type { Operation } from "./operation";

export type BatchMakers = {
  readonly [Key in keyof BatchOperations]: (...input: Parameters<BatchOperations[Key]>) => Operation;
};

/** The makers with their table and schema filled in. */
export function batchMakers(makers: Makers<MakerName>, table: string, { schema }: BatchOptions): BatchMakers {
  const inSchema = schema === undefined ? {} : { schema };
  return {
    addColumn: (column, definition, options) =>
      makers.addColumn(table, column, definition, { ...options, ...inSchema }),
    dropColumn: (column, options) => makers.dropColumn(table, column, { ...options, ...inSchema }),
    alterColumn: (column, changes) => makers.alterColumn(table, column, { ...changes, ...inSchema }),
    renameColumn: (oldName, newName) => makers.renameColumn(table, oldName, newName, inSchema),
    createIndex: (name, columns, options) =>
      makers.createIndex(name, table, columns, { ...options, ...inSchema }),
    dropIndex: (name, options) => makers.dropIndex(name, table, { ...options, ...inSchema }),
    createPrimaryKey: (name, columns, options) =>
      makers.createPrimaryKey(name, table, columns, { ...options, ...inSchema }),
    createForeignKey: (name, referent, columns, remoteColumns, options) =>
      makers.createForeignKey(name, table, referent, columns, remoteColumns, {
        ...options,
        ...(schema === undefined ? {} : { sourceSchema: schema }),
      }),
    createUniqueConstraint: (name, columns, options) =>
      makers.createUniqueConstraint(name, table, columns, { ...options, ...inSchema }),
    createCheckConstraint: (name, condition, options) =>
      makers.createCheckConstraint(name, table, condition, { ...options, ...inSchema }),
    createExcludeConstraint: (name, elements, options) =>
      makers.createExcludeConstraint(name, table, elements, { ...options, ...inSchema }),
    dropConstraint: (name, options) => makers.dropConstraint(name, table, { ...options, ...inSchema }),
    validateConstraint: (name, options) =>
      makers.validateConstraint(name, table, { ...options, ...inSchema }),
    renameConstraint: (oldName, newName) => makers.renameConstraint(table, oldName, newName, inSchema),
    createTableComment: (comment, options) =>
      makers.createTableComment(table, comment, { ...options, ...inSchema }),
    dropTableComment: (options) => makers.dropTableComment(table, { ...options, ...inSchema }),
  };
}
