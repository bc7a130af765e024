import { buildGraph, type RevisionGraph } from "../revision/graph";
import { type HeaderScan, type RevisionHeader, toRevision } from "./header";
import { scanHeader } from "./scanHeader";

/** A file of the index. */
export interface IndexedFile {
  readonly path: string;
  readonly text: string;
  /** What the present text says. */
  readonly scan: HeaderScan;
  /** The header of the present text, or the last good one. */
  readonly header: RevisionHeader | undefined;
  /** `header` is of an earlier text: its ranges need not fit the present one. */
  readonly isStale: boolean;
}

/** A folder of revision files that the configuration names. */
export interface IndexedLocation {
  readonly path: string;
  /** Whether the folders inside it count, too. */
  readonly isRecursive: boolean;
}

/**
 * The revision files of one script directory: one index, many readers.
 *
 * A file whose text is ambiguous keeps its last good header. The index itself never loads a parser: whoever has one
 * passes its result to `setFile` for the files in `filesWithProblems` and for open editors.
 */
export class RevisionIndex {
  private readonly byPath = new Map<string, IndexedFile>();
  private locations: readonly IndexedLocation[] = [];
  private changes = 0;
  private sortedFiles: readonly IndexedFile[] | undefined;
  private builtGraph: RevisionGraph | undefined;
  private builtPaths: ReadonlyMap<string, readonly string[]> | undefined;

  /** Grows with every change that a reader could see. */
  get version(): number {
    return this.changes;
  }

  /** The graph of all readable files; the same object until a revision changes. */
  get graph(): RevisionGraph {
    this.builtGraph ??= buildGraph(
      this.files.flatMap(({ header, path }) => (header === undefined ? [] : [toRevision(header, path)])),
    );
    return this.builtGraph;
  }

  /**
   * All files, in the order in which Alembic loads them: that of the version locations, in each a folder's files by name
   * before the folders inside it.
   */
  get files(): readonly IndexedFile[] {
    this.sortedFiles ??= this.sorted();
    return this.sortedFiles;
  }

  /** Takes over the version locations, in the order of the configuration; gives true if a reader could see a change. */
  useLocations(locations: readonly IndexedLocation[]): boolean {
    if (sameData(locations, this.locations)) {
      return false;
    }
    const before = this.files;
    this.locations = locations;
    this.sortedFiles = undefined;
    if (this.files.every((file, index) => file === before[index])) {
      return false;
    }
    this.changes += 1;
    this.builtGraph = undefined;
    this.builtPaths = undefined;
    return true;
  }

  /** Files whose present text is ambiguous, with or without an earlier header. */
  get filesWithProblems(): readonly IndexedFile[] {
    return this.files.filter((file) => file.scan.kind === "ambiguous");
  }

  /**
   * Adds or changes a file; gives true if a reader could see a change. `scan` is a parser's result for this very text;
   * without it, a text that is already known costs nothing, and keeps what a parser found earlier.
   */
  setFile(path: string, text: string, scan?: HeaderScan): boolean {
    const before = this.byPath.get(path);
    if (
      before !== undefined &&
      before.text === text &&
      (scan === undefined || sameData(before.scan, plainScan(scan)))
    ) {
      return false;
    }
    const file = nextFile(before, path, text, scan === undefined ? scanHeader(text, path) : plainScan(scan));
    this.byPath.set(path, file);
    this.fileChanged(before, file);
    return true;
  }

  /** Gives true if the file was there. */
  deleteFile(path: string): boolean {
    const before = this.byPath.get(path);
    if (before === undefined) {
      return false;
    }
    this.byPath.delete(path);
    this.fileChanged(before, undefined);
    return true;
  }

