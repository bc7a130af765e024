/** Enough for the server never to wait for us, and few enough to be kept in memory, whatever a revision sends. */
const mostUnanswered = 16;

/** What has been sent before it was asked for, in its order, and the first failure among the answers. */
export class AnswersAhead {
  /** In the order in which they were sent; none of them rejects. */
  private readonly unanswered: Promise<void>[] = [];
  private firstFailure: { readonly error: unknown } | undefined;

  /** What was the first to fail. */
  get failure(): { readonly error: unknown } | undefined {
    return this.firstFailure;
  }

  /** Resolves when all is answered, whatever the answers. */
  async settled(): Promise<void> {
    await this.unanswered.at(-1);
  }

  /** Resolves when there is room for one more. */
  async room(): Promise<void> {
    if (this.unanswered.length >= mostUnanswered) {
      await this.unanswered[0];
    }
  }

  /** @throws the first failure */
  refuseAfterFailure(): void {
    if (this.firstFailure !== undefined) {
      throw this.firstFailure.error;
    }
  }

  /** Forgets the failure. */
  forgive(): void {
    this.firstFailure = undefined;
  }

  /**
   * Sends what comes next. Answers are heard in their order, or the failure of a statement behind could pass for the first.
   * @param heard called with each answer that is no failure; what it throws counts as one
   */
  send(work: () => Promise<unknown>, heard: () => void): void {
    const before = this.unanswered.at(-1);
    const working = work();
    // Heard below, maybe only when others are.
    working.catch(() => undefined);
    const hear = async (): Promise<void> => {
      await before;
      try {
        await working;
        heard();
      } catch (error) {
        this.firstFailure ??= { error };
      }
      void this.unanswered.shift();
    };
    this.unanswered.push(hear());
  }
}
