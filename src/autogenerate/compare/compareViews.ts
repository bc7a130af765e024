import type { SchemaModel } from "../../schema/model/schemaModel";
import type { ViewModel } from "../../schema/model/viewModel";
import { compareNamed } from "./compareNamed";
import { compareIndexes } from "./compareParts";
import { compareTriggers } from "./compareTable";
import type { Comparison } from "./comparison";
import type { Rename } from "./difference";
import { byName, isSameName, nameKey } from "../../schema/findNamed";
import { withViewOptions } from "./keptTraits";
import { aspectObject } from "./schemaObject";
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
  const wanted = wantedViews(comparison, before.views, after.views);
  const matched = new Map(wanted.map((view) => [nameKey(view), view]));
  const reached = compareNamed(comparison, {
    before: before.views,
    after: wanted,
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
    const none = { dropped: new Set<string>(), retyped: new Set<string>(), typed: new Set<string>() };
    const place = { schema: view.schema, name: view.name };
    return {
      ...view,
      indexes: compareIndexes(comparison, place, view.indexes, counterpart.indexes, none),
      triggers: compareTriggers(comparison, place, view.triggers, counterpart.triggers),
    };
  });
}

function wantedViews(
  comparison: Comparison,
  before: readonly ViewModel[],
  after: readonly ViewModel[],
): readonly ViewModel[] {
  const known = byName(before);
  return after.map((view) => {
    const found = known.get(nameKey(view));
    const options = aspectObject(view.schema, view.name, {
      aspect: "view options",
      of: "view",
      ofName: view.name,
    });
    return found === undefined || comparison.isExpressible(options) ? view : withViewOptions(found, view);
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
