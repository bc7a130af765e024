import type { DifferenceOf, SchemaDifference } from "../compare/difference";
import { isOfType } from "../compare/compareTypes";
import { mentionsName } from "../../sqlText/expression";
import { nameKey } from "../../schema/findNamed";
import type { EnumModel, FunctionModel, SequenceModel } from "../../schema/model/schemaModel";
import { constraintText } from "../../schema/model/constraintModel";
import { functionSignature } from "../compare/schemaObject";
import { sql } from "../../operations/sqlFragment";
import type { TableModel } from "../../schema/model/tableModel";
import {
  emitAddedColumn,
  emitAlteredColumn,
  emitDroppedColumn,
  emitRecreatedColumn,
} from "./columnOperations";
import { expandDependents, isColumnRecreated, replacedEnums } from "./expandDependents";
import {
  emitChangedConstraint,
  emitConstraint,
  emitDroppedConstraint,
  emitDroppedIndex,
  emitIndex,
} from "./partOperations";
import { emitComment, identifier, inSchema, type Phase, type PlanContext } from "./planContext";
import { functionKey, isFunctionReplaceable } from "./functionChanges";
import { planViews } from "./planViews";
import { findRebuilt, type RebuiltObjects } from "./rebuiltObjects";
import { emitRenamedParts } from "./renameOperations";
import {
  emitDroppedFunction,
  emitDroppedPolicy,
  emitDroppedStatistics,
  emitDroppedTrigger,
  emitFunction,
  emitFunctionComment,
  emitPolicy,
  emitStatistics,
  emitTrigger,
} from "./routineOperations";
import { emitCreatedTables, emitDroppedTables } from "./tableOperations";
import { emitTableOption } from "./tableOptions";
import {
  emitCompositeType,
  emitDomain,
  emitEnum,
  emitSequence,
  isDefaultSetByEnum,
  leavesEnum,
} from "./typeOperations";

/** Puts the operations for some differences into the phases of the context; renames are not among them. */
export function planDirection(context: PlanContext, given: readonly SchemaDifference[]): void {
  const { differences: expanded, disturbances } = expandDependents(context, given);
  const replaced = replacedEnums(expanded);
  const rebuilt = findRebuilt(context, expanded, disturbances);
  const changes = [...expanded, ...rebuiltFunctions(context, expanded, rebuilt)];
  const wholeViews = planViews(context, changes, rebuilt);
  const differences = changes.filter((difference) => !isPartOf(difference, wholeViews));
  emitCreatedTables(context, tablesOf(differences, "after"), differences);
  emitDroppedTables(context, tablesOf(differences, "before"), differences, replaced);
  emitRenamedParts(
    context,
    differences.filter((difference) => difference.kind === "renamedPart"),
  );
  const early = new Set(rebuilt.functions.map(functionKey));
  for (const difference of differences) {
    if (difference.kind === "function") {
      emitFunctionChange(context, difference, early);
    } else {
      emitDifference(context, difference, differences, replaced);
    }
  }
}

/** Whether something goes, or is made, with the view that it belongs to. */
function isPartOf(difference: SchemaDifference, views: ReadonlySet<string>): boolean {
  switch (difference.kind) {
    case "trigger":
    case "index":
    case "renamedPart":
      return views.has(nameKey(difference.table));
    case "comment":
      return (
        difference.table !== undefined &&
        (difference.of === "trigger" || difference.of === "index") &&
        views.has(nameKey({ schema: difference.schema, name: difference.table }))
      );
    default:
      return false;
  }
}

/** Functions that stay as they are, but are in the way of a view. */
function rebuiltFunctions(
  { to }: PlanContext,
  differences: readonly SchemaDifference[],
  rebuilt: RebuiltObjects,
): readonly SchemaDifference[] {
  const changed = new Set(
    differences.flatMap((each) =>
      each.kind === "function" && each.before !== undefined ? [functionKey(each.before)] : [],
    ),
  );
  return rebuilt.functions
    .filter((before) => !changed.has(functionKey(before)))
    .map((before) => {
      const after = to.functions.find((each) => functionKey(each) === functionKey(before)) ?? before;
      return { kind: "function", before, after };
    });
}

