import type { DropConstraint } from "../operations/constraint/constraint";
import { OperationError } from "../operations/operationError";

/**
 * The name of a constraint that is to be dropped: no database drops one by anything else.
 * @throws OperationError `missing-name`
 */
export function requireDroppedName({ name, table }: DropConstraint): string {
  if (name === undefined) {
    throw new OperationError(
      "missing-name",
      `The constraint on "${table}" that is to be dropped has no name.`,
      "Write its name instead of null, or add a namingConvention for its type to the configuration.",
    );
  }
  return name;
}
