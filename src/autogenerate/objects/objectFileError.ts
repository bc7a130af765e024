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
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly label: string;
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
    const { path, label, line, column } = place;
    const named = [label, line, column].filter((part) => part !== undefined).join(":");
    super(`${named}: ${what}`, cause === undefined ? undefined : { cause });
    this.file = path;
    this.line = line;
    this.column = column;
  }
}
