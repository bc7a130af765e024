import type { Operation } from "../../operations/operation";
import type { Drift } from "../compare/compareOptions";
import type { ObjectIdentity } from "../compare/schemaObject";
import type { PlannedOperation } from "../plan/plannedOperation";
import { describeObject } from "../read/driftRemarks";

/**
 * Warns of what a revision has to drop and make again though no revision makes it: where it is missing, in a new
 * database say, the revision fails.
 */
export function withStrangerWarnings(
  planned: readonly PlannedOperation[],
  drift: readonly Pick<Drift, "object">[],
  defaultSchema: string,
): readonly PlannedOperation[] {
  if (drift.length === 0) {
    return planned;
  }
  return planned.map((entry) => {
    const dropped = droppedObject(entry.operation, defaultSchema);
    const stranger = drift.find(({ object }) => dropped !== undefined && isThat(object, dropped))?.object;
    return stranger === undefined
      ? entry
      : {
          ...entry,
          warnings: [
            ...entry.warnings,
            {
              code: "may-fail",
              text: `no revision creates the ${describeObject(stranger)}: this fails in a database that lacks it, so create it in an earlier revision`,
            },
          ],
        };
  });
}

/** What an operation drops, if it is something that others may stand in the way of. */
function droppedObject(operation: Operation, defaultSchema: string): ObjectIdentity | undefined {
  switch (operation.kind) {
    case "dropView":
    case "dropMaterializedView":
      return identity("view", operation, undefined);
    case "dropIndex":
      return identity("index", operation, operation.table);
    case "dropConstraint":
      return operation.name === undefined
        ? undefined
        : identity("constraint", { ...operation, name: operation.name }, operation.table);
    case "dropTrigger":
      return identity("trigger", operation, operation.table);
    case "dropPolicy":
      return identity("policy", operation, operation.table);
    default:
      return undefined;
  }

  function identity(
    kind: ObjectIdentity["kind"],
    { schema, name }: { readonly schema?: string; readonly name: string },
    table: string | undefined,
  ): ObjectIdentity {
    return { kind, schema: schema ?? defaultSchema, table, name };
  }
}

function isThat(object: ObjectIdentity, dropped: ObjectIdentity): boolean {
  return (
    object.kind === dropped.kind &&
    object.schema === dropped.schema &&
    object.name === dropped.name &&
    (dropped.table === undefined || object.table === dropped.table)
  );
}
