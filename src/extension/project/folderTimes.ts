import { stat } from "node:fs/promises";
import type * as vscode from "vscode";

/** How often the times are looked at, in milliseconds; a watcher that works tells much sooner. */
const usualInterval = 5000;

/** When a folder's list of files last changed, in milliseconds, by its path; NaN for one that isn't there. */
type Times = ReadonlyMap<string, number>;

/**
 * Tells by folders' own times what no watcher does: on a network drive, or where the machine has no watchers left, the
 * editor hears of nothing. Git writes a file as a new one, so that a switch of branches always shows.
 */
export class FolderTimes implements vscode.Disposable {
  private timer: NodeJS.Timeout;
  private noted: Times = new Map();
  private isDisposed = false;

  /**
   * @param folders The paths of the folders on this machine, asked for each time.
   * @param onChange Told when one has another time than was noted, or none was.
   * @param schedule Starts the next look.
   */
  constructor(
    private readonly folders: () => readonly string[],
    private readonly onChange: () => void,
    private readonly schedule = (look: () => Promise<void>): NodeJS.Timeout =>
      setTimeout(() => void look(), usualInterval),
  ) {
    this.timer = this.compareSoon();
  }

  /** Notes the times; to be called before the folders are listed, so that what changes meanwhile shows. */
  async note(): Promise<void> {
    this.noted = await timesOf(this.folders());
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
  }

  private compareSoon(): NodeJS.Timeout {
    return this.schedule(() => this.compare());
  }

  private async compare(): Promise<void> {
    const { noted } = this;
    const times = await timesOf(this.folders());
    if (this.isDisposed) {
      return;
    }
    // Only now: a drive that does not answer must not be asked over and over.
    this.timer = this.compareSoon();
    // Else they were noted meanwhile, for a listing that is under way.
    if (noted === this.noted && [...times].some(([folder, time]) => !Object.is(noted.get(folder), time))) {
      this.noted = times;
      this.onChange();
    }
  }
}

async function timesOf(folders: readonly string[]): Promise<Times> {
  return new Map(
    await Promise.all(
      folders.map(async (folder): Promise<[string, number]> => [folder, await changeTimeOf(folder)]),
    ),
  );
}

async function changeTimeOf(folder: string): Promise<number> {
  try {
    return (await stat(folder)).mtimeMs;
  } catch {
    return Number.NaN;
  }
}
