import type { CallSite } from "./callSite";
import { OperationError } from "./operationError";

/** How a turn in the queue has to run. */
export interface Turn {
  /** True inside `op.autocommitBlock`: run it outside a transaction. */
  readonly autocommit: boolean;
  /** True: run it inside one, even where the revision has none. */
  readonly isInTransaction?: boolean;
  /** True inside `op.try`: a savepoint has to take it back, so it can't run outside the transaction. */
  readonly isTried?: boolean;
  /** Where it was called, as far as that is known. */
  readonly callSite?: CallSite;
}

/** What a failure ends: all that is called in the same scope, and in scopes inside it. */
interface FailureScope {
  readonly outer?: FailureScope;
  failure?: { readonly error: unknown };
}

/** Keeps or takes back what was run since it was set. */
export interface Savepoint<Outcome> {
  /** @throws what failed since, if anything did */
  keep(): Promise<Outcome>;
  /** @throws the error, or another, where it is none that may be tolerated */
  takeBack(error: unknown): Promise<Outcome>;
}

/** What Node's `AsyncLocalStorage` offers; handed in, so that this folder needs no Node. */
export interface AsyncScope<Store> {
  run<Result>(store: Store, callback: () => Result): Result;
  getStore(): Store | undefined;
}

/** A line of turns: the queue itself, or what runs inside one of its blocks. */
export interface Lane extends Turn {
  tail: Promise<void>;
  readonly scope: FailureScope;
}

export interface OperationQueueOptions {
  /**
   * Tells which block a call comes from (pass an `AsyncLocalStorage`). Queues may share one, and had better: each that
   * is in use makes every promise of the process slower. Without it, calls go to the innermost open block, which is the
   * same as long as every block is awaited.
   */
  readonly scope?: AsyncScope<Lane>;
  /**
   * Resolves when all that is ready to run has run (pass Node's `setImmediate`). Without it a timer does, which
   * takes at least a millisecond.
   */
  readonly untilIdle?: () => Promise<unknown>;
  /** Told of a call that comes after `finish()`: too late to run, and an error of the revision. */
  readonly onLateCall?: (error: OperationError) => void;
}

/**
 * Runs what a revision asks for strictly in the order of the calls, one at a time, whether or not the revision
 * awaits it. After the first failure nothing more runs: later turns reject with that same failure.
 */
export class OperationQueue {
  readonly #scope: FailureScope = {};
  readonly #root: Lane = { tail: Promise.resolve(), autocommit: false, scope: this.#scope };
  readonly #open: Lane[] = [];
  readonly #options: OperationQueueOptions;
  #isFinished = false;
  #hasGoneOn = false;

  constructor(options: OperationQueueOptions = {}) {
    this.#options = options;
  }

  /**
   * Lets a task take its turn after all that were called before it.
   *
   * @returns what the task gives; a rejection that nobody awaits is no unhandled one
   */
  enqueue<Result>(task: (turn: Turn) => Promise<Result> | Result): Promise<Result> {
    return this.#add(this.#currentLane(), task);
  }

