export interface RefreshQueueOptions {
  /** Quiet time after the last request, in milliseconds. */
  readonly delay: number;
  /** The longest that a steady stream of requests can put a refresh off, in milliseconds. */
  readonly maxDelay: number;
  /** Told what a refresh threw; the queue goes on. */
  readonly onError: (error: unknown) => void;
}

/**
 * Turns bursts of requests (a branch switch touches every file) into few refreshes: at most one runs, and at most one
 * waits behind it.
 */
export class RefreshQueue {
  private timer: NodeJS.Timeout | undefined;
  private firstRequest: number | undefined;
  private running: Promise<void> | undefined;
  private isRequestedAgain = false;
  private muteCount = 0;
  private isDisposed = false;

  constructor(
    private readonly refresh: () => Promise<void>,
    private readonly options: RefreshQueueOptions,
  ) {}

  /** Asks for a refresh, soon. */
  request(): void {
    if (this.isDisposed) {
      return;
    }
    const now = Date.now();
    this.firstRequest ??= now;
    if (this.muteCount > 0) {
      return;
    }
    clearTimeout(this.timer);
    const latest = this.firstRequest + this.options.maxDelay;
    const delay = Math.max(0, Math.min(this.options.delay, latest - now));
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** Refreshes now; resolves after a refresh that began after this call. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isDisposed) {
      return;
    }
    if (this.running !== undefined) {
      this.isRequestedAgain = true;
      return this.running;
    }
    this.running = this.runUntilQuiet();
    return this.running;
  }

  /** Holds requests back, for as long as an action of ours writes; the result ends it. */
  mute(): () => void {
    this.muteCount += 1;
    clearTimeout(this.timer);
    let isOver = false;
    return () => {
      if (isOver) {
        return;
      }
      isOver = true;
      this.muteCount -= 1;
      if (this.muteCount === 0 && this.firstRequest !== undefined) {
        this.request();
      }
    };
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
  }

  private async runUntilQuiet(): Promise<void> {
    do {
      this.isRequestedAgain = false;
      this.firstRequest = undefined;
      try {
        await this.refresh();
      } catch (error) {
        this.options.onError(error);
      }
    } while (this.isRequestedAgain && !this.isDisposed);
    this.running = undefined;
  }
}
