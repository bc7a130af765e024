import type { NamingConvention } from "../namingConvention";
import { nameArgument } from "../printing/printedCall";
import type { PrintedOptions } from "../printing/printedCall";
import type { IndexDefinition, IndexElement } from "./indexDefinition";

/** An element of an index as `op` takes it. */
export function indexElementArgument(element: IndexElement): unknown {
  if (element.kind === "sql") {
    return element;
  }
  if (element.kind === "column") {
    const { kind: _kind, name, ...options } = element;
    return Object.keys(options).length === 0 ? name : { column: name, ...options };
  }
  const { kind: _kind, ...options } = element;
  return options;
}

/** The options of an index as `op` takes them. */
export function indexOptions({
  name: _name,
  columns: _columns,
  ...options
}: IndexDefinition): PrintedOptions {
  return options;
}

/** An index as one of a list. */
export function indexArgument(
  index: IndexDefinition,
  convention: NamingConvention | undefined,
): PrintedOptions {
  return {
    name: nameArgument(index.name, "ix", convention),
    columns: index.columns.map(indexElementArgument),
    ...indexOptions(index),
  };
}
