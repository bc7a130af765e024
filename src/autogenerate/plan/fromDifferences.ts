import type { SchemaComparison } from "../compare/compareSchemas";
import { invertDifference, type Rename, type RenameQuestion } from "../compare/difference";
import { nameKey } from "../../schema/findNamed";
import type { Operation } from "../../operations/operation";
import {
  createPlanContext,
  type Phase,
  type PlanContext,
  type PlannedOperation,
  type WarningCode,
} from "./planContext";
import { enumValuesAhead } from "./enumValuesAhead";
import { inObjectOrder } from "./objectOrder";
import { planDirection } from "./planDirection";
import { emitRenames } from "./renameOperations";

/** Why somebody should look at an operation before it runs; meant as a comment above it. */
export interface OperationWarning {
  /** In `OperationList.operations`. */
  readonly operationIndex: number;
  readonly code: WarningCode;
  readonly text: string;
}

/** One direction of a revision. */
export interface OperationList {
  readonly operations: readonly Operation[];
  readonly warnings: readonly OperationWarning[];
  /** Indexes of those that have to be committed by themselves: they go into `op.autocommitBlock`. */
  readonly autocommit: readonly number[];
}

export interface RevisionOperations {
  readonly upgrade: OperationList;
  readonly downgrade: OperationList;
}

/** Before the renames: whatever needs to be away for them. */
const opening: readonly Phase[] = ["dropViews", "schemas", "extensions"];
const changing: readonly Phase[] = [
  "dropTriggers",
  "dropForeignKeys",
  "dropIndexes",
  "dropConstraints",
  "dropRoutines",
  "renameParts",
  "types",
  "sequences",
  "earlyFunctions",
  "dropComputedColumns",
  "dropEnumTables",
  "leaveEnums",
  "replaceEnums",
  "createTables",
  "alterColumns",
  "addComputedColumns",
  "addConstraints",
  "createIndexes",
  "dropColumns",
  "addForeignKeys",
  "tableOptions",
  "dropTables",
  "dropSequences",
  "functions",
  "dropTypes",
  "createTriggers",
];
const closing: readonly Phase[] = [
  "createViews",
  "comments",
  "dropFunctions",
  "dropExtensions",
  "dropSchemas",
];

/**
 * The operations that make of the database what the comparison wants, and those that undo them: in an order that
 * PostgreSQL accepts, drops in the order opposite to creations. The way down is made of what the database was,
 * not of the operations of the way up.
 */
export function differencesToOperations(comparison: SchemaComparison): RevisionOperations {
  return { upgrade: planUpgrade(comparison), downgrade: planDowngrade(comparison) };
}

function planUpgrade({
  differences,
  early,
  renames,
  renamed,
  reached,
  questions,
}: SchemaComparison): OperationList {
  const context = createPlanContext(renamed, reached, renames);
  planDirection(context, differences);
  emitRenames(context, renames);
  const before = createPlanContext(renamed, reached);
  planDirection(before, early);
  const values = enumValuesAhead(context, renames);
  return toList(
    [
      ...values.ahead,
      ...inOrder(context, [...opening, "renameWholes"]),
      ...inOrder(before, [...opening, ...changing, ...closing]),
      ...inOrder(context, ["renames"]),
      ...values.behindRenames,
      ...inOrder(context, [...changing, ...closing]),
    ],
    questions,
  );
}

function planDowngrade(comparison: SchemaComparison): OperationList {
  const { differences, early, renames, before, renamed, reached } = comparison;
  // Made anew under the old names, views have their old text again.
  const context = createPlanContext(reached, { ...renamed, views: before.views });
  planDirection(context, [...differences].reverse().map(invertDifference));
  emitRenames(context, [...renames].reverse().map(invertRename));
  const after = createPlanContext(reached, before);
  planDirection(after, early.map(invertDifference));
  return toList(
    [
      ...enumValuesAhead(context, []).ahead,
      ...inOrder(context, [...opening, ...changing, "renames"]),
      ...inOrder(after, [...opening, ...changing, ...closing]),
      ...inOrder(context, ["renameWholes", ...closing]),
    ].map(withoutExpectedWarnings),
    [],
  );
}

/** Whoever goes back knows that what the revision has added goes. */
function withoutExpectedWarnings(planned: PlannedOperation): PlannedOperation {
  const { kind } = planned.operation;
  return kind === "dropTable" || kind === "dropColumn"
    ? { ...planned, warnings: planned.warnings.filter(({ code }) => code !== "data-loss") }
    : planned;
}

function invertRename(rename: Rename): Rename {
  return { ...rename, from: rename.to, to: rename.from } as Rename;
}

function inOrder(context: PlanContext, phases: readonly Phase[]): readonly PlannedOperation[] {
  return inObjectOrder(
    phases.flatMap((phase) => context.planned.get(phase) ?? []),
    context.defaultSchema,
  );
}

function toList(planned: readonly PlannedOperation[], questions: readonly RenameQuestion[]): OperationList {
  return {
    operations: planned.map(({ operation }) => operation),
    warnings: planned.flatMap(({ operation, warnings }, operationIndex) => [
      ...warnings.map((warning) => ({ operationIndex, ...warning })),
      ...renameWarnings(operation, questions).map((text) => ({
        operationIndex,
        code: "rename" as const,
        text,
      })),
    ]),
    autocommit: planned.flatMap(({ isAutocommit }, index) => (isAutocommit ? [index] : [])),
  };
}

/** A drop that may be one half of a rename says so. */
function renameWarnings(operation: Operation, questions: readonly RenameQuestion[]): readonly string[] {
  return questions
    .filter(({ rename }) => {
      switch (rename.object) {
        case "table":
          return operation.kind === "dropTable" && operation.table === rename.from.name;
        case "column":
          return (
            operation.kind === "dropColumn" &&
            operation.column === rename.from &&
            operation.table === rename.table.name &&
            nameKey({ schema: operation.schema ?? rename.table.schema, name: operation.table }) ===
              nameKey(rename.table)
          );
        case "enum":
          return operation.kind === "dropEnum" && operation.name === rename.from.name;
        case "enumValue":
          return operation.kind === "replaceEnum" && operation.name === rename.type.name;
      }
    })
    .map(
      ({ from, to, answer }) =>
        `if ${from} was renamed to ${to}, delete this file and autogenerate with --rename ${answer}`,
    );
}
