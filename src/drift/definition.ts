import { functionSignature } from "../autogenerate/compare/schemaObject";
import type { SchemaDifference } from "../autogenerate/compare/difference";
import { specialSequenceOptions } from "../autogenerate/compare/structure";
import type { ColumnModel, SequenceOptions } from "../schema/model/columnModel";
import type { ConstraintModel } from "../schema/model/constraintModel";
import type { IndexModel } from "../schema/model/indexModel";
import type { DomainModel } from "../schema/model/schemaModel";
import type { PolicyModel, TableModel, TriggerModel } from "../schema/model/tableModel";
import type { ViewModel } from "../schema/model/viewModel";
import { printedName, printedQualifiedName } from "../sqlText/expression";

/** A column without its name, as a table's definition has it. */
export function columnDefinition(column: ColumnModel): string {
  const { type, collation, isNullable, generation, comment } = column;
  return joined(
    type,
    collation !== undefined && `COLLATE ${collation}`,
    !isNullable && "NOT NULL",
    column.default !== undefined && `DEFAULT ${column.default}`,
    generation?.kind === "generated" &&
      `GENERATED ALWAYS AS (${generation.expression}) ${generation.isStored ? "STORED" : "VIRTUAL"}`,
    generation?.kind === "identity" &&
      joined(`GENERATED ${generation.generation.toUpperCase()} AS IDENTITY`, unusual(generation.sequence)),
    generation?.kind === "serial" && joined("DEFAULT nextval (serial)", unusual(generation.sequence)),
    comment !== undefined && `COMMENT ${literal(comment)}`,
  );
}

/** What the sequence of a column does that it would not do by itself. */
function unusual(sequence: SequenceOptions): string {
  const options = Object.entries(specialSequenceOptions(sequence));
  return options.length === 0
    ? ""
    : `(${options.map(([name, value]) => `${name.toUpperCase()} ${String(value).toUpperCase()}`).join(" ")})`;
}

/** What a sequence does. */
export function sequenceDefinition(sequence: SequenceOptions): string {
  const { type, start, increment, minValue, maxValue, cache, cycle } = sequence;
  return joined(
    `AS ${type} START ${start} INCREMENT ${increment} MINVALUE ${minValue} MAXVALUE ${maxValue} CACHE ${cache}`,
    cycle && "CYCLE",
  );
}

/**
 * A constraint without its name, as `pg_get_constraintdef` prints it; a table that it references has its schema where that is not `schema`.
 */
function constraintDefinition(constraint: ConstraintModel, schema: string): string {
  const list = (columns: readonly string[]): string => `(${columns.map(printedName).join(", ")})`;
  const include = (columns: readonly string[]): string | false =>
    columns.length > 0 && `INCLUDE ${list(columns)}`;
  if (constraint.definition !== undefined) {
    return constraint.definition;
  }
  switch (constraint.kind) {
    case "primaryKey":
      return joined(
        `PRIMARY KEY ${list(constraint.columns)}`,
        include(constraint.include),
        ...deferring(constraint),
      );
    case "unique":
      return joined(
        "UNIQUE",
        constraint.nullsNotDistinct && "NULLS NOT DISTINCT",
        list(constraint.columns),
        include(constraint.include),
        ...deferring(constraint),
      );
    case "foreignKey": {
      const { referencedSchema, referencedTable, match, onUpdate, onDelete, isValid } = constraint;
      const table = printedQualifiedName(referencedSchema, referencedTable, schema);
      return joined(
        `FOREIGN KEY ${list(constraint.columns)} REFERENCES ${table}${list(constraint.referencedColumns)}`,
        match !== "simple" && `MATCH ${match.toUpperCase()}`,
        onUpdate !== "no action" && `ON UPDATE ${onUpdate.toUpperCase()}`,
        onDelete !== "no action" && `ON DELETE ${onDelete.toUpperCase()}`,
        ...deferring(constraint),
        !isValid && "NOT VALID",
      );
    }
    case "check":
      return joined(
        `CHECK (${constraint.condition})`,
        constraint.noInherit && "NO INHERIT",
        !constraint.isValid && "NOT VALID",
      );
    case "exclude":
      return `EXCLUDE USING ${constraint.method}`;
  }
}

function deferring({
  isDeferrable,
  isInitiallyDeferred,
}: {
  readonly isDeferrable: boolean;
  readonly isInitiallyDeferred: boolean;
}): readonly (string | false)[] {
  return [isDeferrable && "DEFERRABLE", isInitiallyDeferred && "INITIALLY DEFERRED"];
}

/** An index without its name. */
export function indexDefinition(index: IndexModel): string {
  const elements = index.elements.map((element) =>
    joined(
      element.text,
      element.collation !== undefined && `COLLATE ${element.collation}`,
      element.opclass !== undefined && element.opclass,
      element.opclassOptions.length > 0 && `(${element.opclassOptions.join(", ")})`,
      element.isDescending && "DESC",
      element.nullsFirst !== element.isDescending && `NULLS ${element.nullsFirst ? "FIRST" : "LAST"}`,
    ),
  );
  return joined(
    index.isUnique && "UNIQUE",
    `USING ${index.method} (${elements.join(", ")})`,
    index.include.length > 0 && `INCLUDE (${index.include.join(", ")})`,
    index.nullsNotDistinct && "NULLS NOT DISTINCT",
    index.options.length > 0 && `WITH (${index.options.join(", ")})`,
    index.tablespace !== undefined && `TABLESPACE ${index.tablespace}`,
    index.predicate !== undefined && `WHERE ${index.predicate}`,
  );
}

