import { isAmong, mentionedIn, typesIn, type MentionedNames } from "../compare/mentionedNames";
import type { Operation } from "../../operations/operation";
import type { QualifiedName } from "../../schema/model/tableModel";
import { inlineFragment } from "../../sql/fragment";
import type { StatedName } from "../read/sqlNames";
import type { PlannedOperation } from "./planContext";

/** What an operation makes, and what its texts name. */
interface MadeObject extends MentionedNames {
  readonly kind: "function" | "view" | "trigger";
  readonly made: QualifiedName;
  /** The types of a function's arguments. */
  readonly takes: readonly StatedName[];
}

/**
 * Operations in the order given, but for functions, triggers and views that another of them needs: those come before it.
 * Among views the order is the catalog's already.
 */
export function inObjectOrder(
  planned: readonly PlannedOperation[],
  defaultSchema: string,
): readonly PlannedOperation[] {
  const objects = planned.map(({ operation }) => madeBy(operation, defaultSchema));
  const ordered: PlannedOperation[] = [];
  const visited = new Set<number>();
  const visit = (entry: PlannedOperation, at: number): void => {
    if (visited.has(at)) {
      return;
    }
    visited.add(at);
    const object = objects[at];
    for (const [index, other] of object === undefined ? [] : objects.entries()) {
      const found = planned[index];
      if (found !== undefined && other !== undefined && object !== undefined) {
        // The given order of views is right, also where one of them is wanted earlier.
        const isOrdered = object.kind === "view" && other.kind === "view" && index > at;
        if (!visited.has(index) && !isOrdered && isNeeded(object, other, defaultSchema)) {
          visit(found, index);
        }
      }
    }
    ordered.push(entry);
  };
  planned.forEach(visit);
  return ordered;
}

function isNeeded(object: MadeObject, other: MadeObject, defaultSchema: string): boolean {
  switch (other.kind) {
    case "function":
      // One that takes the view's rows only shares the name of the one that the view calls.
      return (
        isAmong(object.calls, other.made, defaultSchema) &&
        !(object.kind === "view" && isAmong(other.takes, object.made, defaultSchema))
      );
    case "view":
      return isAmong(object.reads, other.made, defaultSchema);
    case "trigger":
      return false;
  }
}

function madeBy(operation: Operation, defaultSchema: string): MadeObject | undefined {
  const text = (fragment: Parameters<typeof inlineFragment>[0]): string =>
    inlineFragment(fragment, "postgresql");
  switch (operation.kind) {
    case "createFunction": {
      const { schema = defaultSchema, name, definition } = operation;
      const mentioned = mentionedIn(`(${operation.arguments}) ${text(definition)}`);
      return { kind: "function", made: { schema, name }, takes: typesIn(operation.arguments), ...mentioned };
    }
    case "createTrigger": {
      const { schema = defaultSchema, name, table, action } = operation;
      const { calls, reads } = mentionedIn(text(action));
      return {
        kind: "trigger",
        made: { schema, name },
        takes: [],
        calls,
        reads: [...reads, { schema, name: table }],
      };
    }
    case "createView":
    case "replaceView":
    case "createMaterializedView": {
      const { schema = defaultSchema, name, query } = operation;
      return { kind: "view", made: { schema, name }, takes: [], ...mentionedIn(text(query)) };
    }
    default:
      return undefined;
  }
}
