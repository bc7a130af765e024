import { RevisionError } from "./errors";
import { inEnglish, type Say } from "./say";

/** A relative symbol in its parts: `label@ae10+2` is branch `label`, symbol `ae10`, 2 steps. */
export interface RelativeSymbol {
  readonly branch: string | undefined;
  /** What the steps start at; undefined: the database. */
  readonly symbol: string | undefined;
  readonly steps: number;
  /** The steps as written, with their sign. */
  readonly stepsText: string;
}

// Like Alembic's, neither pattern is anchored at its end.
const relativeToWord = /^(?:(.+?)@)?([\p{L}\p{N}_]+)?([+-][0-9]+)/u;
const relativeToAnyName = /^(?:(.+?)@)?([^@+:-]+)?([+-][0-9]+)/u;

/**
 * The parts of a relative symbol (Alembic, "Relative Migration Identifiers"), or undefined for an absolute one.
 * A name with characters that Alembic's own pattern does not take (spaces, quotes) counts where `isKnown` says so.
 */
export function parseRelative(text: string, isKnown: (name: string) => boolean): RelativeSymbol | undefined {
  const match = relativeToWord.exec(text);
  if (match !== null) {
    return relativeSymbol(match);
  }
  const wide = relativeToAnyName.exec(text);
  return wide?.[2] !== undefined && isKnown(wide[2]) ? relativeSymbol(wide) : undefined;
}

function relativeSymbol(match: RegExpExecArray): RelativeSymbol {
  const stepsText = match[3] ?? "";
  return { branch: match[1], symbol: match[2], steps: Number(stepsText), stepsText };
}

/** The part before the first `@`, and the rest. */
export function splitBranch(text: string): { readonly branch: string | undefined; readonly symbol: string } {
  const at = text.indexOf("@");
  return at < 0
    ? { branch: undefined, symbol: text }
    : { branch: text.slice(0, at), symbol: text.slice(at + 1) };
}

/** A whole negative number, which `show -1` counts down from the heads; undefined for anything else. */
export function parseStepsDown(symbol: string): number | undefined {
  const steps = /^\s*-[0-9]+(?:_[0-9]+)*\s*$/.test(symbol) ? Number(symbol.replaceAll("_", "")) : 0;
  return steps < 0 ? steps : undefined;
}

/**
 * The two ends of `from:to` as `--sql` takes it; undefined where the text has no colon. An end that is left out
 * is undefined (`from`) or an error (`to`).
 */
export function parseRange(
  text: string,
): { readonly from: string | undefined; readonly to: string } | undefined {
  const [from, to, ...more] = text.trim().split(":");
  if (from === undefined || to === undefined) {
    return undefined;
  }
  if (more.length > 0 || to === "") {
    throw new RevisionError("invalid-range", `Invalid revision range '${text}'`, {
      hint: "Write it as <fromrev>:<torev>, with one colon.",
    });
  }
  return { from: from === "" ? undefined : from, to };
}

const illegalCharacters = ["+", "-", ":", "@"];
const anyIllegalCharacter = /[-+:@]/;
const none: readonly string[] = [];

/** The characters of an id that symbols use for themselves, sorted, once each. */
export function illegalCharactersIn(id: string): readonly string[] {
  return anyIllegalCharacter.test(id)
    ? illegalCharacters.filter((character) => id.includes(character))
    : none;
}

/** Alembic's message about them. */
export function illegalCharactersMessage(
  id: string,
  characters: readonly string[],
  say: Say = inEnglish,
): string {
  return say("Character(s) '{0}' not allowed in revision identifier '{1}'", characters.join(", "), id);
}
