/** Why the file of an object can't be used. */
export type ObjectFileErrorCode =
  | "objects-folder-missing"
  | "object-file-unreadable"
  | "object-not-one-statement"
  | "object-not-supported"
  | "object-defined-twice"
  | "object-refused";

/** Lines and columns count from one. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** A file of the `objects` folder can't be used; the message begins with the place. */
export class ObjectFileError extends Error {
  override readonly name = "ObjectFileError";
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;

  /** @param what a sentence on what is wrong at the place */
  constructor(
    readonly code: ObjectFileErrorCode,
    what: string,
    place: FilePlace,
    readonly hint: string,
    cause?: unknown,
  ) {
    const { file, line, column } = place;
    const path = [file, line, column].filter((part) => part !== undefined).join(":");
    super(`${path}: ${what}`, cause === undefined ? undefined : { cause });
    this.file = file;
    this.line = line;
    this.column = column;
  }
}
