import type { ConstraintName } from "../../../operations/arguments";
import { present } from "../../../operations/sparse";
import type { CallTerm, Term } from "./term";

/** What keeps a part of a revision from being converted. */
export class Inconvertible extends Error {
  override readonly name = "Inconvertible";
}

/** Options that other databases take, and notes that nothing comes of on any. */
const withoutEffect = /^(?:mysql|mariadb|sqlite|mssql|oracle)_|^(?:info|doc)$/;

/**
 * The arguments of a call by their names. Each is taken once; what nobody took is not understood.
 * @throws Inconvertible from each method, where an argument is not what it takes
 */
export class CallArguments {
  private readonly left: Map<string, Term>;
  private rest: readonly Term[];

  constructor(
    private readonly call: CallTerm,
    parameters: readonly string[],
  ) {
    this.left = new Map(call.keywords);
    call.positional.slice(0, parameters.length).forEach((term, index) => {
      const name = parameters[index] ?? "";
      if (this.left.has(name)) {
        throw new Inconvertible(`${call.path} is given ${name} twice`);
      }
      this.left.set(name, term);
    });
    this.rest = call.positional.slice(parameters.length);
  }

  /** Sets an argument that the call leaves out. */
  supply(name: string, value: string | undefined): void {
    if (value !== undefined) {
      this.left.set(name, { kind: "literal", value });
    }
  }

  take(name: string): Term | undefined {
    const term = this.left.get(name);
    this.left.delete(name);
    return term;
  }

  /** The positional arguments beyond those that have names. */
  takeRest(): readonly Term[] {
    const { rest } = this;
    this.rest = [];
    return rest;
  }

  ignore(...names: readonly string[]): void {
    names.forEach((name) => this.left.delete(name));
  }

  text(name: string): string {
    const text = this.optionalText(name);
    if (text === undefined) {
      throw new Inconvertible(`${name} of ${this.call.path} is missing`);
    }
    return text;
  }

  /** Undefined where it is left out or None. */
  optionalText(name: string): string | undefined {
    const term = this.take(name);
    return isAbsent(term) ? undefined : textOfTerm(term, name);
  }

  optionalFlag(name: string): boolean | undefined {
    const term = this.take(name);
    if (isAbsent(term)) {
      return undefined;
    }
    if (term.kind !== "literal" || typeof term.value !== "boolean") {
      throw new Inconvertible(`${name} is neither True nor False`);
    }
    return term.value;
  }

  optionalNumber(name: string): number | undefined {
    const term = this.take(name);
    if (isAbsent(term)) {
      return undefined;
    }
    if (term.kind !== "literal" || typeof term.value !== "number") {
      throw new Inconvertible(`${name} is not a plain number`);
    }
    return term.value;
  }

  texts(name: string): readonly string[] {
    return textsOfTerm(this.take(name), name);
  }

  /** A name of a constraint or index; null for None. */
  constraintName(name: string): ConstraintName | null {
    return constraintNameOf(this.take(name), name);
  }

  /** Refuses what was not taken. */
  finish(): void {
    const [unread] = [...this.left.keys()].filter((name) => !withoutEffect.test(name));
    if (unread !== undefined || this.rest.length > 0) {
      throw new Inconvertible(
        unread === undefined
          ? `${this.call.path} has more arguments than expected`
          : `${unread} is not converted`,
      );
    }
  }
}

export function isAbsent(term: Term | undefined): term is undefined | { kind: "literal"; value: null } {
  return term === undefined || (term.kind === "literal" && term.value === null);
}

export function textOfTerm(term: Term | undefined, what: string): string {
  if (term?.kind !== "literal" || typeof term.value !== "string") {
    throw new Inconvertible(`${what} is not a plain string`);
  }
  return term.value;
}

export function textsOfTerm(term: Term | undefined, what: string): readonly string[] {
  if (term?.kind !== "list") {
    throw new Inconvertible(`${what} is not a plain list of strings`);
  }
  return term.items.map((item) => textOfTerm(item, what));
}

/** `"ix_users"`, or `op.f("ix_users")` for a name that no convention changes. */
export function constraintNameOf(term: Term | undefined, what: string): ConstraintName | null {
  if (isAbsent(term)) {
    return null;
  }
  const isFinal =
    term.kind === "call" &&
    /^(?:alembic\.op\.f|sqlalchemy\.conv|batch\.f)$/.test(term.path) &&
    term.positional.length === 1;
  return isFinal ? { kind: "finalName", name: textOfTerm(term.positional[0], what) } : textOfTerm(term, what);
}

/** The options that every drop has. */
export function dropOptions(given: CallArguments): { schema?: string; ifExists?: boolean } {
  return present<{ schema?: string; ifExists?: boolean }>({
    schema: given.optionalText("schema"),
    ifExists: given.optionalFlag("if_exists"),
  });
}
