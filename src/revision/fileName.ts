export interface CreateDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Seconds since 1970. */
  readonly epoch: number;
}

export interface FileNameRequest {
  /** Alembic's `file_template`: `%(rev)s_%(slug)s`, with `%(year)d` and so on. */
  readonly template: string;
  readonly revision: string;
  readonly message: string;
  readonly createDate: CreateDate;
  readonly truncateSlugLength: number;
  /** With its dot: `.ts`. */
  readonly extension: string;
}

/** File name of a new revision, below the versions folder; may contain `/` where the template does. */
export function revisionFileName(_request: FileNameRequest): string {
  throw new Error("not written yet");
}
