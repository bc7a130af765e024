import type { Node, Program } from "@babel/types";
import { batchMakers, batchSettings } from "../operations/batch/batchMakers";
import type { AlterationOperation, BatchAlterTable, BatchOptions } from "../operations/batch/batch";
import type { NamingConvention } from "../operations/namingConvention";
import type { Operation } from "../operations/operation";
import { ArgumentTypeError, OperationError } from "../operations/operationError";
import { operationMakers } from "../operations/operationMakers";
import { present } from "../operations/sparse";
import { argumentValues } from "../source/calls/argumentValues";
import { changingNames, isFunction } from "../source/calls/bindings";
import type { NodePath } from "../source/calls/bindings";
import { operationCallAt, operationCallOf } from "../source/calls/callAt";
import type { OperationCall } from "../source/calls/callAt";
import { rangeOf } from "../source/constantValues";
import type { TextRange } from "../source/header";
import type { Dialect } from "../sqlText/dialect";
import { renderOperation } from "./renderOperation";

/** The text of a revision, with what the parser made of it. */
export interface WrittenRevision {
  readonly text: string;
  readonly program: Program;
}

/** What is known of the project for the SQL of a call. */
export interface CallSqlProject {
  readonly dialect: Dialect;
  /** `computed`: its configuration has one that only a run tells. */
  readonly namingConvention: NamingConvention | "computed" | undefined;
}

/** What a call of an operation becomes; `range` is the name of the operation, with the `op` before it. */
export type CallSql = { readonly range: TextRange; readonly method: string } & (
  | { readonly kind: "sql"; readonly statements: readonly string[]; readonly operation: Operation }
  /** Only a run can tell: it depends on these expressions of the text. */
  | { readonly kind: "unknown"; readonly expressions: readonly string[] }
  | { readonly kind: "unknown-convention" }
  | { readonly kind: "refused"; readonly message: string; readonly hint: string | undefined }
);

type Outcome =
  | { readonly kind: "operation"; readonly make: (convention: NamingConvention | undefined) => Operation }
  | { readonly kind: "unknown"; readonly nodes: readonly Node[] };

/** Each name that a convention decides is another under this one. */
const otherConvention: NamingConvention = {
  ix: "alembic_ix_%(column_0_N_name)s",
  uq: "alembic_uq_%(column_0_N_name)s",
  ck: "alembic_ck_%(constraint_name)s",
  fk: "alembic_fk_%(column_0_N_name)s",
  pk: "alembic_pk_%(table_name)s",
  ex: "alembic_ex_%(table_name)s",
};

/**
 * The SQL of the operation that is called at an offset of a revision's text, as `--sql` would print it. Nothing is run:
 * values come from the text alone, and where it does not decide them, that is told. Undefined where no operation is
 * called, and where it has no SQL of its own (`op.flush`, one of the project's own).
 */
export function callSqlAt(
  written: WrittenRevision,
  offset: number,
  project: CallSqlProject,
): CallSql | undefined {
  const found = operationCallAt(written.program, offset);
  return found && sqlOfCall(written, found, project, changingNames(written.program));
}

/**
 * As `callSqlAt`, of a call that was found.
 * @param changing names of the text whose values may change, as `changingNames` gives them
 */
export function sqlOfCall(
  { text }: Pick<WrittenRevision, "text">,
  found: OperationCall,
  project: CallSqlProject,
  changing: ReadonlySet<string>,
): CallSql | undefined {
  const place = { range: rangeOf(found.call.callee), method: found.method };
  try {
    // SQLite changes a table once for all of a batch.
    const whole = project.dialect === "sqlite" ? (found.batch ?? found) : found;
    const outcome = outcomeOf(whole, changing);
    if (outcome?.kind === "unknown") {
      const expressions = outcome.nodes.map((node) => shortened(text.slice(node.start ?? 0, node.end ?? 0)));
      return { ...place, kind: "unknown", expressions: [...new Set(expressions)] };
    }
    const statements = outcome && statementsOf(outcome.make, project);
    if (outcome === undefined || statements === undefined) {
      return outcome && { ...place, kind: "unknown-convention" };
    }
    const { namingConvention } = project;
    const operation = outcome.make(namingConvention === "computed" ? undefined : namingConvention);
    return { ...place, kind: "sql", statements, operation };
  } catch (error) {
    if (error instanceof OperationError && !(error instanceof ArgumentTypeError)) {
      return { ...place, kind: "refused", message: error.message, hint: error.hint };
    }
    // Arguments of types that the operation does not take, which the TypeScript language service marks.
    return undefined;
  }
}

/** Undefined where the SQL depends on a naming convention that is not known. */
function statementsOf(
  make: (convention: NamingConvention | undefined) => Operation,
  { dialect, namingConvention }: CallSqlProject,
): readonly string[] | undefined {
  const render = (convention: NamingConvention | undefined): readonly string[] =>
    renderOperation(make(convention), dialect, { offline: true }).map(({ text }) => text);
  if (namingConvention !== "computed") {
    return render(namingConvention);
  }
  const statements = render(undefined);
  try {
    return JSON.stringify(render(otherConvention)) === JSON.stringify(statements) ? statements : undefined;
  } catch {
    return undefined;
  }
}

