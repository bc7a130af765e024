/** Why a project's entities could not be read. */
export type EntityErrorCode =
  | "data-source-not-configured"
  | "data-source-file-missing"
  | "data-source-not-loaded"
  | "no-data-source"
  | "several-data-sources"
  | "data-source-not-postgres"
  | "typeorm-not-supported"
  | "no-entities"
  | "entities-invalid"
  | "entities-refused";

/** A file that would mend the failure, for whoever may offer to write it. */
export interface FileProposal {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** The DataSource or the entities of a project can't be used; the message names the file. */
export class EntityError extends Error {
  override readonly name = "EntityError";
  readonly code: EntityErrorCode;
  readonly file: string | undefined;
  readonly hint: string | undefined;
  /** The statement that PostgreSQL refused. */
  readonly sql: string | undefined;
  readonly proposal: FileProposal | undefined;

  constructor(
    code: EntityErrorCode,
    message: string,
    details: {
      file?: string | undefined;
      hint?: string | undefined;
      sql?: string | undefined;
      proposal?: FileProposal | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.file = details.file;
    this.hint = details.hint;
    this.sql = details.sql;
    this.proposal = details.proposal;
  }
}
