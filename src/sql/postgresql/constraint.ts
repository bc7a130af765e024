import type {
  ConstraintOperation,
  CreateCheckConstraint,
  CreateExcludeConstraint,
  CreateForeignKey,
  CreatePrimaryKey,
  CreateUniqueConstraint,
  DropConstraint,
  RenameConstraint,
  ValidateConstraint,
} from "../../operations/constraint/constraint";
import type {
  ConstraintDefinition,
  ExcludeElement,
  ForeignKeyDefinition,
} from "../../operations/constraint/constraintDefinition";
import { requireDroppedName } from "../droppedConstraint";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteNameList, quoteQualifiedName } from "../quote";
import { checkedOperator, checkedSql, words } from "../sqlText";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on constraints. */
export const constraintStatements: StatementsOf<ConstraintOperation> = {
  createPrimaryKey: createConstraint,
  createForeignKey: createConstraint,
  createUniqueConstraint: createConstraint,
  createCheckConstraint: createConstraint,
  createExcludeConstraint: createConstraint,
  dropConstraint,
  validateConstraint,
  renameConstraint,
};

/** A constraint as CREATE TABLE and ALTER TABLE … ADD have it. */
export function tableConstraint(constraint: ConstraintDefinition): string {
  return words(
    named(constraint),
    constraintBody(constraint),
    deferrability(constraint),
    trailing(constraint),
  );
}

/**
 * A constraint behind the definition of its only column.
 *
 * @returns undefined if it cannot be written there
 */
export function columnConstraint(constraint: ConstraintDefinition): string | undefined {
  const body = columnBody(constraint);
  return body === undefined
    ? undefined
    : words(named(constraint), body, deferrability(constraint), trailing(constraint));
}

function named({ name }: ConstraintDefinition): string | undefined {
  return name === undefined ? undefined : `CONSTRAINT ${quoteIdentifier(name)}`;
}

function constraintBody(constraint: ConstraintDefinition): string {
  switch (constraint.kind) {
    case "primaryKey":
      return words("PRIMARY KEY", keyColumns(constraint));
    case "unique":
      return words(
        "UNIQUE",
        constraint.nullsNotDistinct === true && "NULLS NOT DISTINCT",
        keyColumns(constraint),
      );
    case "check":
      return `CHECK (${inlineFragment(constraint.condition, dialect)})`;
    case "foreignKey":
      return words(`FOREIGN KEY ${quoteNameList(constraint.columns)}`, referencesText(constraint));
    case "exclude":
      return words(
        "EXCLUDE",
        constraint.using !== undefined && `USING ${quoteIdentifier(constraint.using)}`,
        `(${constraint.elements.map(excludeElement).join(", ")})`,
        constraint.where !== undefined && `WHERE (${inlineFragment(constraint.where, dialect)})`,
      );
  }
}

function columnBody(constraint: ConstraintDefinition): string | undefined {
  switch (constraint.kind) {
    case "primaryKey":
      return constraint.include === undefined && constraint.usingIndex === undefined
        ? "PRIMARY KEY"
        : undefined;
    case "unique":
      return constraint.include === undefined && constraint.usingIndex === undefined
        ? words("UNIQUE", constraint.nullsNotDistinct === true && "NULLS NOT DISTINCT")
        : undefined;
    case "check":
      return constraint.notValid === true ? undefined : constraintBody(constraint);
    case "foreignKey":
      return constraint.notValid === true ? undefined : referencesText(constraint);
    case "exclude":
      return undefined;
  }
}

function keyColumns(key: {
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  readonly usingIndex?: string;
}): string {
  return key.usingIndex === undefined
    ? words(quoteNameList(key.columns), key.include !== undefined && `INCLUDE ${quoteNameList(key.include)}`)
    : `USING INDEX ${quoteIdentifier(key.usingIndex)}`;
}

function referencesText(constraint: ForeignKeyDefinition): string {
  const { references } = constraint;
  return words(
    `REFERENCES ${quoteQualifiedName(references.schema, references.table)}`,
    references.columns !== undefined && quoteNameList(references.columns),
    constraint.match !== undefined && `MATCH ${constraint.match.toUpperCase()}`,
    constraint.onDelete !== undefined && `ON DELETE ${constraint.onDelete.toUpperCase()}`,
    constraint.onUpdate !== undefined && `ON UPDATE ${constraint.onUpdate.toUpperCase()}`,
  );
}

function excludeElement(element: ExcludeElement): string {
  return words(
    element.kind === "column"
      ? quoteIdentifier(element.name)
      : `(${inlineFragment(element.expression, dialect)})`,
    element.opclass !== undefined && checkedSql(element.opclass, "operator class"),
    `WITH ${checkedOperator(element.operator)}`,
  );
}

function deferrability(constraint: ConstraintDefinition): string | undefined {
  if (constraint.kind === "check") {
    return undefined;
  }
  return words(
    constraint.deferrable !== undefined && (constraint.deferrable ? "DEFERRABLE" : "NOT DEFERRABLE"),
    constraint.initially !== undefined && `INITIALLY ${constraint.initially.toUpperCase()}`,
  );
}

function trailing(constraint: ConstraintDefinition): string | undefined {
  if (constraint.kind === "check") {
    return words(constraint.noInherit === true && "NO INHERIT", constraint.notValid === true && "NOT VALID");
  }
  return constraint.kind === "foreignKey" && constraint.notValid === true ? "NOT VALID" : undefined;
}

/** `ALTER TABLE … ADD CONSTRAINT`. */
function createConstraint(
  operation:
    | CreatePrimaryKey
    | CreateForeignKey
    | CreateUniqueConstraint
    | CreateCheckConstraint
    | CreateExcludeConstraint,
): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  return [`ALTER TABLE ${table} ADD ${tableConstraint(operation.constraint)}`];
}

function dropConstraint(operation: DropConstraint): readonly string[] {
  const drop = words(
    `ALTER TABLE ${quoteQualifiedName(operation.schema, operation.table)} DROP CONSTRAINT`,
    operation.ifExists === true && "IF EXISTS",
    quoteIdentifier(requireDroppedName(operation)),
    operation.cascade === true && "CASCADE",
  );
  return [drop];
}

function validateConstraint(operation: ValidateConstraint): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  return [`ALTER TABLE ${table} VALIDATE CONSTRAINT ${quoteIdentifier(operation.name)}`];
}

function renameConstraint(operation: RenameConstraint): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  const newName = quoteIdentifier(operation.newName);
  return [`ALTER TABLE ${table} RENAME CONSTRAINT ${quoteIdentifier(operation.name)} TO ${newName}`];
}