  /**
   * One turn for all that `body` calls, in its own order: what is called after the block runs after it.
   *
   * @param autocommit true: its turns run outside a transaction
   */
  block<Result>(
    body: (turn: Turn) => Promise<Result> | Result,
    { autocommit = false }: { readonly autocommit?: boolean } = {},
  ): Promise<Result> {
    return this.#add(this.#currentLane(), (turn, { scope }) =>
      this.#runBlock(body, { ...turn, autocommit: turn.autocommit || autocommit }, scope),
    );
  }

  /**
   * As `block`, and a failure in it ends only the block, where its savepoint takes it back.
   *
   * @param begin sets the savepoint, when it is the block's turn
   */
  attempt<Outcome>(
    body: () => Promise<void> | void,
    begin: (turn: Turn) => Promise<Savepoint<Outcome>>,
  ): Promise<Outcome> {
    return this.#add(this.#currentLane(), async (turn, { scope }) => {
      const savepoint = await begin(turn);
      try {
        await this.#runBlock(body, { ...turn, isTried: true }, { outer: scope });
        return await savepoint.keep();
      } catch (error) {
        throwFailure(scope);
        return savepoint.takeBack(error);
      }
    });
  }

  /** Makes an error of the revision itself a failure: nothing that is still waiting runs. */
  fail(error: unknown): void {
    this.#scope.failure ??= { error };
  }

  /** True when something was called after a failure that had been told: as by code that catches it. */
  get hasGoneOn(): boolean {
    return this.#hasGoneOn;
  }

  /** True as soon as something has failed. */
  get hasFailed(): boolean {
    return this.#scope.failure !== undefined;
  }

  /**
   * Waits for all turns, also for those that the running ones ask for, and closes the queue.
   *
   * @throws the first failure, whoever awaited it
   */
  async finish(): Promise<void> {
    await this.#settle(this.#root);
    this.#isFinished = true;
    throwFailure(this.#scope);
  }

  /** Closes the queue without waiting: whoever calls operations does not come to an end. What still waits does not run. */
  abandon(error: unknown): void {
    this.fail(error);
    this.#isFinished = true;
  }

  async #runBlock<Result>(
    body: (turn: Turn) => Promise<Result> | Result,
    turn: Turn,
    scope: FailureScope,
  ): Promise<Result> {
    const lane: Lane = { ...turn, tail: Promise.resolve(), scope };
    this.#open.push(lane);
    try {
      const call = async (): Promise<Result> => body(lane);
      const result = await (this.#options.scope?.run(lane, call) ?? call());
      await this.#settle(lane);
      throwFailure(scope);
      return result;
    } finally {
      await this.#settle(lane);
      this.#open.splice(this.#open.indexOf(lane), 1);
    }
  }

  #currentLane(): Lane {
    const scoped = this.#options.scope?.getStore();
    if (scoped !== undefined) {
      // It may be closed, or another queue's.
      return this.#open.includes(scoped) ? scoped : this.#root;
    }
    return this.#options.scope === undefined ? (this.#open.at(-1) ?? this.#root) : this.#root;
  }

  #add<Result>(lane: Lane, task: (turn: Turn, lane: Lane) => Promise<Result> | Result): Promise<Result> {
    if (this.#isFinished) {
      return this.#refuse();
    }
    this.#hasGoneOn ||= lane.scope.failure !== undefined;
    const result = lane.tail.then(async () => {
      throwFailure(lane.scope);
      try {
        return await task(turnOf(lane), lane);
      } catch (error) {
        lane.scope.failure ??= { error };
        throw error;
      }
    });
    lane.tail = result.then(ignore, ignore);
    return result;
  }

  /** Waits until a lane stays empty: whoever awaited the last turn has had the chance to ask for the next. */
  async #settle(lane: Lane): Promise<void> {
    const untilIdle = this.#options.untilIdle ?? untilTimer;
    for (;;) {
      const tail = lane.tail;
      await tail;
      await untilIdle();
      if (lane.tail === tail) {
        return;
      }
    }
  }

  #refuse<Result>(): Promise<Result> {
    const error = new OperationError(
      "late-operation",
      "an operation was called after the function had ended, so it was not run",
      "Await every operation, and every function of yours that calls operations.",
    );
    this.#options.onLateCall?.(error);
    const refusal = Promise.reject<Result>(error);
    refusal.catch(ignore);
    return refusal;
  }
}

function turnOf({ autocommit, isTried }: Lane): Turn {
  return isTried === true ? { autocommit, isTried } : { autocommit };
}

/** @throws what has failed in the scope or around it */
function throwFailure(scope: FailureScope): void {
  for (let at: FailureScope | undefined = scope; at !== undefined; at = at.outer) {
    if (at.failure !== undefined) {
      throw at.failure.error;
    }
  }
}

function ignore(): void {
  // The failure is kept by the queue, which reports it once.
}

function untilTimer(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
