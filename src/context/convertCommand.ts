export interface ConvertOptions {
  /** Revisions, or ranges `from:to`; all of them if left out. */
  readonly revisions?: readonly string[];
  /** Where to write, relative to the working folder. */
  readonly output?: string;
  /** Puts the new files in the place of the Python ones, which are renamed. */
  readonly replace?: boolean;
  readonly dryRun?: boolean;
}

/** Lines of the Python file that a person has to convert, and why. */
export interface LinesByHand {
  readonly line: number;
  readonly endLine: number;
  readonly reason: string;
}

export interface ConvertedFile {
  readonly revision: string;
  readonly source: string;
  readonly path: string;
  readonly text: string;
  readonly byHand: readonly LinesByHand[];
  readonly hasUnnamedConstraints: boolean;
}

export interface ConvertResult {
  readonly files: readonly ConvertedFile[];
  readonly isWritten: boolean;
}
