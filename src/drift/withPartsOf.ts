import { nameKey } from "../schema/findNamed";
import type { SchemaModel } from "../schema/model/schemaModel";
import type { TableModel } from "../schema/model/tableModel";
import type { ViewModel } from "../schema/model/viewModel";
import { keyOf } from "./describe";

interface Named {
  readonly name: string;
}

/** The model, with these parts as the other one has them; a key is what `keyOf` gives. */
export function withPartsOf(model: SchemaModel, other: SchemaModel, keys: ReadonlySet<string>): SchemaModel {
  const tables = new Map(other.tables.map((table) => [nameKey(table), table]));
  const views = new Map(other.views.map((view) => [nameKey(view), view]));
  const domains = new Map(other.domains.map((domain) => [nameKey(domain), domain]));
  const isTaken = (kind: string, { schema, name }: { readonly schema: string } & Named): boolean =>
    keys.has(keyOf({ kind, schema, table: undefined, name }));
  return {
    ...model,
    domains: model.domains.map((domain) =>
      isTaken("domain", domain) ? (domains.get(nameKey(domain)) ?? domain) : domain,
    ),
    views: model.views.map((view) => {
      const found = views.get(nameKey(view));
      return found === undefined ? view : viewWith(view, found, keys, isTaken("view", view));
    }),
    tables: model.tables.map((table) => {
      const found = tables.get(nameKey(table));
      return found === undefined ? table : tableWith(table, found, keys);
    }),
  };
}

/** The indexes and triggers of a view are parts of their own. */
function viewWith(
  view: ViewModel,
  other: ViewModel,
  keys: ReadonlySet<string>,
  isTextTaken: boolean,
): ViewModel {
  const take = partsOf(view, keys);
  return {
    ...(isTextTaken ? other : view),
    indexes: take("index", view.indexes, other.indexes),
    triggers: take("trigger", view.triggers, other.triggers),
  };
}

function tableWith(table: TableModel, other: TableModel, keys: ReadonlySet<string>): TableModel {
  const take = partsOf(table, keys);
  return {
    ...table,
    columns: take("column", table.columns, other.columns),
    constraints: take("constraint", table.constraints, other.constraints),
    indexes: take("index", table.indexes, other.indexes),
    triggers: take("trigger", table.triggers, other.triggers),
    policies: take("policy", table.policies, other.policies),
  };
}

/** The parts of one table or view, some of them from the other side. */
function partsOf(
  { schema, name: table }: { readonly schema: string } & Named,
  keys: ReadonlySet<string>,
): <Part extends Named>(kind: string, own: readonly Part[], others: readonly Part[]) => readonly Part[] {
  return (kind, own, others) => {
    const known = new Map(others.map((part) => [part.name, part]));
    return own.map((part) =>
      keys.has(keyOf({ kind, schema, table, name: part.name })) ? (known.get(part.name) ?? part) : part,
    );
  };
}
