import type { SchemaModel } from "../model/schemaModel";
import type { ViewModel } from "../model/viewModel";
import { compareNamed } from "./compareNamed";
import { compareIndexes } from "./compareParts";
import { compareTriggers } from "./compareTable";
import type { Comparison } from "./comparison";
import type { Rename } from "./difference";
import { isSameName, nameKey } from "./findNamed";
import { structureWithout } from "./structure";

/** Compares views and materialised views. One that reads something renamed is made anew from its new text. */
export function compareViews(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
  renames: readonly Rename[],
): readonly ViewModel[] {
  const stale = new Set(before.views.filter((view) => readsRenamed(view, renames)).map(nameKey));
  const changed = new Set<string>();
  const matched = new Map(after.views.map((view) => [nameKey(view), view]));
  const reached = compareNamed(comparison, {
    before: before.views,
    after: after.views,
    keyOf: nameKey,
    structureOf: (view) =>
      structureWithout(view, ["indexes", "triggers", "dependsOn"]) +
      (stale.has(nameKey(view)) && before.views.includes(view) ? " before the rename" : ""),
    toObject: (model) => ({ kind: "view", schema: model.schema, table: undefined, name: model.name, model }),
    toDifference: (left, right) => {
      changed.add(nameKey(right ?? left ?? { schema: "", name: "" }));
      return { kind: "view", before: left, after: right };
    },
  });
  return reached.map((view) => {
    const counterpart = matched.get(nameKey(view));
    if (changed.has(nameKey(view)) || counterpart === undefined) {
      return view;
    }
    const none = { dropped: new Set<string>(), retyped: new Set<string>() };
    const place = { schema: view.schema, name: view.name };
    return {
      ...view,
      indexes: compareIndexes(comparison, place, view.indexes, counterpart.indexes, none),
      triggers: compareTriggers(comparison, place, view.triggers, counterpart.triggers),
    };
  });
}

function readsRenamed(view: ViewModel, renames: readonly Rename[]): boolean {
  return renames.some((rename) =>
    view.dependsOn.some((dependency) => {
      switch (rename.object) {
        case "table":
          return isSameName(dependency, rename.to);
        case "column":
          return isSameName(dependency, rename.table) && dependency.column === rename.to;
        default:
          return false;
      }
    }),
  );
}
