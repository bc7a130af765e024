import type { SqlText } from "../arguments";
import { dropFlags } from "../makers";
import type { Makers } from "../makers";
import { dropKeys, schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { renameMaker } from "../schema/schemaMakers";
import { flag, present } from "../sparse";
import { fragmentOf } from "../sqlFragment";
import type {
  ViewOperations,
  CreateMaterializedView,
  CreateView,
  DropMaterializedView,
  DropView,
  MaterializedViewDefinition,
  MaterializedViewOptions,
  RefreshMaterializedView,
  ReplaceView,
  ViewDefinition,
  ViewOptions,
} from "./view";

function makeView(query: SqlText, options: ViewOptions): ViewDefinition {
  return present<ViewDefinition>({
    query: fragmentOf(query),
    columns: options.columns,
    with: options.with,
    checkOption: options.checkOption,
  });
}

function makeMaterializedView(query: SqlText, options: MaterializedViewOptions): MaterializedViewDefinition {
  return present<MaterializedViewDefinition>({
    query: fragmentOf(query),
    columns: options.columns,
    using: options.using,
    with: options.with,
    tablespace: options.tablespace,
    withData: options.withData === false ? false : undefined,
  });
}

/** The makers of views and materialized views. */
export const viewMakers: Makers<keyof ViewOperations> = {
  createView: (name, query, options = {}) =>
    present<CreateView>({
      kind: "createView",
      name,
      schema: options.schema,
      ...makeView(query, options),
    }),
  replaceView: (name, query, options = {}) =>
    present<ReplaceView>({
      kind: "replaceView",
      name,
      schema: options.schema,
      ...makeView(query, options),
      was: options.was === undefined ? undefined : makeView(options.was.query, options.was),
    }),
  dropView: (name, options = {}) =>
    present<DropView>({
      kind: "dropView",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeView(options.was.query, options.was),
    }),
  renameView: renameMaker("view"),
  createMaterializedView: (name, query, options = {}) =>
    present<CreateMaterializedView>({
      kind: "createMaterializedView",
      name,
      schema: options.schema,
      ...makeMaterializedView(query, options),
      ifNotExists: flag(options.ifNotExists),
    }),
  dropMaterializedView: (name, options = {}) =>
    present<DropMaterializedView>({
      kind: "dropMaterializedView",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeMaterializedView(options.was.query, options.was),
    }),
  refreshMaterializedView: (name, { schema, concurrently, withData } = {}) =>
    present<RefreshMaterializedView>({
      kind: "refreshMaterializedView",
      name,
      schema,
      concurrently: flag(concurrently),
      withData: withData === false ? false : undefined,
    }),
  renameMaterializedView: renameMaker("materialized view"),
};

const query = ["query", "sql"] as const;

const viewKeys: OptionKeys<ViewOptions> = { columns: "names", with: "object", checkOption: "text" };

const previousViewKeys = { ...viewKeys, query: "sql" } as const;

const materializedViewKeys: OptionKeys<MaterializedViewOptions> = {
  columns: "names",
  using: "text",
  with: "object",
  tablespace: "text",
  withData: "flag",
};

/** What their methods take. */
export const viewSignatures: Signatures<keyof ViewOperations> = {
  createView: [given.name, query, ["options?", { ...viewKeys, ...schemaKeys }]],
  replaceView: [given.name, query, ["options?", { ...viewKeys, ...schemaKeys, was: previousViewKeys }]],
  dropView: [given.name, ["options?", { ...dropKeys, was: previousViewKeys }]],
  renameView: [given.oldName, given.newName, given.schemaOption],
  createMaterializedView: [
    given.name,
    query,
    ["options?", { ...materializedViewKeys, ...schemaKeys, ifNotExists: "flag" }],
  ],
  dropMaterializedView: [
    given.name,
    ["options?", { ...dropKeys, was: { ...materializedViewKeys, query: "sql" } }],
  ],
  refreshMaterializedView: [
    given.name,
    ["options?", { ...schemaKeys, concurrently: "flag", withData: "flag" }],
  ],
  renameMaterializedView: [given.oldName, given.newName, given.schemaOption],
};
