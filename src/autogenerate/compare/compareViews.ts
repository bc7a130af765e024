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
  const known = byName(before.views);
  const wanted = wantedViews(comparison, known, after.views);
  const matched = new Map(wanted.map((view) => [nameKey(view), view]));
  const reached = compareNamed(comparison, {
    before: before.views,
    after: wanted,
    keyOf: nameKey,
    structureOf: (view) =>
      structureWithout(view, ["indexes", "triggers", "dependsOn"]) +
      (stale.has(nameKey(view)) && before.views.includes(view) ? " before the rename" : ""),
    toObject: (model) => ({ kind: "view", schema: model.schema, table: undefined, name: model.name, model }),
    toDifference: (left, right) => ({ kind: "view", before: left, after: right }),
  });
  return reached.map((view) => {
    const [found, counterpart] = [known.get(nameKey(view)), matched.get(nameKey(view))];
    // A plain view has no indexes, and a materialized one no triggers.
    return found === undefined || found.isMaterialized !== counterpart?.isMaterialized
      ? view
      : { ...view, ...comparedParts(comparison, found, counterpart) };
  });
}

/** The indexes and triggers that a view has afterwards, made again with it or not. */
function comparedParts(
  comparison: Comparison,
  before: ViewModel,
  after: ViewModel,
): Pick<ViewModel, "indexes" | "triggers"> {
  const types = new Map(after.columns.map(({ name, type }) => [name, type]));
  const names = before.columns.map(({ name }) => name);
  const fates = {
    dropped: new Set(names.filter((name) => !types.has(name))),
    retyped: new Set<string>(),
    typed: new Set(
      before.columns.filter(({ name, type }) => types.get(name) !== type).map(({ name }) => name),
    ),
  };
  const place = { schema: after.schema, name: after.name };
  return {
    indexes: compareIndexes(comparison, place, before.indexes, after.indexes, fates),
    triggers: compareTriggers(comparison, place, before.triggers, after.triggers),
  };
}

function wantedViews(
  comparison: Comparison,
  known: ReadonlyMap<string, ViewModel>,
  after: readonly ViewModel[],
): readonly ViewModel[] {
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