/** The operation of a call; undefined where it makes none. */
function outcomeOf(
  { method, call, path, batch }: OperationCall,
  changing: ReadonlySet<string>,
): Outcome | undefined {
  if (batch !== undefined) {
    return batchedOutcome({ method, call, path }, batch, changing);
  }
  if (method === "batchAlterTable") {
    return batchOutcome({ method, call, path }, changing);
  }
  const makers = makersUnder(undefined);
  if (method !== "invoke" && !Object.hasOwn(makers, method)) {
    return undefined;
  }
  const input = argumentValues(call.arguments, path, changing);
  if (input.kind === "unknown") {
    return { kind: "unknown", nodes: input.expressions };
  }
  const { values } = input;
  return {
    kind: "operation",
    make: (convention) =>
      method === "invoke" ? (values[0] as Operation) : made(makersUnder(convention), method, values),
  };
}

type Methods = Readonly<Record<string, (...input: readonly unknown[]) => Operation>>;

function makersUnder(namingConvention: NamingConvention | undefined): Methods {
  return operationMakers({ namingConvention }) as unknown as Methods;
}

function made(makers: Methods, method: string, values: readonly unknown[]): Operation {
  const make = makers[method];
  if (make === undefined) {
    throw new OperationError("unknown-operation", `There is no operation "${method}".`);
  }
  return make(...values);
}

type PlainCall = Omit<OperationCall, "batch">;

interface BatchArguments {
  readonly table: string;
  readonly options: BatchOptions;
}

/** The table and options of `op.batchAlterTable`. */
function batchArguments(
  { call, path }: PlainCall,
  changing: ReadonlySet<string>,
): BatchArguments | readonly Node[] {
  const [table, , ...rest] = call.arguments;
  const input = argumentValues(table === undefined ? [] : [table, ...rest], path, changing);
  return input.kind === "unknown"
    ? input.expressions
    : { table: input.values[0] as string, options: input.values[1] ?? {} };
}

function isArguments(found: BatchArguments | readonly Node[]): found is BatchArguments {
  return "table" in found;
}

function batchMethods({ table, options }: BatchArguments, convention: NamingConvention | undefined): Methods {
  return batchMakers(operationMakers({ namingConvention: convention }), table, options) as unknown as Methods;
}

function batchedOutcome(
  { method, call, path }: PlainCall,
  batch: PlainCall,
  changing: ReadonlySet<string>,
): Outcome | undefined {
  const around = batchArguments(batch, changing);
  const input = argumentValues(call.arguments, path, changing);
  const unknown = [
    ...(isArguments(around) ? [] : around),
    ...(input.kind === "unknown" ? input.expressions : []),
  ];
  if (!isArguments(around) || input.kind === "unknown") {
    return { kind: "unknown", nodes: unknown };
  }
  return Object.hasOwn(batchMethods(around, undefined), method)
    ? {
        kind: "operation",
        make: (convention) => made(batchMethods(around, convention), method, input.values),
      }
    : undefined;
}

/** A whole batch, whose callback does nothing but call its operations one after another. */
function batchOutcome(batch: PlainCall, changing: ReadonlySet<string>): Outcome {
  const around = batchArguments(batch, changing);
  const calls = callsOfBatch(batch);
  if (!isArguments(around) || !calls.isPlain) {
    return { kind: "unknown", nodes: [...(isArguments(around) ? [] : around), ...calls.other] };
  }
  const inputs = calls.operations.map(({ method, call, path }) => ({
    method,
    input: argumentValues(call.arguments, path, changing),
  }));
  const unknown = inputs.flatMap(({ input }) => (input.kind === "unknown" ? input.expressions : []));
  if (unknown.length > 0) {
    return { kind: "unknown", nodes: unknown };
  }
  const { table, options } = around;
  return {
    kind: "operation",
    make: (convention) => {
      const methods = batchMethods(around, convention);
      return present<BatchAlterTable>({
        kind: "batchAlterTable",
        table,
        ...batchSettings({ namingConvention: options.namingConvention ?? convention }, table, options),
        operations: inputs.map(({ method, input }) =>
          made(methods, method, input.kind === "known" ? input.values : []),
        ) as AlterationOperation[],
      });
    },
  };
}

interface CallsOfBatch {
  readonly isPlain: boolean;
  readonly operations: readonly OperationCall[];
  /** What else the callback does. */
  readonly other: readonly Node[];
}

function callsOfBatch({ call, path }: PlainCall): CallsOfBatch {
  const alter = call.arguments[1];
  if (alter === undefined || !isFunction(alter)) {
    return { isPlain: false, operations: [], other: alter === undefined ? [] : [alter] };
  }
  const inside: NodePath = [...path, alter];
  const { body } = alter;
  const parts: readonly Node[] = body.type === "BlockStatement" ? body.body : [body];
  const around: NodePath = body.type === "BlockStatement" ? [...inside, body] : inside;
  const operations: OperationCall[] = [];
  const other: Node[] = [];
  for (const part of parts) {
    const expression = calledIn(part);
    const found = expression && operationCallOf(expression, [...around, part, expression]);
    if (found?.batch?.call === call) {
      operations.push(found);
    } else if (part.type !== "VariableDeclaration" || part.kind !== "const") {
      other.push(part);
    }
  }
  return { isPlain: other.length === 0, operations, other };
}

/** The call of `await batch.…(…);`, `return batch.…(…);` and the like. */
function calledIn(part: Node): (Node & { readonly type: "CallExpression" }) | undefined {
  switch (part.type) {
    case "CallExpression":
      return part;
    case "ExpressionStatement":
      return calledIn(part.expression);
    case "AwaitExpression":
    case "ReturnStatement":
      return part.argument ? calledIn(part.argument) : undefined;
    default:
      return undefined;
  }
}

/** An expression on one line. */
function shortened(expression: string): string {
  const line = expression.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
