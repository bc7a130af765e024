import { addedEnumValues, mayUseEnumValue, type AddedEnumValue } from "../sql/enumValues";
import type { Statement } from "../sql/renderOperation";

/** The enum values that a revision adds in its transaction: the server lets nobody use them before that is committed. */
export class UncommittedEnumValues {
  /** In the order in which they were added. */
  added: readonly AddedEnumValue[] = [];
  /** Savepoints that the revision's own SQL has set: a commit would end them. */
  private savepoints = 0;

  /** To be told of each statement that is sent in the transaction. */
  follow(text: string): void {
    this.added = [...this.added, ...addedEnumValues(text)];
    const [, verb] = /^\s*(SAVEPOINT|RELEASE)\b/i.exec(text) ?? [];
    if (verb !== undefined) {
      this.savepoints += verb.toUpperCase() === "SAVEPOINT" ? 1 : -1;
    }
  }

  /** Whether the statement may use one of them, and a commit ends no savepoint of the revision's. */
  needCommitBefore({ text, values }: Statement): boolean {
    return this.savepoints === 0 && mayUseEnumValue(text, values, this.added);
  }

  noteCommit(): void {
    this.added = [];
  }

  /** Gives what goes back to here when the server is taken back to a savepoint that is set now and released later. */
  mark(): () => void {
    const { added, savepoints } = this;
    return () => {
      this.added = added;
      this.savepoints = savepoints + 1;
    };
  }
}

/** The values as a sentence names them: `the value 'c' of the enum st`. */
export function describeEnumValues(values: readonly AddedEnumValue[]): string {
  const named = values.flatMap(({ type, value }) => (value === undefined ? [] : [`'${value}' of ${type}`]));
  return named.length === 0 ? "a new enum value" : `the new enum value ${[...new Set(named)].join(", ")}`;
}
