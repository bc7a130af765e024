import { setImmediate as nextTurn } from "node:timers/promises";

/** How long one piece of work may hold up the editor's other extensions, in milliseconds. */
const longestTurn = 15;

/** Long work in pieces: whoever calls `breathe` between them lets others have their turn when it is due. */
export class Turns {
  private began = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.began > longestTurn) {
      await this.yield();
    }
  }

  /** Lets others have their turn now: what follows is one piece, and may be long. */
  async yield(): Promise<void> {
    await nextTurn();
    this.began = performance.now();
  }
}
