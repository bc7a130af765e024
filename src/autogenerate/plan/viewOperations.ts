import { isSameName, nameKey } from "../../schema/findNamed";
import { layOutPrintedQuery } from "../../sqlText/queryLayout";
import { present } from "../../operations/sparse";
import { sql, sqlText } from "../../operations/sqlFragment";
import { structureWithout } from "../compare/structure";
import type { CreateMaterializedView, CreateView } from "../../operations/view/view";
import type { ViewModel } from "../../schema/model/viewModel";
import { storageParameters } from "./partDefinitions";
import { emitIndex } from "./partOperations";
import { emitComment, identifier, inSchema, type PlanContext, type PlanWarning } from "./planContext";
import { emitTrigger } from "./routineOperations";

/** Views so that those that others read come first. */
export function inReadingOrder(views: readonly ViewModel[]): readonly ViewModel[] {
  const ordered: ViewModel[] = [];
  const visit = (view: ViewModel): void => {
    if (ordered.includes(view)) {
      return;
    }
    for (const other of views) {
      if (other !== view && view.dependsOn.some((dependency) => isSameName(dependency, other))) {
        visit(other);
      }
    }
    ordered.push(view);
  };
  views.forEach(visit);
  return ordered;
}

/** Whether CREATE OR REPLACE VIEW can do it: it may only add columns at the end. */
export function isReplaceable(before: ViewModel, after: ViewModel): boolean {
  return (
    !before.isMaterialized &&
    !after.isMaterialized &&
    before.columns.every((column, at) => {
      const counterpart = after.columns[at];
      return (
        counterpart !== undefined &&
        counterpart.name === column.name &&
        counterpart.type === column.type &&
        counterpart.default === column.default
      );
    }) &&
    after.columns.slice(before.columns.length).every((column) => column.default === undefined) &&
    JSON.stringify(before.rules) === JSON.stringify(after.rules) &&
    // REPLACE leaves options that it does not name.
    before.options.every((option) => after.options.includes(option)) &&
    (before.checkOption === undefined || after.checkOption === before.checkOption)
  );
}

/** A new view, or a new materialized view. */
export function emitView(context: PlanContext, view: ViewModel, ...warnings: readonly PlanWarning[]): void {
  const place = { ...inSchema(context, view.schema), name: view.name };
  if (view.isMaterialized) {
    context.emit(
      "createViews",
      present<CreateMaterializedView>({
        kind: "createMaterializedView",
        ...place,
        query: sqlText(layOutPrintedQuery(view.definition)),
        using: view.method === "heap" ? undefined : view.method,
        with: storageParameters(view.options),
        tablespace: view.tablespace,
      }),
      ...warnings,
    );
  } else {
    context.emit("createViews", createView(context, view), ...warnings);
  }
  for (const index of view.indexes) {
    emitIndex(context, view, index, "createViews");
  }
  for (const trigger of view.triggers) {
    emitTrigger(context, view, trigger, "createViews");
  }
  emitViewTraits(context, view);
  emitViewComments(context, undefined, view);
}

/** What no option of `CREATE VIEW` says. */
function emitViewTraits(context: PlanContext, view: ViewModel): void {
  for (const column of view.columns) {
    if (column.default !== undefined) {
      const statement = sql`ALTER VIEW ${identifier(context, view)} ALTER COLUMN ${sql.identifier(column.name)} SET DEFAULT ${sql.raw(column.default)}`;
      context.emit("createViews", { kind: "execute", sql: statement });
    }
  }
  for (const rule of view.rules) {
    context.emit("createViews", { kind: "execute", sql: sqlText(rule) });
  }
}

function createView(context: PlanContext, view: ViewModel): CreateView {
  return present<CreateView>({
    kind: "createView",
    ...inSchema(context, view.schema),
    name: view.name,
    query: sqlText(layOutPrintedQuery(view.definition)),
    with: storageParameters(view.options),
    checkOption: view.checkOption,
  });
}

/** A change that needs no drop: of the query, of comments. */
export function emitReplacedView(context: PlanContext, before: ViewModel, after: ViewModel): void {
  const query = (view: ViewModel): string =>
    structureWithout(view, ["comment", "columns", "indexes", "triggers", "dependsOn"]);
  if (query(before) !== query(after)) {
    context.emit("createViews", { ...createView(context, after), kind: "replaceView" });
  }
  emitViewComments(context, before, after);
}

/** A view that is gone, or a materialized view. */
export function emitDroppedView(
  context: PlanContext,
  view: ViewModel,
  ...warnings: readonly PlanWarning[]
): void {
  context.emit(
    "dropViews",
    {
      kind: view.isMaterialized ? "dropMaterializedView" : "dropView",
      ...inSchema(context, view.schema),
      name: view.name,
    },
    ...warnings,
  );
}

function emitViewComments(context: PlanContext, before: ViewModel | undefined, after: ViewModel): void {
  const object = after.isMaterialized ? "MATERIALIZED VIEW" : "VIEW";
  if (before?.comment !== after.comment) {
    emitComment(context, object, identifier(context, after), after.comment);
  }
  for (const column of after.columns) {
    const known = before?.columns.find(({ name }) => name === column.name);
    if (known?.comment !== column.comment) {
      const { names } = identifier(context, after);
      emitComment(context, "COLUMN", sql.identifier(...names, column.name), column.comment);
    }
  }
}

/** All views that read one of these, directly or through others, with those themselves. */
export function withReaders(views: readonly ViewModel[], seeds: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(seeds);
  let size = -1;
  while (size !== found.size) {
    size = found.size;
    for (const view of views) {
      if (view.dependsOn.some((dependency) => found.has(nameKey(dependency)))) {
        found.add(nameKey(view));
      }
    }
  }
  return found;
}
