import type { ConstraintName } from "../arguments";
import { requireName, dropFlags } from "../makers";
import type { MakeContext, Makers } from "../makers";
import { resolveName } from "../namingConvention";
import type { Operation } from "../operation";
import { dropKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { renameMaker } from "../schema/schemaMakers";
import { flag, present } from "../sparse";
import type { IndexOptions } from "./indexDefinition";
import { makeIndex } from "./makeIndex";
import type {
  IndexOperations,
  CreateIndex,
  CreateIndexOptions,
  DropIndex,
  DropIndexOptions,
} from "./tableIndex";

const indexKeys: OptionKeys<IndexOptions> = {
  unique: "flag",
  using: "text",
  include: "names",
  nullsNotDistinct: "flag",
  with: "object",
  tablespace: "text",
  where: "sql",
};

const createIndexKeys: OptionKeys<CreateIndexOptions> = {
  ...indexKeys,
  concurrently: "flag",
  ifNotExists: "flag",
  schema: "text",
};

const dropIndexKeys: OptionKeys<DropIndexOptions> = {
  ...dropKeys,
  concurrently: "flag",
  was: { ...indexKeys, columns: "elements" },
};

/** The makers of operations on indexes. */
export function indexMakers(context: MakeContext): Makers<keyof IndexOperations> {
  return {
    createIndex: (name, table, columns, options = {}) =>
      present<CreateIndex>({
        kind: "createIndex",
        table,
        schema: options.schema,
        index: makeIndex(context, name, table, columns, options),
        concurrently: flag(options.concurrently),
        ifNotExists: flag(options.ifNotExists),
      }),
    dropIndex: (name, table, options = {}) => makeDropIndex(context, name, table, options),
    renameIndex: renameMaker("index"),
  };
}

function makeDropIndex(
  context: MakeContext,
  name: ConstraintName,
  table: string | undefined,
  options: DropIndexOptions,
): Operation {
  const finalName = requireName(resolveName(context.namingConvention, "ix", name, { table }));
  const { was } = options;
  const final = { kind: "finalName", name: finalName } as const;
  return present<DropIndex>({
    kind: "dropIndex",
    name: finalName,
    table,
    ...dropFlags(options),
    concurrently: flag(options.concurrently),
    was: was === undefined ? undefined : makeIndex(context, final, table, was.columns, was),
  });
}

/** What their methods take. */
export const indexSignatures: Signatures<keyof IndexOperations> = {
  createIndex: [given.constraintName, given.table, ["columns", "elements"], ["options?", createIndexKeys]],
  dropIndex: [
    ["name", "nameOrNull"],
    ["table?", "text"],
    ["options?", dropIndexKeys],
  ],
  renameIndex: [given.oldName, given.newName, given.schemaOption],
};