  /**
   * Makes these the only files; unchanged ones cost nothing. Gives true if a reader could see a change.
   * @param scans of those that were scanned already
   */
  replaceAll(
    files: Iterable<readonly [path: string, text: string]>,
    scans: ReadonlyMap<string, HeaderScan> = new Map(),
  ): boolean {
    const before = this.changes;
    const kept = new Set<string>();
    for (const [path, text] of files) {
      kept.add(path);
      this.setFile(path, text, scans.get(path));
    }
    for (const path of [...this.byPath.keys()]) {
      if (!kept.has(path)) {
        this.deleteFile(path);
      }
    }
    return this.changes !== before;
  }

  file(path: string): IndexedFile | undefined {
    return this.byPath.get(path);
  }

  /** The present header, or the last good one while the text is ambiguous. */
  header(path: string): RevisionHeader | undefined {
    return this.byPath.get(path)?.header;
  }

  /** Every file that has this revision id, in load order; more than one is a duplicate. */
  pathsOf(revision: string): readonly string[] {
    this.builtPaths ??= groupPaths(this.files);
    return this.builtPaths.get(revision) ?? [];
  }

  private sorted(): readonly IndexedFile[] {
    const ranks = new Map<string, number>();
    const rankOf = (folder: string): number => {
      const rank = ranks.get(folder) ?? rankOfFolder(folder, this.locations);
      ranks.set(folder, rank);
      return rank;
    };
    return [...this.byPath.values()]
      .map((file) => {
        const folder = folderKey(file.path);
        return { file, name: baseName(file.path), folder, rank: rankOf(folder) };
      })
      .sort((a, b) => a.rank - b.rank || compare(a.folder, b.folder) || compare(a.name, b.name))
      .map(({ file }) => file);
  }

  private fileChanged(before: IndexedFile | undefined, after: IndexedFile | undefined): void {
    this.changes += 1;
    this.sortedFiles = undefined;
    const isKept = this.builtGraph !== undefined || this.builtPaths !== undefined;
    if (isKept && !sameRevision(before, after)) {
      this.builtGraph = undefined;
      this.builtPaths = undefined;
    }
  }
}

function nextFile(
  before: IndexedFile | undefined,
  path: string,
  text: string,
  scan: HeaderScan,
): IndexedFile {
  switch (scan.kind) {
    case "revision":
      return { path, text, scan, header: scan.header, isStale: false };
    case "not-a-revision":
      return { path, text, scan, header: undefined, isStale: false };
    case "ambiguous":
      return { path, text, scan, header: before?.header, isStale: before?.header !== undefined };
  }
}

/** A scan without what a parser adds to it. */
function plainScan(scan: HeaderScan): HeaderScan {
  switch (scan.kind) {
    case "revision":
      return { kind: scan.kind, header: scan.header };
    case "not-a-revision":
      return { kind: scan.kind };
    case "ambiguous":
      return { kind: scan.kind, reason: scan.reason, range: scan.range };
  }
}

function sameRevision(before: IndexedFile | undefined, after: IndexedFile | undefined): boolean {
  return before?.header === after?.header || sameData(revisionOf(before), revisionOf(after));
}

function revisionOf(file: IndexedFile | undefined) {
  return file?.header === undefined ? undefined : toRevision(file.header, file.path);
}

function sameData(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function groupPaths(files: readonly IndexedFile[]): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const { header, path } of files) {
    if (header !== undefined) {
      const known = paths.get(header.revision.value);
      if (known === undefined) {
        paths.set(header.revision.value, [path]);
      } else {
        known.push(path);
      }
    }
  }
  return paths;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** The place of the first location that holds a folder; behind all of them where none does. */
function rankOfFolder(folder: string, locations: readonly IndexedLocation[]): number {
  const rank = locations.findIndex(({ path, isRecursive }) => {
    const location = folderKey(path.endsWith("/") || path.endsWith("\\") ? path : `${path}/`);
    return folder === location || (isRecursive && folder.startsWith(location));
  });
  return rank < 0 ? locations.length : rank;
}

/** A folder's path that compares with the folders inside it as less, whatever characters their names have. */
function folderKey(path: string): string {
  return path.slice(0, path.length - baseName(path).length).replace(/[\\/]/g, "\0");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
