import type { ColumnGeneration, ColumnModel, ColumnSequence } from "../../schema/model/columnModel";
import type { SequenceModel } from "../../schema/model/schemaModel";
import type { Row } from "../connection";
import { flag, optionalText, text } from "./rowValues";

export interface ReadSequences {
  /** By `columnKey`: the sequence that an identity or serial column owns. */
  readonly ofColumns: ReadonlyMap<string, ColumnSequence>;
  readonly free: readonly SequenceModel[];
}

/** Sequences, folded into the columns that own them where those take their default from them. */
export function readSequences(
  rows: readonly Row[],
  columnRows: readonly Row[],
  schemaName: (name: string) => string,
): ReadSequences {
  const columns = new Map(
    columnRows.map((row) => [columnKey(text(row, "relation"), text(row, "name")), row]),
  );
  const ofColumns = new Map<string, ColumnSequence>();
  const free: SequenceModel[] = [];
  for (const row of rows) {
    const sequence: ColumnSequence = {
      schema: schemaName(text(row, "schema")),
      name: text(row, "name"),
      type: text(row, "type"),
      start: text(row, "start"),
      increment: text(row, "increment"),
      minValue: text(row, "min_value"),
      maxValue: text(row, "max_value"),
      cache: text(row, "cache"),
      cycle: flag(row, "cycle"),
    };
    const key = columnKey(text(row, "owner"), text(row, "owner_column"));
    const column = columns.get(key);
    if (column !== undefined && (text(column, "identity") !== "" || takesDefaultFrom(column, row))) {
      ofColumns.set(key, sequence);
    } else {
      free.push({ ...sequence, ownedBy: readOwner(row, schemaName), comment: optionalText(row, "comment") });
    }
  }
  return { ofColumns, free };
}

function takesDefaultFrom(column: Row, sequence: Row): boolean {
  const name = text(sequence, "printed_name").replaceAll("'", "''");
  return optionalText(column, "expression") === `nextval('${name}'::regclass)`;
}

function readOwner(row: Row, schemaName: (name: string) => string): SequenceModel["ownedBy"] {
  const schema = optionalText(row, "owner_schema");
  return schema === undefined
    ? undefined
    : { schema: schemaName(schema), name: text(row, "owner_table"), column: text(row, "owner_column") };
}

function columnKey(relation: string, column: string): string {
  return `${relation} ${column}`;
}

/** A row of the columns' query as a column. */
export function readColumn(row: Row, sequences: ReadSequences): ColumnModel {
  const generation = readGeneration(row, sequences);
  return {
    name: text(row, "name"),
    type: text(row, "type"),
    isNullable: flag(row, "is_nullable"),
    default: generation === undefined ? optionalText(row, "expression") : undefined,
    generation,
    collation: optionalText(row, "collation"),
    comment: optionalText(row, "comment"),
    isInherited: flag(row, "is_inherited"),
  };
}

function readGeneration(row: Row, sequences: ReadSequences): ColumnGeneration | undefined {
  const expression = optionalText(row, "expression");
  const generated = text(row, "generated");
  if (generated !== "" && expression !== undefined) {
    return { kind: "generated", expression, isStored: generated === "s" };
  }
  const sequence = sequences.ofColumns.get(columnKey(text(row, "relation"), text(row, "name")));
  if (sequence === undefined) {
    return undefined;
  }
  const identity = text(row, "identity");
  return identity === ""
    ? { kind: "serial", sequence }
    : { kind: "identity", generation: identity === "a" ? "always" : "by default", sequence };
}
