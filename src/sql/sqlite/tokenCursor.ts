import { OperationError } from "../../operations/operationError";
import { nameOf, sqliteTokens } from "./tokens";
import type { SqliteToken } from "./tokens";

/** A place in SQL text, moved from token to token. */
export class TokenCursor {
  private readonly tokens: readonly SqliteToken[];
  private position = 0;

  constructor(private readonly text: string) {
    this.tokens = [...sqliteTokens(text)].filter(({ kind }) => kind !== "space");
  }

  get isAtEnd(): boolean {
    return this.position >= this.tokens.length;
  }

  /** Do these keywords or symbols come next? */
  sees(...keywords: readonly string[]): boolean {
    return keywords.every((keyword, offset) => {
      const token = this.tokens[this.position + offset];
      const isPlain = token?.kind === "word" || token?.kind === "symbol";
      return isPlain && token.text.toUpperCase() === keyword;
    });
  }

  /** Goes over these keywords if they come next. */
  takes(...keywords: readonly string[]): boolean {
    const isNext = this.sees(...keywords);
    this.position += isNext ? keywords.length : 0;
    return isNext;
  }

  expect(...keywords: readonly string[]): void {
    if (!this.takes(...keywords)) {
      this.fail(keywords.join(" "));
    }
  }

  name(): string {
    const token = this.next();
    return nameOf(token) ?? this.fail("a name");
  }

  next(): SqliteToken {
    const token = this.tokens[this.position];
    this.position += 1;
    return token ?? this.fail("more");
  }

  /** The text of the tokens from here on while `isWanted`; what is in parentheses belongs together. */
  textWhile(isWanted: () => boolean): string {
    const first = this.position;
    while (!this.isAtEnd && isWanted()) {
      if (this.sees("(")) {
        this.parenthesized();
      } else {
        this.position += 1;
      }
    }
    return this.textBetween(first, this.position);
  }

  /** The text within the parentheses that come next. */
  parenthesized(): string {
    this.expect("(");
    const first = this.position;
    for (let depth = 1; depth > 0;) {
      const token = this.next();
      depth += token.kind !== "symbol" ? 0 : token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
    }
    return this.textBetween(first, this.position - 1);
  }

  private textBetween(first: number, end: number): string {
    const from = this.tokens[first];
    const to = this.tokens[end - 1];
    return from === undefined || to === undefined || end <= first
      ? ""
      : this.text.slice(from.start, to.start + to.text.length);
  }

  private fail(wanted: string): never {
    throw new OperationError(
      "invalid-sql",
      `The table's definition in the database can't be read: ${wanted} is missing in ${JSON.stringify(this.text)}.`,
    );
  }
}