function triggerDefinition({ event, action, isConstraint, enabled }: TriggerModel): string {
  return joined(isConstraint && "CONSTRAINT", event, action, enabled !== "enabled" && `(${enabled})`);
}

function policyDefinition({ isPermissive, command, roles, using, withCheck }: PolicyModel): string {
  return joined(
    isPermissive ? "PERMISSIVE" : "RESTRICTIVE",
    `FOR ${command.toUpperCase()} TO ${roles.join(", ")}`,
    using !== undefined && `USING ${using}`,
    withCheck !== undefined && `WITH CHECK ${withCheck}`,
  );
}

function domainDefinition({ type, collation, isNullable, default: value, checks }: DomainModel): string {
  return joined(
    type,
    collation !== undefined && `COLLATE ${collation}`,
    !isNullable && "NOT NULL",
    value !== undefined && `DEFAULT ${value}`,
    ...checks.map(({ name, definition }) => `CONSTRAINT ${name} ${definition}`),
  );
}

function viewDefinition(view: ViewModel): string {
  return joined(
    view.isMaterialized && "MATERIALIZED",
    view.method !== undefined && view.method !== "heap" && `USING ${view.method}`,
    view.options.length > 0 && `WITH (${view.options.join(", ")})`,
    `AS ${view.definition.trim()}`,
    view.checkOption !== undefined && `WITH ${view.checkOption.toUpperCase()} CHECK OPTION`,
  );
}

/** The columns of a table, with what is said of the table as a whole. */
function tableDefinition(table: TableModel): string {
  return joined(
    table.isUnlogged && "UNLOGGED",
    `(${table.columns.map((column) => `${column.name} ${columnDefinition(column)}`).join(", ")})`,
    table.partitionBy !== undefined && `PARTITION BY ${table.partitionBy}`,
  );
}

function tableOption(table: TableModel, option: string): string {
  switch (option) {
    case "comment":
      return table.comment ?? "";
    case "unlogged":
      return table.isUnlogged ? "unlogged" : "logged";
    case "row security":
      return table.rowSecurity.isForced ? "forced" : table.rowSecurity.isEnabled ? "enabled" : "disabled";
    case "storage parameters":
      return table.options.join(", ");
    case "tablespace":
      return table.tablespace ?? "the default";
    default:
      return table.replicaIdentity;
  }
}

/** Both sides of a difference as texts; undefined for a side on which there is nothing. */
export function definitionsOf(
  difference: SchemaDifference,
): readonly [before: string | undefined, after: string | undefined] {
  const both = <Model>(
    change: { readonly before: Model | undefined; readonly after: Model | undefined },
    print: (model: Model) => string,
  ): readonly [string | undefined, string | undefined] => [
    change.before === undefined ? undefined : print(change.before),
    change.after === undefined ? undefined : print(change.after),
  ];
  switch (difference.kind) {
    case "schema":
      return both(difference, ({ name }) => name);
    case "extension":
      return both(difference, ({ name, schema }) => `${name} in schema ${schema}`);
    case "enum":
      return both(difference, ({ values }) => values.map(literal).join(", "));
    case "domain":
      return both(difference, domainDefinition);
    case "compositeType":
      return both(difference, ({ attributes }) =>
        attributes.map(({ name, type }) => `${name} ${type}`).join(", "),
      );
    case "sequence":
      return both(difference, (sequence) =>
        joined(
          sequenceDefinition(sequence),
          sequence.ownedBy !== undefined &&
            `OWNED BY ${sequence.ownedBy.schema}.${sequence.ownedBy.name}.${sequence.ownedBy.column}`,
        ),
      );
    case "function":
      return both(difference, (model) => `${functionSignature(model)}${model.definition}`);
    case "view":
      return both(difference, viewDefinition);
    case "table":
      return both(difference, tableDefinition);
    case "column":
      return both(difference, columnDefinition);
    case "constraint":
      return both(difference, (constraint) => constraintDefinition(constraint, difference.table.schema));
    case "index":
      return both(difference, indexDefinition);
    case "trigger":
      return both(difference, triggerDefinition);
    case "policy":
      return both(difference, policyDefinition);
    case "statistics":
      return both(difference, ({ definition }) => definition);
    case "tableOption":
      return both(difference, (table) => tableOption(table, difference.option));
    case "comment":
      return [difference.before, difference.after];
    case "renamed":
      return difference.rename.object === "table" || difference.rename.object === "enum"
        ? [difference.rename.from.name, difference.rename.to.name]
        : [difference.rename.from, difference.rename.to];
    case "renamedPart":
      return [difference.from, difference.to];
  }
}

function joined(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== "").join(" ");
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
