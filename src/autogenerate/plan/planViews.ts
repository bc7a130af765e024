import type { DifferenceOf, SchemaDifference } from "../compare/difference";
import { findNamed, isSameName, nameKey } from "../../schema/findNamed";
import type { ViewModel } from "../../schema/model/viewModel";
import type { Disturbances } from "./expandDependents";
import type { PlanContext } from "./planContext";
import {
  emitDroppedView,
  emitReplacedView,
  emitView,
  inReadingOrder,
  isReplaceable,
  withReaders,
} from "./viewOperations";

/**
 * Views that come, go and change; and those that stand in the way of a column's change, and all that read them:
 * dropped first, made anew last.
 */
export function planViews(
  context: PlanContext,
  differences: readonly SchemaDifference[],
  disturbances: Disturbances,
): void {
  const changes = differences.filter((difference) => difference.kind === "view");
  const views = context.from.views;
  const inTheWay = views.filter(
    (view) => isInTheWay(view, disturbances) || isDroppedOrReplaced(changes, view),
  );
  const rebuilt = withReaders(views, new Set(inTheWay.map(nameKey)));
  const change = (view: ViewModel): DifferenceOf<"view"> | undefined =>
    changes.find(({ before, after }) => isSameName(before ?? after ?? view, view));
  for (const view of [...inReadingOrder(views.filter((each) => rebuilt.has(nameKey(each))))].reverse()) {
    emitDroppedView(context, view, ...rebuildWarnings(view, change(view)));
  }
  const made = context.to.views.filter((view) => rebuilt.has(nameKey(view)) || change(view) !== undefined);
  const lost = views.filter(
    (view) =>
      rebuilt.has(nameKey(view)) &&
      change(view) === undefined &&
      findNamed(context.to.views, view) === undefined,
  );
  for (const view of inReadingOrder([...made, ...lost])) {
    const before = findNamed(views, view);
    if (before === undefined || rebuilt.has(nameKey(view))) {
      emitView(context, view);
    } else {
      emitReplacedView(context, before, view);
    }
  }
}

function isDroppedOrReplaced(changes: readonly DifferenceOf<"view">[], view: ViewModel): boolean {
  return changes.some(
    ({ before, after }) =>
      before !== undefined &&
      isSameName(before, view) &&
      (after === undefined || !(isOnlyCommented(before, after) || isReplaceable(before, after))),
  );
}

function isOnlyCommented(before: ViewModel, after: ViewModel): boolean {
  const text = (view: ViewModel): string =>
    JSON.stringify({
      ...view,
      comment: "",
      columns: view.columns.map(({ name, type }) => [name, type]),
      indexes: [],
      triggers: [],
      dependsOn: [],
    });
  return text(before) === text(after);
}

function isInTheWay(view: ViewModel, disturbances: Disturbances): boolean {
  return view.dependsOn.some((dependency) => {
    const disturbance = disturbances.get(nameKey(dependency));
    const { column } = dependency;
    return (
      disturbance !== undefined &&
      column !== undefined &&
      (disturbance.retyped.has(column) ||
        disturbance.recreated.has(column) ||
        disturbance.ofReplacedEnum.has(column))
    );
  });
}

function rebuildWarnings(
  view: ViewModel,
  change: DifferenceOf<"view"> | undefined,
): readonly { readonly code: "dependent-view"; readonly text: string }[] {
  return change === undefined
    ? [
        {
          code: "dependent-view",
          text: `the view ${view.name} depends on this change: it is recreated at the end, without its grants`,
        },
      ]
    : [];
}
