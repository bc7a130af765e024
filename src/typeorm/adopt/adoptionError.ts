/** Why a project's TypeORM migrations can't be adopted. */
export type AdoptionErrorCode = "no-typeorm-migrations" | "typeorm-migrations-invalid";

/** The TypeORM migrations of a project can't be used; the message names the one, or its file. */
export class AdoptionError extends Error {
  override readonly name = "AdoptionError";

  constructor(
    readonly code: AdoptionErrorCode,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
