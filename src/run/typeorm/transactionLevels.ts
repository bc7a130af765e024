type Level = { readonly kind: "run" } | { readonly kind: "savepoint"; readonly name: string };

/**
 * Transactions that a TypeORM migration begins and ends by itself, on a connection whose transaction is the run's: its
 * own become savepoints in that, and between a `COMMIT` of the run's and the next `BEGIN` statements run outside it.
 */
export class TransactionLevels {
  readonly #levels: Level[];
  #made = 0;

  /** @param isTransactional whether the revision runs inside the transaction of the run */
  constructor(isTransactional: boolean) {
    this.#levels = isTransactional ? [{ kind: "run" }] : [];
  }

  /** Whether the next statement belongs inside a transaction. */
  get isInside(): boolean {
    return this.#levels.length > 0;
  }

  /** Whether a rollback would undo what is not the migration's own. */
  get isRunItself(): boolean {
    return this.#levels.at(-1)?.kind === "run";
  }

  /** @returns the statement to send, inside */
  begin(): string {
    this.#made += 1;
    const name = `alembic_typeorm_${String(this.#made)}`;
    this.#levels.push({ kind: "savepoint", name });
    return `SAVEPOINT ${name}`;
  }

  /** @returns the statement to send, inside; undefined where nothing has to be sent */
  commit(): string | undefined {
    const level = this.#levels.pop();
    return level?.kind === "savepoint" ? `RELEASE SAVEPOINT ${level.name}` : undefined;
  }

  /** @returns the statements to send, inside; none where no transaction was begun */
  rollback(): readonly string[] {
    const level = this.#levels.pop();
    return level?.kind === "savepoint"
      ? [`ROLLBACK TO SAVEPOINT ${level.name}`, `RELEASE SAVEPOINT ${level.name}`]
      : [];
  }
}
