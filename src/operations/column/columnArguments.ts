import type { ConstraintDefinition, ForeignKeyDefinition } from "../constraint/constraintDefinition";
import type { NamingConvention } from "../namingConvention";
import { defaultArgument, nameArgument } from "../printing/printedCall";
import type { PrintedOptions } from "../printing/printedCall";
import type { ColumnDefinition, IdentityDefinition } from "./columnDefinition";

/** An identity as `op` takes it; `null` and `undefined` stay what they are. */
export function identityArgument(identity: IdentityDefinition | null | undefined): unknown {
  if (identity === null || identity === undefined) {
    return identity;
  }
  const { generation, ...sequence } = identity;
  if (Object.keys(sequence).length === 0) {
    return generation;
  }
  return generation === "always" ? { always: true, ...sequence } : sequence;
}

/** A column with those of its constraints that its options can say. */
export function columnArgument(
  column: ColumnDefinition,
  constraints: readonly ConstraintDefinition[],
  convention: NamingConvention | undefined,
): PrintedOptions {
  const { generated, identity } = column;
  const isSerial = /^(small|big)?serial\d?$/i.test(column.type.trim());
  const isKey = constraints.some(({ kind }) => kind === "primaryKey");
  const isImplied = isKey || identity !== undefined || isSerial;
  const { primaryKey, unique, check, references } = constraintArguments(constraints, convention);
  return {
    type: column.type,
    primaryKey,
    nullable: column.nullable || isImplied ? undefined : false,
    default: defaultArgument(column.default),
    generatedAs: generated?.stored === true ? generated.expression : undefined,
    generated: generated?.stored === false ? { expression: generated.expression, stored: false } : undefined,
    identity: identityArgument(identity),
    collation: column.collation,
    unique,
    check,
    references,
    comment: column.comment,
  };
}

function constraintArguments(
  constraints: readonly ConstraintDefinition[],
  convention: NamingConvention | undefined,
): PrintedOptions {
  const printed: Record<string, unknown> = {};
  for (const constraint of constraints) {
    switch (constraint.kind) {
      case "primaryKey":
        printed.primaryKey = true;
        break;
      case "unique":
        printed.unique =
          constraint.name === undefined ? true : nameArgument(constraint.name, "uq", convention);
        break;
      case "check":
        printed.check =
          constraint.name === undefined
            ? constraint.condition
            : { condition: constraint.condition, name: nameArgument(constraint.name, "ck", convention) };
        break;
      case "foreignKey":
        printed.references = referencesArgument(constraint, convention);
        break;
      case "exclude":
        break;
    }
  }
  return printed;
}

function referencesArgument(
  constraint: ForeignKeyDefinition,
  convention: NamingConvention | undefined,
): unknown {
  const { table, schema, columns } = constraint.references;
  const [column] = columns ?? [];
  const options = {
    onDelete: constraint.onDelete,
    onUpdate: constraint.onUpdate,
    match: constraint.match,
    deferrable: constraint.deferrable,
    initially: constraint.initially,
    name: constraint.name === undefined ? undefined : nameArgument(constraint.name, "fk", convention),
  };
  const parts = [schema, table, column].filter((part) => part !== undefined);
  const isPlain = column !== undefined && parts.every((part) => part !== "" && !part.includes("."));
  return isPlain && Object.values(options).every((option) => option === undefined)
    ? parts.join(".")
    : { schema, table, column, ...options };
}
