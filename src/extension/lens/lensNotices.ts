/** Calls back once after a time, unless it is stopped before. */
export type Schedule = (callback: () => void, milliseconds: number) => { stop(): void };

export interface LensNoticesOptions {
  /** Tells the editor that it may ask for lenses again. */
  readonly tell: () => void;
  /** The lenses of each document on screen as they should be, as a text; none of what has no lenses. */
  readonly present: () => ReadonlyMap<string, string>;
  /** Whether a run is under way, after which lenses will have changed. */
  readonly isUnderWay: () => boolean;
  readonly schedule: Schedule;
  /** In milliseconds. */
  readonly now: () => number;
}

/** How long the editor may take to ask after it was told, in milliseconds; more on a machine where it takes longer. */
const shortestPatience = 400;
const patienceFactor = 1.5;
/** How often it is told once more. */
const repetitions = 2;

/**
 * When the editor is told that lenses have changed. It waits for a quarter of a second after it was told, from the
 * beginning with each notice that follows, and for another one before it shows words; it forgets the notice where its text
 * loses the focus meanwhile. So it is told once, only where something differs, and again only where it did not ask in time.
 * While a run is under way it is told again each time that it asks for words: whenever the run ends, it is about to ask.
 */
export class LensNotices {
  /** What the editor was given last. */
  private readonly given = new Map<string, string>();
  /** Documents for which the editor was told and has not asked. */
  private waiting: ReadonlySet<string> = new Set();
  private waitsSince = 0;
  private repetitionsLeft = 0;
  private patience = shortestPatience;
  private timer: { stop(): void } | undefined;

  constructor(private readonly options: LensNoticesOptions) {}

  /** A run is under way, after which something will have changed: the editor's wait begins. */
  announce(): void {
    this.tellOf([...this.options.present().keys()]);
  }

  /** Something may have changed. */
  refresh(): void {
    this.tellOf(this.outdated());
  }

  /** The editor has asked for a document's lenses, and will ask what they say when it shows them. */
  noteAsked(document: string): void {
    if (this.waiting.has(document)) {
      this.learn();
      this.wait();
    }
  }

  /** The editor was given these lenses of a document, later than it was noted to wait for them. */
  noteShown(document: string, lenses: string): void {
    this.given.set(document, lenses);
  }

  /** The editor was given these lenses of a document. */
  noteGiven(document: string, lenses: string): void {
    this.noteShown(document, lenses);
    if (this.waiting.has(document)) {
      this.learn();
      this.waiting = new Set([...this.waiting].filter((other) => other !== document));
      if (this.waiting.size === 0) {
        this.timer?.stop();
      }
    }
  }

  dispose(): void {
    this.timer?.stop();
  }

  /** Documents of which the editor shows something else. It asks by itself for what it has not shown yet. */
  private outdated(): readonly string[] {
    return [...this.options.present()].flatMap(([document, lenses]) => {
      const given = this.given.get(document);
      return given === undefined || given === lenses ? [] : [document];
    });
  }

  private tellOf(documents: readonly string[]): void {
    if (documents.some((document) => !this.waiting.has(document))) {
      this.tell(new Set([...this.waiting, ...documents]), repetitions);
    }
  }

  private tell(documents: ReadonlySet<string>, repetitionsLeft: number): void {
    this.waiting = documents;
    this.repetitionsLeft = repetitionsLeft;
    this.wait();
    this.options.tell();
  }

  private wait(): void {
    this.waitsSince = this.options.now();
    this.timer?.stop();
    this.timer = this.options.schedule(() => {
      this.waiting = new Set();
      const untold = this.options.isUnderWay() ? [...this.options.present().keys()] : this.outdated();
      if (untold.length > 0 && this.repetitionsLeft > 0) {
        this.tell(new Set(untold), this.repetitionsLeft - 1);
      }
    }, this.patience);
  }

  private learn(): void {
    const waited = this.options.now() - this.waitsSince;
    this.patience = Math.max(shortestPatience, patienceFactor * waited);
  }
}