function tablesOf(differences: readonly SchemaDifference[], side: "before" | "after"): readonly TableModel[] {
  const other = side === "before" ? "after" : "before";
  return differences.flatMap((difference) => {
    const table =
      difference.kind === "table" && difference[other] === undefined ? difference[side] : undefined;
    return table === undefined ? [] : [table];
  });
}

function emitDifference(
  context: PlanContext,
  difference: SchemaDifference,
  differences: readonly SchemaDifference[],
  replaced: readonly EnumModel[],
): void {
  switch (difference.kind) {
    case "schema":
      return emitSchema(context, difference.before, difference.after);
    case "extension":
      return emitExtension(context, difference.before?.name, difference.after);
    case "enum":
      return emitEnum(context, difference, differences);
    case "domain":
      return emitDomain(context, difference);
    case "compositeType":
      return emitCompositeType(context, difference);
    case "sequence":
      return emitSequence(context, difference, (sequence) => isGoneWithOwner(sequence, differences));
    case "column":
      return emitColumn(context, difference, replaced);
    case "constraint": {
      const { table, before, after } = difference;
      if (before !== undefined && after !== undefined) {
        return emitChangedConstraint(context, table, before, after);
      }
      return before !== undefined
        ? emitDroppedConstraint(context, table, before)
        : after !== undefined
          ? emitConstraint(context, table, after, { isMade: false })
          : undefined;
    }
    case "index":
      return emitBoth(
        difference,
        (index) => emitDroppedIndex(context, difference.table, index),
        (index) => emitIndex(context, difference.table, index),
      );
    case "trigger":
      return emitBoth(
        difference,
        (trigger) => emitDroppedTrigger(context, difference.table, trigger),
        (trigger) => emitTrigger(context, difference.table, trigger),
      );
    case "policy":
      return emitBoth(
        difference,
        (policy) => emitDroppedPolicy(context, difference.table, policy),
        (policy) => emitPolicy(context, difference.table, policy),
      );
    case "statistics":
      return emitBoth(
        difference,
        (statistics) => emitDroppedStatistics(context, statistics),
        (statistics) => emitStatistics(context, difference.table, statistics),
      );
    case "tableOption":
      return emitTableOption(context, difference);
    case "comment":
      return emitCommentChange(context, difference);
    case "table":
    case "view":
    case "function":
    case "renamed":
    case "renamedPart":
      // Planned together, in an order of their own.
      return;
  }
}

function emitBoth<Model>(
  { before, after }: { readonly before: Model | undefined; readonly after: Model | undefined },
  drop: (model: Model) => void,
  create: (model: Model) => void,
): void {
  if (before !== undefined) {
    drop(before);
  }
  if (after !== undefined) {
    create(after);
  }
}

function emitSchema(
  context: PlanContext,
  before: { readonly name: string } | undefined,
  after: { readonly name: string; readonly comment: string | undefined } | undefined,
): void {
  if (before === undefined && after !== undefined) {
    context.emit("schemas", { kind: "createSchema", name: after.name, ifNotExists: true });
    if (after.comment !== undefined) {
      emitComment(context, "SCHEMA", sql.identifier(after.name), after.comment);
    }
  } else if (before !== undefined && after === undefined) {
    context.emit("dropSchemas", { kind: "dropSchema", name: before.name });
  }
}

function emitExtension(
  context: PlanContext,
  before: string | undefined,
  after: { readonly name: string; readonly schema: string } | undefined,
): void {
  if (before === undefined && after !== undefined) {
    context.emit("extensions", {
      kind: "createExtension",
      ...inSchema(context, after.schema === "pg_catalog" ? context.defaultSchema : after.schema),
      name: after.name,
      ifNotExists: true,
    });
  } else if (before !== undefined && after === undefined) {
    context.emit("dropExtensions", { kind: "dropExtension", name: before });
  }
}

function isGoneWithOwner({ ownedBy }: SequenceModel, differences: readonly SchemaDifference[]): boolean {
  return differences.some((difference) => {
    if (ownedBy === undefined || !("before" in difference) || difference.after !== undefined) {
      return false;
    }
    return difference.kind === "table"
      ? difference.before !== undefined && nameKey(difference.before) === nameKey(ownedBy)
      : difference.kind === "column" &&
          nameKey(difference.table) === nameKey(ownedBy) &&
          difference.before?.name === ownedBy.column;
  });
}

