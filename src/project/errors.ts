/** What is wrong with a configuration. */
export type ConfigErrorCode =
  | "config-not-found"
  | "config-unreadable"
  | "config-invalid"
  | "no-script-location"
  | "unknown-environment"
  | "invalid-url"
  | "tls-unknown"
  | "invalid-interpolation"
  | "hook-failed";

/**
 * A configuration that is missing or can't be used. The message names the file and, where one is to blame, the key;
 * where Alembic has the same error it is in Alembic's words.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code: ConfigErrorCode;
  readonly file: string | undefined;
  readonly key: string | undefined;
  readonly hint: string | undefined;

  constructor(
    code: ConfigErrorCode,
    message: string,
    details: {
      file?: string | undefined;
      key?: string | undefined;
      hint?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.file = details.file;
    this.key = details.key;
    this.hint = details.hint;
  }
}

/** Why a module of the project could not be loaded. */
export type LoadErrorCode =
  | "file-not-found"
  | "syntax-error"
  | "tsconfig-invalid"
  | "module-not-found"
  | "module-failed"
  | "compiler-missing";

/**
 * A TypeScript or JavaScript file of the project that could not be loaded. `line` and `column` count from one and are
 * positions in the file as its author wrote it.
 */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly code: LoadErrorCode;
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly hint: string | undefined;

  constructor(
    code: LoadErrorCode,
    message: string,
    details: {
      file: string;
      line?: number | undefined;
      column?: number | undefined;
      hint?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.file = details.file;
    this.line = details.line;
    this.column = details.column;
    this.hint = details.hint;
  }
}

/** What is wrong with a folder of revision files. */
export type ScriptDirectoryErrorCode =
  "script-directory-missing" | "not-a-revision" | "file-unreadable" | "invalid-version-path";

/** A version location that is missing, or a file in it that should be a revision and is not. */
export class ScriptDirectoryError extends Error {
  override readonly name = "ScriptDirectoryError";
  readonly code: ScriptDirectoryErrorCode;
  readonly file: string;
  readonly hint: string | undefined;

  constructor(
    code: ScriptDirectoryErrorCode,
    message: string,
    details: { file: string; hint?: string | undefined; cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.file = details.file;
    this.hint = details.hint;
  }
}
