import type { DifferenceOf, SchemaDifference } from "../compare/difference";
import { isSameName, nameKey } from "../../schema/findNamed";
import type { FunctionModel } from "../../schema/model/schemaModel";
import type { ViewModel } from "../../schema/model/viewModel";
import type { Disturbances } from "./expandDependents";
import { callsOneOf, functionKey, isBoundTo, recreatedFunctions } from "./functionChanges";
import type { PlanContext } from "./planContext";
import { isReplaceable, withReaders } from "./viewOperations";

/** What is dropped before the other changes and, unless it goes, made anew behind them. */
export interface RebuiltObjects {
  readonly views: readonly ViewModel[];
  /** Those that stand on such a view, which is why they go before it. */
  readonly functions: readonly FunctionModel[];
}

/**
 * Views that go, that stand in the way of a column's change, that can't be replaced or that call a function which can't;
 * and all that stands on them.
 */
export function findRebuilt(
  context: PlanContext,
  differences: readonly SchemaDifference[],
  disturbances: Disturbances,
): RebuiltObjects {
  const { defaultSchema, from } = context;
  const changes = differences.filter((difference) => difference.kind === "view");
  let keys: ReadonlySet<string> = new Set(
    from.views
      .filter(
        (view) =>
          isInTheWay(view, disturbances) ||
          isDroppedOrReplaced(changes, view) ||
          isLeftBehind(changes, view, differences),
      )
      .map(nameKey),
  );
  let lost = recreatedFunctions(differences);
  for (;;) {
    const called = from.views.filter((view) => callsOneOf(view.definition, lost, defaultSchema)).map(nameKey);
    keys = withReaders(from.views, new Set([...keys, ...called]));
    const views = from.views.filter((view) => keys.has(nameKey(view)));
    const functions =
      views.length === 0 ? [] : from.functions.filter((each) => isBoundTo(each, views, defaultSchema));
    const known = new Set(lost.map(functionKey));
    const more = functions.filter((each) => !known.has(functionKey(each)));
    if (more.length === 0) {
      return { views, functions };
    }
    lost = [...lost, ...more];
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
      columns: view.columns.map(({ name, type, default: text }) => [name, type, text]),
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

/** Whether a view no longer reads a table or a column that goes; replaced behind that, it would hold it back. */
function isLeftBehind(
  changes: readonly DifferenceOf<"view">[],
  view: ViewModel,
  differences: readonly SchemaDifference[],
): boolean {
  return (
    changes.some(({ before }) => before !== undefined && isSameName(before, view)) &&
    differences.some((difference) => {
      switch (difference.kind) {
        case "table": {
          const { before, after } = difference;
          return (
            after === undefined &&
            before !== undefined &&
            view.dependsOn.some((each) => isSameName(each, before))
          );
        }
        case "column": {
          const { table, before, after } = difference;
          return (
            after === undefined &&
            view.dependsOn.some((each) => isSameName(each, table) && each.column === before?.name)
          );
        }
        default:
          return false;
      }
    })
  );
}
