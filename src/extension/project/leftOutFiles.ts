import type { Log } from "../shared/log";

/** So many of them are named one by one. */
const mostTold = 20;

/** Revision files that are there and were not read, with the reasons. */
export class LeftOutFiles {
  private reasons: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  has(path: string): boolean {
    return this.reasons.has(path);
  }

  /** Takes the place of those of the last reading, and logs which are new. */
  tell(reasons: ReadonlyMap<string, string>): void {
    for (const [path, reason] of [...reasons].slice(0, mostTold)) {
      if (!this.reasons.has(path)) {
        this.log.warn(`${path} is not read: ${reason}`);
      }
    }
    if (reasons.size > mostTold && this.reasons.size !== reasons.size) {
      this.log.warn(`${String(reasons.size)} files below ${this.folder} are not read.`);
    }
    this.reasons = reasons;
  }
}
