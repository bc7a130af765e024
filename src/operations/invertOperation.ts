import { kindOf } from "./kinds";
import type { Operation } from "./operation";

/**
 * The operation that takes another one back: applied after it, the schema is as it was before.
 *
 * Drops and changes are reversible only as far as their `was` and `existing…` fields say what was there. What was
 * made `ifNotExists` is dropped `ifExists`. What CASCADE took or made along is not known, nor what a drop took with it
 * (the indexes of a table, the place of a column among others), nor that a primary key made its columns NOT NULL.
 *
 * @returns undefined where there is no exact way back
 */
export function invertOperation(operation: Operation): Operation | undefined {
  if ("cascade" in operation && operation.cascade === true) {
    return undefined;
  }
  return kindOf(operation).invert(operation, invertOperation);
}
