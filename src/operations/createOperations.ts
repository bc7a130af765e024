import type { AlterationOperation, BatchAlterTable, BatchOperations } from "./batch/batch";
import { batchMakers, batchSettings } from "./batch/batchMakers";
import { captureCallSite } from "./callSite";
import type { CallSite } from "./callSite";
import type { NamingConvention } from "./namingConvention";
import type { CustomOperation, Operation } from "./operation";
import { OperationError } from "./operationError";
import { operationMakers } from "./operationMakers";
import { OperationQueue } from "./operationQueue";
import type { Savepoint, Turn } from "./operationQueue";
import type { OperationControls, Operations, TryOutcome } from "./operations";
import { madeOf, misfitOfCall, type CalledMethod, type ControlName } from "./signatures";
import { present } from "./sparse";
import { toFragmentValue } from "./sqlFragment";

/** How an operation has to run, and where it was called. */
export interface OperationTurn extends Turn {
  readonly callSite: CallSite;
}

/** The implementation of an operation that a project registers: it calls operations of `op`. */
export type CustomImplementation = (op: Operations, ...input: readonly never[]) => Promise<void> | void;

export interface CreateOperationsOptions {
  /** Share it, so that queries of data migrations take their turn: `queue.enqueue(() => client.query(…))`. */
  readonly queue?: OperationQueue;
  /** On SQLite, `batchAlterTable` collects one record; on PostgreSQL each operation runs at once. */
  readonly dialect?: "postgresql" | "sqlite";
  readonly namingConvention?: NamingConvention;
  readonly customOperations?: ReadonlyMap<string, CustomImplementation>;
}

/** What operations are, when they are sent before those ahead of them are answered. */
export interface OperationFlow {
  /** Resolves when all that was sent ahead has worked. */
  answered(): Promise<void>;
  /** Sets a savepoint behind all that was sent, when that has worked. */
  savepoint(turn: OperationTurn): Promise<Savepoint<TryOutcome>>;
}

/**
 * @param run as for `createOperations`
 * @param flow where operations are sent ahead, or can be taken back
 */
export type OperationsFactory = (
  run: RunOperation,
  queue: OperationQueue,
  flow?: OperationFlow,
) => Operations;

type RunOperation = (operation: Operation, turn: OperationTurn) => Promise<void>;
type Submit = (make: () => Operation, callSite: CallSite) => Promise<void>;
type Methods = Readonly<Record<string, (...input: readonly never[]) => Promise<void>>>;

/**
 * The `op` of a revision file.
 *
 * @param run does one operation; called for one at a time, in the order of the calls
 * @returns operations whose promises resolve when `run` has; `queue.finish()` waits for all
 * @throws OperationError `invalid-name` if a custom operation has the name of one that exists
 */
export function createOperations(run: RunOperation, options: CreateOperationsOptions = {}): Operations {
  return operationsFactory(options)(run, options.queue ?? new OperationQueue());
}

/** Makes the `op` of one revision after another, as `createOperations` does; what they share is made once. */
export function operationsFactory(options: Omit<CreateOperationsOptions, "queue">): OperationsFactory {
  const makers = operationMakers({ namingConvention: options.namingConvention });
  return (run, queue, flow = plainFlow) => makeOperations({ run, flow }, queue, options, makers);
}

/** Of what is done when it is called, and can't be taken back: whatever fails in `op.try` fails. */
const plainFlow: OperationFlow = {
  answered: () => Promise.resolve(),
  savepoint: () =>
    Promise.resolve({
      keep: () => Promise.resolve({ worked: true }),
      takeBack: (error) => Promise.reject(error instanceof Error ? error : new Error(String(error))),
    }),
};

function makeOperations(
  { run, flow }: { readonly run: RunOperation; readonly flow: OperationFlow },
  queue: OperationQueue,
  options: Omit<CreateOperationsOptions, "queue">,
  makers: ReturnType<typeof operationMakers>,
): Operations {
  const submit: Submit = (make, callSite) => {
    let operation: Operation;
    try {
      operation = make();
    } catch (error) {
      return queue.enqueue(() => {
        throw located(error, callSite);
      });
    }
    return queue.enqueue((turn) => run(operation, { ...turn, callSite }));
  };
  const collectsBatches = options.dialect === "sqlite";
  const custom = options.customOperations ?? new Map<string, CustomImplementation>();

  const controls: OperationControls = {
    batchAlterTable: function batchAlterTable(table, alter, batchOptions = {}) {
      const callSite = captureCallSite(batchAlterTable);
      const refusal = refusedCall(queue, "batchAlterTable", [table, alter, batchOptions], callSite);
      if (refusal !== undefined) {
        return refusal;
      }
      const record = batchMakers(makers, table, batchOptions);
      return collectsBatches
        ? collectBatch(queue, run, {
            table,
            alter,
            settings: () =>
              batchSettings(
                { namingConvention: batchOptions.namingConvention ?? options.namingConvention },
                table,
                batchOptions,
              ),
            callSite,
            makers: record,
          })
        : queue.block(() =>
            alter(submitting("batch", record as unknown as Methods, submit) as unknown as BatchOperations),
          );
    },
    autocommitBlock: function autocommitBlock(body) {
      return (
        refusedCall(queue, "autocommitBlock", [body], captureCallSite(autocommitBlock)) ??
        queue.block(() => body(), { autocommit: true })
      );
    },
    flush: () => queue.enqueue(() => flow.answered()),
    try: function tryBlock(body) {
      const callSite = captureCallSite(tryBlock);
      return (
        refusedCall(queue, "try", [body], callSite) ??
        queue.attempt(body, (turn) => flow.savepoint({ ...turn, callSite }))
      );
    },
    ...valueControls,
    invoke: function invoke(operation) {
      const callSite = captureCallSite(invoke);
      const refusal = refusedCall(queue, "invoke", [operation], callSite);
      if (refusal !== undefined) {
        return refusal;
      }
      return operation.kind === "custom"
        ? runCustom(queue, custom, operation, callSite, () => op)
        : submit(() => operation, callSite);
    },
  };
  // The types of the makers and of `Operations` are tied together in `Makers`; only the loop over names loses them.
  const op = Object.assign(submitting("op", makers, submit), controls) as unknown as Operations;
  registerCustom(op, queue, custom);
  return op;
}

