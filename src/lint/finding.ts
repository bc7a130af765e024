import type { Operation } from "../operations/operation";
import type { TextRange } from "../source/header";
import type { StatementEffects } from "./effects";
import type { LintLevel, LintStatement, Possible } from "./rule";

/** Something that a rule finds in a revision. */
export interface LintFinding {
  readonly code: string;
  readonly level: Exclude<LintLevel, "off">;
  /** What happens with this very statement, in sentences. */
  readonly message: string;
  /** What to write instead. */
  readonly safe: string;
  /** Where the revision's text has it. */
  readonly range: TextRange;
  /** The whole call of the operation; as `range` for what is about a comment. */
  readonly call: TextRange;
  /** The statement; empty where there is none. */
  readonly sql: string;
  /** What it was measured to do; absent where it was not measured. */
  readonly measured?: StatementEffects;
}

/** A finding before its level is known. */
export interface Found extends Omit<LintFinding, "level"> {
  /** Set where the revisions do not tell whether it happens. */
  readonly possible?: Omit<Possible, "message">;
}

/** A statement with the call that sends it. */
export interface CalledStatement extends LintStatement {
  readonly call: TextRange;
  readonly operation: Operation | undefined;
}