function emitColumn(
  context: PlanContext,
  { table, before, after }: Extract<SchemaDifference, { kind: "column" }>,
  replaced: readonly EnumModel[],
): void {
  if (before === undefined) {
    return after === undefined ? undefined : emitAddedColumn(context, table, after);
  }
  if (after === undefined) {
    const isOfReplaced = replaced.some((type) => isOfType(before.type, type, context.defaultSchema));
    return emitDroppedColumn(isOfReplaced ? beforeEnums(context) : context, table, before);
  }
  if (isColumnRecreated(context, before, after)) {
    return emitRecreatedColumn(context, table, before, after);
  }
  if (leavesEnum(context, before, after, replaced)) {
    return emitAlteredColumn(beforeEnums(context), table, before, after);
  }
  const isDefaultSet = before.type === after.type && isDefaultSetByEnum(context, replaced, before.type);
  emitAlteredColumn(context, table, isDefaultSet ? { ...before, default: after.default } : before, after);
}

/** Has what is done to a column done before enums are replaced. */
function beforeEnums(context: PlanContext): PlanContext {
  const earlier = (phase: Phase): Phase =>
    phase === "alterColumns" || phase === "dropColumns" ? "leaveEnums" : phase;
  return {
    ...context,
    emit: (phase, operation, ...warnings) => context.emit(earlier(phase), operation, ...warnings),
  };
}

/** A function that a table's texts call has to be there before; any other one may itself read tables. */
function functionPhase(context: PlanContext, model: FunctionModel): Phase {
  const names = new Set([model.name]);
  const isCalled = context.to.tables.some(
    (table) =>
      table.columns.some(
        ({ default: value, generation }) =>
          mentionsName(value ?? "", names) ||
          (generation?.kind === "generated" && mentionsName(generation.expression, names)),
      ) ||
      table.constraints.some((each) => mentionsName(constraintText(each), names)) ||
      table.indexes.some((index) => mentionsName(JSON.stringify(index), names)),
  );
  return isCalled ? "earlyFunctions" : "functions";
}

/** @param early keys of those that are dropped already, together with views */
function emitFunctionChange(
  context: PlanContext,
  { before, after }: DifferenceOf<"function">,
  early: ReadonlySet<string>,
): void {
  const isDropped = before !== undefined && early.has(functionKey(before));
  const isReplaced =
    !isDropped && before !== undefined && after !== undefined && isFunctionReplaceable(before, after);
  if (before !== undefined && !isDropped && !isReplaced) {
    emitDroppedFunction(context, before, after === undefined ? "dropFunctions" : "dropRoutines");
  }
  if (after !== undefined) {
    emitFunction(context, after, functionPhase(context, after), isReplaced);
  }
}

function emitCommentChange(
  context: PlanContext,
  { of, schema, table, name, after }: Extract<SchemaDifference, { kind: "comment" }>,
): void {
  const own = identifier(context, { schema, name });
  const on = table === undefined ? undefined : identifier(context, { schema, name: table });
  switch (of) {
    case "schema":
      return emitComment(context, "SCHEMA", sql.identifier(name), after);
    case "enum":
    case "compositeType":
      return emitComment(context, "TYPE", own, after);
    case "domain":
      return emitComment(context, "DOMAIN", own, after);
    case "sequence":
      return emitComment(context, "SEQUENCE", own, after);
    case "index":
      return emitComment(context, "INDEX", own, after);
    case "constraint":
      return emitComment(context, "CONSTRAINT", sql.identifier(name), after, on);
    case "trigger":
      return emitComment(context, "TRIGGER", sql.identifier(name), after, on);
    case "policy":
      return emitComment(context, "POLICY", sql.identifier(name), after, on);
    case "function": {
      const model = context.to.functions.find(
        (each) => each.schema === schema && functionSignature(each) === name,
      );
      return model === undefined ? undefined : emitFunctionComment(context, model, after);
    }
  }
}