const valueControls: Pick<OperationControls, "f" | "inlineLiteral"> = {
  f: (...input) =>
    madeOf({ on: "op", name: "f" }, input, () => ({ kind: "finalName", name: input[0] }) as const),
  inlineLiteral: (value) => ({
    kind: "sql",
    text: ["", ""],
    values: [{ kind: "literal", value: toFragmentValue(value) }],
  }),
};

/** A failure in the turn of a call whose arguments are wrong; undefined where they are not. */
function refusedCall(
  queue: OperationQueue,
  name: ControlName,
  input: readonly unknown[],
  callSite: CallSite,
): Promise<never> | undefined {
  const misfit = misfitOfCall({ on: "op", name }, input);
  return (
    misfit &&
    queue.enqueue<never>(() => {
      throw located(misfit, callSite);
    })
  );
}

/** Methods that queue the records which the makers of the same names make. */
function submitting(
  on: CalledMethod["on"],
  makers: Readonly<Record<string, (...input: never[]) => unknown>>,
  submit: Submit,
): Methods {
  const methods: Record<string, (...input: readonly never[]) => Promise<void>> = {};
  for (const name in makers) {
    const make = makers[name];
    if (make !== undefined) {
      methods[name] = function operation(...input: never[]): Promise<void> {
        const called = { on, name };
        return submit(
          () => madeOf(called, input, () => make(...input) as Operation),
          captureCallSite(operation),
        );
      };
    }
  }
  return methods;
}

function located(error: unknown, callSite: CallSite): unknown {
  if (error instanceof OperationError) {
    error.callSite ??= callSite;
  }
  return error;
}

interface Batch {
  readonly table: string;
  readonly alter: (batch: BatchOperations) => Promise<void> | void;
  readonly settings: () => ReturnType<typeof batchSettings>;
  readonly callSite: CallSite;
  readonly makers: ReturnType<typeof batchMakers>;
}

/** One record for the whole batch, run when the callback is done: SQLite copies the table once. */
function collectBatch(queue: OperationQueue, run: RunOperation, batch: Batch): Promise<void> {
  const operations: AlterationOperation[] = [];
  let isOpen = true;
  const collect: Submit = (make, callSite) => {
    if (!isOpen) {
      return queue.enqueue(() => {
        throw located(
          new OperationError(
            "late-operation",
            `An operation on "${batch.table}" was called after its batch had ended.`,
            "Await what the callback of op.batchAlterTable calls.",
          ),
          callSite,
        );
      });
    }
    try {
      operations.push(make() as AlterationOperation);
      return Promise.resolve();
    } catch (error) {
      return queue.enqueue(() => {
        throw located(error, callSite);
      });
    }
  };
  return queue.block(async () => {
    await batch.alter(submitting("batch", batch.makers, collect) as unknown as BatchOperations);
    await queue.enqueue((turn) => {
      isOpen = false;
      const record = present<BatchAlterTable>({
        kind: "batchAlterTable",
        table: batch.table,
        ...batch.settings(),
        operations,
      });
      return run(record, { ...turn, callSite: batch.callSite });
    });
  });
}

function runCustom(
  queue: OperationQueue,
  custom: ReadonlyMap<string, CustomImplementation>,
  operation: CustomOperation,
  callSite: CallSite,
  op: () => Operations,
): Promise<void> {
  const implementation = custom.get(operation.name);
  return queue.block(() => {
    if (implementation === undefined) {
      throw located(
        new OperationError(
          "unknown-operation",
          `There is no operation "${operation.name}".`,
          "Register it under `operations` in the config.",
        ),
        callSite,
      );
    }
    return implementation(op(), ...(operation.arguments as readonly never[]));
  });
}

function registerCustom(
  op: Operations,
  queue: OperationQueue,
  custom: ReadonlyMap<string, CustomImplementation>,
): void {
  for (const [name, implementation] of custom) {
    if (name in op) {
      throw new OperationError(
        "invalid-name",
        `The config registers an operation "${name}", but op.${name} exists already.`,
        "Give it another name.",
      );
    }
    Object.assign(op, {
      [name]: (...input: readonly never[]) => queue.block(() => implementation(op, ...input)),
    });
  }
}
