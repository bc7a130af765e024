import { indexArgument } from "../index/indexArguments";
import type { NamingConvention } from "../namingConvention";
import type { OperationCall } from "../printing/printedCall";
import { layOut, printCall, stringAtom } from "../printing/printExpression";
import { evaluated, makesSame, sameCall } from "../printing/sameCall";
import { present } from "../sparse";
import { isSqlFragment } from "../sqlFragment";
import { tableArguments } from "../table/tableArguments";
import { FinalNameCode, toExpression } from "../printing/toExpression";
import type { AlterationOperation, BatchAlterTable, BatchOptions } from "./batch";
import { batchSettings } from "./batchMakers";

interface Layout {
  readonly indent: number;
  readonly width: number;
}

/**
 * A batch as a call of `op.batchAlterTable` with its callback.
 *
 * @returns undefined if an operation of the batch is not one that the batch's methods make
 */
export function printBatch(
  batch: BatchAlterTable,
  { indent, width }: Layout,
  namingConvention: NamingConvention | undefined,
): string | undefined {
  const settings = settingsOf(batch, namingConvention);
  const calls = batch.operations.map((operation) => batchCall(batch, operation, namingConvention));
  if (settings === undefined || !calls.every((call) => call !== undefined)) {
    return undefined;
  }
  const hasSettings = Object.values(settings).some((setting) => setting !== undefined);
  if (calls.length === 0) {
    const alter = { kind: "atom", text: "async (batch) => {}", type: "other" } as const;
    const options = hasSettings ? [toExpression(settings)] : [];
    return printCall("op.batchAlterTable", [stringAtom(batch.table), alter, ...options], { indent, width });
  }
  const layout = { indent: indent + (hasSettings ? 4 : 2), width };
  const body = calls
    .map((call) => `${printCall(`batch.${call.method}`, call.input.map(toExpression), layout)}\n`)
    .join("");
  const margin = " ".repeat(indent);
  const table = stringAtom(batch.table).text;
  if (!hasSettings) {
    return `${margin}await op.batchAlterTable(${table}, async (batch) => {\n${body}${margin}});`;
  }
  const inner = `${margin}  `;
  const place = { indent: indent + 2, column: indent + 2, trailing: 1, width };
  const printed = layOut(toExpression(settings), place);
  return `${margin}await op.batchAlterTable(\n${inner}${table},\n${inner}async (batch) => {\n${body}${inner}},\n${inner}${printed},\n${margin});`;
}

/** The options of the call: the first way to say them that makes the same record. */
function settingsOf(batch: BatchAlterTable, project: NamingConvention | undefined): Options | undefined {
  const { kind: _kind, table, operations: _operations, copyFrom, tableArgs, ...rest } = batch;
  const convention = isSameConvention(rest.namingConvention, project) ? undefined : rest.namingConvention;
  // A project's convention that the batch has not can only be taken away by one that names nothing.
  const namingConvention =
    convention ??
    (rest.namingConvention === undefined && !isSameConvention(project, undefined) ? {} : undefined);
  const context = { namingConvention: namingConvention ?? project };
  const copies = copyFrom === undefined ? [undefined] : copyArguments(copyFrom, context.namingConvention);
  const constraints =
    tableArgs === undefined
      ? [undefined]
      : tableArguments({ columns: [], constraints: tableArgs.constraints }, context.namingConvention).map(
          ({ columns: _columns, ...printed }) => ({ ...printed, autoincrement: tableArgs.autoincrement }),
        );
  const candidates = copies.flatMap((copy) =>
    constraints.map((args) => ({ ...rest, copyFrom: copy, tableArgs: args, namingConvention })),
  );
  const { kind: _is, table: _of, operations: _do, ...record } = batch;
  return candidates.find((candidate) =>
    makesSame(() => present(batchSettings(context, table, evaluated(candidate) as BatchOptions)), record),
  );
}

function copyArguments(
  { indexes, ...structure }: NonNullable<BatchAlterTable["copyFrom"]>,
  convention: NamingConvention | undefined,
): readonly Options[] {
  return tableArguments(structure, convention).map((printed) => ({
    ...printed,
    indexes: indexes?.map((index) => indexArgument(index, convention)),
  }));
}

function isSameConvention(one: NamingConvention | undefined, other: NamingConvention | undefined): boolean {
  return makesSame(() => one ?? {}, other ?? {});
}

/** A call of `op` as one of the batch: without the table and the schema, which are the batch's. */
function batchCall(
  batch: BatchAlterTable,
  operation: AlterationOperation,
  convention: NamingConvention | undefined,
): OperationCall | undefined {
  if (operation.kind !== "addColumn") {
    return withoutTable(batch, sameCall(operation, convention));
  }
  const { insertBefore, insertAfter, ...column } = operation;
  const call = withoutTable(batch, sameCall(column, convention));
  const place = Object.fromEntries(
    Object.entries({ insertBefore, insertAfter }).filter(([, value]) => value !== undefined),
  );
  if (call === undefined || Object.keys(place).length === 0) {
    return call;
  }
  const [name, definition, options] = call.input;
  return { ...call, input: [name, definition, isOptions(options) ? { ...options, ...place } : place] };
}

function withoutTable(batch: BatchAlterTable, { method, input }: OperationCall): OperationCall | undefined {
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
