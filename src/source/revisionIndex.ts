import type { RevisionGraph } from "../revision/graph";
import type { HeaderScan, RevisionHeader } from "./header";
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

/** The revision files of one script directory. One index, many readers. */
export class RevisionIndex {
  /** Grows with every change that a reader could see. */
  get version(): number {
    throw new Error("not written yet");
  }

  /** The graph of all readable files; the same object until a revision changes. */
  get graph(): RevisionGraph {
    throw new Error("not written yet");
  }

  /** All files, in load order: by file name, as Alembic loads them. */
  get files(): readonly IndexedFile[] {
    throw new Error("not written yet");
  }

  /** Files whose present text is ambiguous, with or without an earlier header. */
  get filesWithProblems(): readonly IndexedFile[] {
    throw new Error("not written yet");
  }

  /** Adds or changes a file. Gives true if a reader could see a change. `scan`: the parser's result, where known. */
  setFile(path: string, text: string, scan: HeaderScan = scanHeader(text, path)): boolean {
    throw new Error(`not written yet: ${path} ${scan.kind}`);
  }

  deleteFile(_path: string): boolean {
    throw new Error("not written yet");
  }

  /** Makes these the only files; unchanged ones cost nothing. */
  replaceAll(_files: Iterable<readonly [path: string, text: string]>): boolean {
    throw new Error("not written yet");
  }

  file(_path: string): IndexedFile | undefined {
    throw new Error("not written yet");
  }

  header(_path: string): RevisionHeader | undefined {
    throw new Error("not written yet");
  }

  /** Every file that has this revision id, in load order; more than one is a duplicate. */
  pathsOf(_revision: string): readonly string[] {
    throw new Error("not written yet");
  }
}
