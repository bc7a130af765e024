import { operationMakers } from "./operationMakers";
import type { Makers, MakerName } from "./makers";
import type { NamingConvention } from "./namingConvention";
import type { BatchAlterTable, Operation } from "./operation";
import { operationCall } from "./operationCall";
import type { OperationCall } from "./printedCall";
import { flatText, printCall, stringAtom } from "./printExpression";
import { isSqlFragment } from "./sqlFragment";
import { FinalNameCode, toExpression } from "./toExpression";

export interface PrintOptions {
  /** Columns before each line of code; 0 if absent. Lines inside sql`…` are data and stay where they are. */
  readonly indent?: number;
  /** prettier's `printWidth`; 80 if absent. */
  readonly width?: number;
  /** That of the project, so that final names are written as `op.f(…)` where a convention would change them. */
  readonly namingConvention?: NamingConvention;
}

/**
 * An operation as the TypeScript that a person would have written, formatted as prettier does. What it prints
 * makes the same record again when it runs with `op` and `sql` in scope.
 *
 * @returns one statement, of one or more lines, without a line break at its end
 */
export function printOperation(operation: Operation, options: PrintOptions = {}): string {
  const layout = { indent: options.indent ?? 0, width: options.width ?? 80 };
  if (operation.kind === "batchAlterTable") {
    const printed = printBatch(operation, options);
    if (printed !== undefined) {
      return printed;
    }
  }
  const call = sameCall(operation, options.namingConvention);
  return printCall(`op.${call.method}`, call.input.map(toExpression), layout);
}

/** The call for an operation; `op.invoke` of the record itself where no call makes just that record. */
function sameCall(operation: Operation, namingConvention: NamingConvention | undefined): OperationCall {
  const makers = operationMakers({ namingConvention });
  const candidates = operationCall(operation, namingConvention);
  const same = candidates.find((call) => makesRecord(makers, call, operation));
  return same ?? { method: "invoke", input: [operation] };
}

function makesRecord(makers: Makers<MakerName>, call: OperationCall, operation: Operation): boolean {
  const make = makers[call.method as MakerName] as ((...input: readonly unknown[]) => Operation) | undefined;
  try {
    return make !== undefined && sortedJson(make(...call.input.map(evaluated))) === sortedJson(operation);
  } catch {
    return false;
  }
}

/** `op.f("name")` as the value that it is. */
function evaluated(value: unknown): unknown {
  if (value instanceof FinalNameCode) {
    return { kind: "finalName", name: value.name };
  }
  if (Array.isArray(value)) {
    return value.map(evaluated);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
        part === undefined ? [] : [[key, evaluated(part)]],
      ),
    );
  }
  return value;
}

/** Records are equal whatever the order of their properties; the order of JSON values is theirs. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.entries(part).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
      : part,
  );
}

/** Undefined if an operation of the batch is not one that the batch's methods make. */
function printBatch(batch: BatchAlterTable, options: PrintOptions): string | undefined {
  const { kind: _kind, table: _table, operations: _operations, schema, recreate, ...unprintable } = batch;
  const indent = options.indent ?? 0;
  const hasSettings = schema !== undefined || recreate !== undefined;
  const layout = { indent: indent + (hasSettings ? 4 : 2), width: options.width ?? 80 };
  const calls = batch.operations.map((operation) =>
    batchCall(batch, sameCall(operation, options.namingConvention)),
  );
  if (!calls.every((call) => call !== undefined) || Object.keys(unprintable).length > 0) {
    return undefined;
  }
  const body = calls
    .map((call) => `${printCall(`batch.${call.method}`, call.input.map(toExpression), layout)}\n`)
    .join("");
  const margin = " ".repeat(indent);
  const table = stringAtom(batch.table).text;
  const alter = body === "" ? "async (batch) => {}" : "async (batch) => {\n";
  if (!hasSettings) {
    return `${margin}await op.batchAlterTable(${table}, ${alter}${body}${body === "" ? "" : `${margin}}`});`;
  }
  const inner = `${margin}  `;
  const settings = flatText(toExpression({ schema, recreate })) ?? "";
  return `${margin}await op.batchAlterTable(\n${inner}${table},\n${inner}${alter}${body}${body === "" ? "" : `${inner}}`},\n${inner}${settings},\n${margin});`;
}

/** A call of `op` as one of the batch: without the table and the schema, which are the batch's. */
function batchCall(batch: BatchAlterTable, { method, input }: OperationCall): OperationCall | undefined {
  const at = input.indexOf(batch.table);
  const isSameSchema = schemaOf(input) === batch.schema;
  if (method === "invoke" || at < 0 || at > 1 || !isSameSchema) {
    return undefined;
  }
  const kept = input
    .filter((_, index) => index !== at)
    .map((part) => (isOptions(part) ? withoutSchema(part) : part));
  const last = kept.at(-1);
  return { method, input: isOptions(last) && Object.keys(last).length === 0 ? kept.slice(0, -1) : kept };
}

type Options = Readonly<Record<string, unknown>>;

function isOptions(value: unknown): value is Options {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof FinalNameCode) &&
    !isSqlFragment(value)
  );
}

function schemaOf(input: readonly unknown[]): unknown {
  const last = input.at(-1);
  return isOptions(last) ? (last.sourceSchema ?? last.schema) : undefined;
}

function withoutSchema({ schema: _schema, sourceSchema: _sourceSchema, ...rest }: Options): Options {
  return rest;
}
