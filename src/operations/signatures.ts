import { misfitOf, type ArgumentKind } from "./argumentKinds";
import { batchAddColumn, batchKeys } from "./batch/batchMakers";
import { columnSignatures } from "./column/columnMakers";
import { constraintSignatures } from "./constraint/constraintMakers";
import { indexSignatures } from "./index/indexMakers";
import { policySignatures } from "./policy/policyMakers";
import { routineSignatures } from "./routine/routineMakers";
import { rowSignatures } from "./rows/rowMakers";
import { schemaSignatures } from "./schema/schemaMakers";
import { sequenceSignatures } from "./sequence/sequenceMakers";
import { tableSignatures } from "./table/tableMakers";
import { typeSignatures } from "./type/typeMakers";
import { viewSignatures } from "./view/viewMakers";
import { ArgumentTypeError, OperationError } from "./operationError";
import { given, type Parameter, type Signatures } from "./parameters";
import type { MakerName } from "./makers";
import { misfitOfOptions, type AnyOptionKeys } from "./optionKeys";

/** The methods of `op` that are no operation of their own, and take arguments. */
export type ControlName = "batchAlterTable" | "autocommitBlock" | "try" | "f" | "invoke";

const controlSignatures: Signatures<ControlName> = {
  batchAlterTable: [given.table, ["alter", "body"], ["options?", batchKeys]],
  autocommitBlock: [["body", "body"]],
  try: [["body", "body"]],
  f: [given.name],
  invoke: [["operation", "object"]],
};

/** What each method of `op` takes. */
export const signatures: Signatures<MakerName | ControlName> = {
  ...tableSignatures,
  ...columnSignatures,
  ...indexSignatures,
  ...constraintSignatures,
  ...rowSignatures,
  ...typeSignatures,
  ...viewSignatures,
  ...sequenceSignatures,
  ...routineSignatures,
  ...policySignatures,
  ...schemaSignatures,
  ...controlSignatures,
};

/** A method of `op`, or of the `batch` of `op.batchAlterTable`, which fills in the table. */
export interface CalledMethod {
  readonly on: "op" | "batch";
  readonly name: string;
}

const givenByBatch: ReadonlySet<string> = new Set(["table", "sourceTable", "schema", "sourceSchema"]);

/** The options of a method without those that the batch gives. */
function withoutGiven(keys: AnyOptionKeys): AnyOptionKeys {
  return Object.fromEntries(Object.entries(keys).filter(([key]) => !givenByBatch.has(key)));
}

function parametersOf({ on, name: method }: CalledMethod): readonly Parameter[] {
  if (on === "batch" && method === "addColumn") {
    return batchAddColumn;
  }
  const parameters: readonly Parameter[] = Object.hasOwn(signatures, method)
    ? signatures[method as keyof typeof signatures]
    : [];
  return on === "op"
    ? parameters
    : parameters
        .filter(([parameter]) => !givenByBatch.has(parameter.replace("?", "")))
        .map(([parameter, kind]) =>
          typeof kind === "string" ? [parameter, kind] : [parameter, withoutGiven(kind)],
        );
}

/**
 * Makes what a call asks for, and tells what is wrong with its arguments in terms of the operation.
 *
 * @throws OperationError `invalid-argument` for arguments that the operation does not take
 */
export function madeOf<Result>(called: CalledMethod, input: readonly unknown[], make: () => Result): Result {
  const misfit = misfitOfCall(called, input);
  if (misfit !== undefined) {
    throw misfit;
  }
  try {
    return make();
  } catch (error) {
    if (error instanceof OperationError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    const failure = refusal(called, `The arguments of ${nameOf(called)} can't be read: ${reason}`);
    failure.cause = error;
    throw failure;
  }
}

/** What is wrong with the arguments of a call: the first that is of another kind or has an unknown option, or one too many. */
export function misfitOfCall(called: CalledMethod, input: readonly unknown[]): OperationError | undefined {
  const parameters = parametersOf(called);
  for (const [index, parameter] of parameters.entries()) {
    const misfit = misfitOfArgument(called, parameter, input, index);
    if (misfit !== undefined) {
      return misfit;
    }
  }
  return input.length <= parameters.length
    ? undefined
    : refusal(
        called,
        `${nameOf(called)} takes at most ${String(parameters.length)} arguments, and was given ${String(input.length)}.`,
      );
}

function misfitOfArgument(
  called: CalledMethod,
  [parameter, kind]: Parameter,
  input: readonly unknown[],
  index: number,
): OperationError | undefined {
  const value = input[index];
  if (value === undefined && parameter.endsWith("?")) {
    return undefined;
  }
  const misfit = misfitOf(value, typeof kind === "string" ? kind : "object");
  if (misfit !== undefined) {
    return refusal(called, `The argument "${parameter.replace("?", "")}" of ${nameOf(called)} ${misfit}.`);
  }
  return typeof kind === "string" ? undefined : misfitOfOptions(value, kind, callOf(called, input));
}

const nameKinds: ReadonlySet<unknown> = new Set<ArgumentKind>(["text", "name", "nameOrNull"]);

/** A call with the names that it begins with: `op.addColumn("users", "name")`. SQL is left out, which may be long, or secret. */
function callOf(called: CalledMethod, input: readonly unknown[]): string {
  const names = parametersOf(called)
    .slice(0, 2)
    .flatMap(([, kind], index) => (nameKinds.has(kind) ? [input[index]] : []))
    .filter((value) => typeof value === "string");
  return `${nameOf(called)}(${names.map((name) => JSON.stringify(name)).join(", ")})`;
}

function nameOf({ on, name: method }: CalledMethod): string {
  return `${on}.${method}`;
}

function refusal(called: CalledMethod, message: string): OperationError {
  const names = parametersOf(called).map(([parameter]) => parameter);
  return new ArgumentTypeError(message, `It is called as ${nameOf(called)}(${names.join(", ")}).`);
}
