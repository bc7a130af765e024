/** What PostgreSQL says of a statement that it refused. */
export interface ServerErrorFields extends Error {
  readonly code: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly position: string | undefined;
}

/** The embedded database's errors have the same fields under another class, so the fields decide. */
export function isServerError(error: unknown): error is ServerErrorFields {
  return (
    error instanceof Error && /^[0-9A-Z]{5}$/.test(String(Reflect.get(error, "code"))) && "severity" in error
  );
}
