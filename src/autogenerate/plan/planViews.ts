import type { DifferenceOf, SchemaDifference } from "../compare/difference";
import { isAmong, mentionedIn } from "../compare/mentionedNames";
import { findNamed, isSameName, nameKey } from "../../schema/findNamed";
import type { FunctionModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { ViewModel } from "../../schema/model/viewModel";
import { mentionsName } from "../../sqlText/expression";
import { isBoundTo } from "./functionChanges";
import { type PlanContext, type PlanWarning, spokenName } from "./planContext";
import type { RebuiltObjects } from "./rebuiltObjects";
import { emitDroppedFunction } from "./routineOperations";
import { emitDroppedView, emitReplacedView, emitView, inReadingOrder } from "./viewOperations";

/**
 * Views that come, go and change; and those that stand in the way of a column's change, and all that read them:
 * dropped first, made anew last.
 * @returns keys of those that go, or are made, with all that is in them
 */
export function planViews(
  context: PlanContext,
  differences: readonly SchemaDifference[],
  objects: RebuiltObjects,
): ReadonlySet<string> {
  const changes = differences.filter((difference) => difference.kind === "view");
  const views = context.from.views;
  const rebuilt = new Set(objects.views.map(nameKey));
  const change = (view: ViewModel): DifferenceOf<"view"> | undefined =>
    changes.find(({ before, after }) => isSameName(before ?? after ?? view, view));
  for (const object of [...inDropOrder(context, objects)].reverse()) {
    if ("isMaterialized" in object) {
      emitDroppedView(context, object, ...rebuildWarnings(spokenName(context, object), change(object)));
    } else {
      emitDroppedFunction(context, object, "dropViews");
    }
  }
  const made = context.to.views.filter((view) => rebuilt.has(nameKey(view)) || change(view) !== undefined);
  const lost = views.filter(
    (view) =>
      rebuilt.has(nameKey(view)) &&
      change(view) === undefined &&
      findNamed(context.to.views, view) === undefined,
  );
  const whole = new Set(rebuilt);
  for (const view of inReadingOrder([...made, ...lost])) {
    const before = findNamed(views, view);
    if (before === undefined || rebuilt.has(nameKey(view))) {
      whole.add(nameKey(view));
      emitView(context, view, ...(change(view) === undefined ? oldNames(context, view, before) : []));
    } else {
      emitReplacedView(context, before, view);
    }
  }
  return whole;
}

/** Views and functions, those that others stand on first. */
function inDropOrder(
  { defaultSchema }: PlanContext,
  { views, functions }: RebuiltObjects,
): readonly (ViewModel | FunctionModel)[] {
  const visited = new Set<ViewModel | FunctionModel>();
  const ordered = new Set<ViewModel | FunctionModel>();
  const visit = (object: ViewModel | FunctionModel): void => {
    if (visited.has(object)) {
      return;
    }
    visited.add(object);
    if ("isMaterialized" in object) {
      const { calls } = mentionedIn(object.definition);
      // One that is bound to the view only shares the name of the one that the view calls.
      functions
        .filter((each) => isAmong(calls, each, defaultSchema) && !isBoundTo(each, [object], defaultSchema))
        .forEach(visit);
    } else {
      views.filter((view) => isBoundTo(object, [view], defaultSchema)).forEach(visit);
    }
    ordered.add(object);
  };
  [...inReadingOrder(views), ...functions].forEach(visit);
  return [...ordered];
}

/** A view that nobody describes is made anew by the server's text: what this revision renames has its old name there. */
function oldNames(
  context: PlanContext,
  view: ViewModel,
  before: ViewModel | undefined,
): readonly PlanWarning[] {
  const read = (table: QualifiedName, column?: string): boolean =>
    view.dependsOn.some(
      (each) => isSameName(each, table) && (column === undefined || each.column === column),
    );
  const stale = context.renames.flatMap((rename) => {
    switch (rename.object) {
      case "column":
        return read(rename.table, rename.to) ? [{ from: rename.from, to: rename.to }] : [];
      case "table":
        return read(rename.to) ? [{ from: rename.from.name, to: spokenName(context, rename.to) }] : [];
      case "enum":
        return view.definition.includes("::")
          ? [{ from: rename.from.name, to: spokenName(context, rename.to) }]
          : [];
      case "enumValue":
        return [];
    }
  });
  const written = stale.filter(({ from }) => mentionsName(view.definition, new Set([from])));
  return written.length === 0 || view.definition !== before?.definition
    ? []
    : [
        {
          code: "may-fail",
          text: `fails because the text has old names: write ${written.map(({ from, to }) => `${to} instead of ${from}`).join(", ")}`,
        },
      ];
}

function rebuildWarnings(
  name: string,
  change: DifferenceOf<"view"> | undefined,
): readonly { readonly code: "dependent-view"; readonly text: string }[] {
  if (change?.after === undefined && change !== undefined) {
    return [];
  }
  return [
    {
      code: "dependent-view",
      text:
        change === undefined
          ? `the view ${name} depends on this change: it is recreated at the end, without its grants`
          : `the view ${name} can't be replaced in place: it is recreated at the end, without its grants`,
    },
  ];
}
