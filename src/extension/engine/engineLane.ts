/** What cancels a request; the editor's token, or that of JSON-RPC. */
export interface LaneToken {
  readonly isCancellationRequested: boolean;
  readonly onCancellationRequested: (listener: () => void) => { dispose(): void };
}

/** A process that answers requests until it ends. */
export interface LaneProcess {
  /** False once it has ended, or is about to. */
  readonly isUsable: boolean;
  /** Asks it to end. */
  stop(): void;
  /** Ends it now. */
  kill(): void;
}

export interface LaneOptions<Process extends LaneProcess> {
  /** Starts a process; called for a request that finds none. */
  readonly start: () => Process;
  /** A process that nobody used for so long is ended; in milliseconds. */
  readonly idleTime: number;
  /** How long a cancelled request may take to stop by itself; in milliseconds. */
  readonly cancelPatience: number;
  /** Told when a process had to be killed. */
  readonly onKill: () => void;
}

/**
 * The engine of one folder. Requests take turns, since a project has one database; each goes to the process that is
 * there when its turn comes, and to a new one if the last has been killed or has died meanwhile.
 */
export class EngineLane<Process extends LaneProcess> {
  private process: Process | undefined;
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: LaneOptions<Process>) {}

  /**
   * Sends a request when its turn comes. Undefined: it was cancelled before, or the process had to be killed for it, or
   * the lane was closed.
   */
  async use<Result>(
    token: LaneToken,
    request: (process: Process) => Promise<Result>,
  ): Promise<Result | undefined> {
    clearTimeout(this.idleTimer);
    this.waiting += 1;
    const turn = this.last;
    const { promise: done, resolve: finish } = newDeferred();
    this.last = turn.then(() => done);
    try {
      await orCancelled(turn, token);
      return token.isCancellationRequested || this.isClosed ? undefined : await this.send(token, request);
    } finally {
      finish();
      this.waiting -= 1;
      this.endWhenIdle();
    }
  }

  /** Ends the process; what waits is not sent any more. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.idleTimer);
    this.process?.stop();
    this.process = undefined;
  }

  private async send<Result>(
    token: LaneToken,
    request: (process: Process) => Promise<Result>,
  ): Promise<Result | undefined> {
    const process = this.process?.isUsable === true ? this.process : this.options.start();
    this.process = process;
    let killTimer: NodeJS.Timeout | undefined;
    const cancelListener = token.onCancellationRequested(() => {
      killTimer = setTimeout(() => {
        this.options.onKill();
        process.kill();
      }, this.options.cancelPatience);
    });
    try {
      return await request(process);
    } catch (error) {
      if (token.isCancellationRequested) {
        return undefined;
      }
      throw error;
    } finally {
      clearTimeout(killTimer);
      cancelListener.dispose();
    }
  }

  private endWhenIdle(): void {
    if (this.waiting === 0 && this.process !== undefined) {
      this.idleTimer = setTimeout(() => {
        this.process?.stop();
        this.process = undefined;
      }, this.options.idleTime);
    }
  }
}

/** Resolves when the turn has come, or when nobody waits for it any more. */
function orCancelled(turn: Promise<void>, token: LaneToken): Promise<void> {
  if (token.isCancellationRequested) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const listener = token.onCancellationRequested(() => settle());
    const settle = (): void => {
      listener.dispose();
      resolve();
    };
    void turn.then(settle);
  });
}

function newDeferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
