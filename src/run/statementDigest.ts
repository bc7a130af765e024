import { createHash, type Hash } from "node:crypto";

/** Texts that wait to be digested; more are digested at once, so that they need not be kept. */
const mostWaiting = 100;

/** A digest of the statements of a revision so far, made only where it is asked for: few revisions need one. */
export class StatementDigest {
  #hash: Hash | undefined;
  #waiting: string[] = [];

  add(text: string): void {
    this.#waiting.push(text);
    if (this.#waiting.length > mostWaiting) {
      this.#digestWaiting();
    }
  }

  /** Another of the same statements, which goes on by itself. */
  copy(): StatementDigest {
    const copy = new StatementDigest();
    copy.#hash = this.#hash?.copy();
    copy.#waiting = [...this.#waiting];
    return copy;
  }

  /** Of all that was added, as hexadecimal digits. */
  value(): string {
    return this.#digestWaiting().copy().digest("hex");
  }

  #digestWaiting(): Hash {
    const hash = (this.#hash ??= createHash("sha256"));
    for (const text of this.#waiting) {
      hash.update(`${text}\u0000`);
    }
    this.#waiting = [];
    return hash;
  }
}
