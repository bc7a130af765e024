import type { ConstraintType } from "../../../operations/constraint/constraintDefinition";
import type { MakerName, Makers } from "../../../operations/makers";
import type { Operation } from "../../../operations/operation";
import { present } from "../../../operations/sparse";
import { constraintNameOf, dropOptions, Inconvertible, type CallArguments } from "./callArguments";
import { deferrability, foreignKeyActions } from "./column";
import { conditionSql } from "./sqlTerm";

type AllMakers = Makers<MakerName>;

/** `create_foreign_key`. */
export function createForeignKey(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const name = given.constraintName("constraint_name");
  const tables = [given.text("source_table"), given.text("referent_table")] as const;
  const columns = [given.texts("local_cols"), given.texts("remote_cols")] as const;
  const options = present<NonNullable<Parameters<AllMakers["createForeignKey"]>[5]>>({
    ...foreignKeyActions(given),
    sourceSchema: given.optionalText("source_schema"),
    referentSchema: given.optionalText("referent_schema"),
    notValid: given.optionalFlag("postgresql_not_valid"),
  });
  return [makers.createForeignKey(name, ...tables, ...columns, options)];
}

/** `create_unique_constraint`. */
export function createUniqueConstraint(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const name = given.constraintName("constraint_name");
  const options = present<NonNullable<Parameters<AllMakers["createUniqueConstraint"]>[3]>>({
    schema: given.optionalText("schema"),
    nullsNotDistinct: given.optionalFlag("postgresql_nulls_not_distinct"),
    ...deferrability(given),
  });
  return [makers.createUniqueConstraint(name, given.text("table_name"), given.texts("columns"), options)];
}

/** `create_check_constraint`. */
export function createCheckConstraint(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const name = given.constraintName("constraint_name");
  const table = given.text("table_name");
  const condition = conditionSql(given.take("condition"));
  const options = present<NonNullable<Parameters<AllMakers["createCheckConstraint"]>[3]>>({
    schema: given.optionalText("schema"),
    notValid: given.optionalFlag("postgresql_not_valid"),
  });
  return [makers.createCheckConstraint(name, table, condition, options)];
}

/** `create_primary_key`. */
export function createPrimaryKey(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const schema = given.optionalText("schema");
  const options = schema === undefined ? {} : { schema };
  const name = given.constraintName("constraint_name");
  return [makers.createPrimaryKey(name, given.text("table_name"), given.texts("columns"), options)];
}

const constraintTypes = new Set<string>(["primary", "foreignkey", "unique", "check"]);

function isConstraintType(text: string): text is ConstraintType {
  return constraintTypes.has(text);
}

/** `drop_constraint`. */
export function dropConstraint(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const name = constraintNameOf(given.take("constraint_name"), "constraint_name");
  const type = given.optionalText("type_");
  if (name === null) {
    throw new Inconvertible("the constraint has no name");
  }
  if (type !== undefined && !isConstraintType(type)) {
    throw new Inconvertible(`type_="${type}" is not converted`);
  }
  return [
    makers.dropConstraint(name, given.text("table_name"), {
      ...dropOptions(given),
      ...(type === undefined ? {} : { type }),
    }),
  ];
}
