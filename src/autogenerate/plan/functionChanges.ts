import { isAmong, mentionedIn, typesIn } from "../compare/mentionedNames";
import { nameKey } from "../../schema/findNamed";
import type { FunctionModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import { significantTokens } from "../../sqlText/lexer";
import { functionSignature } from "../compare/schemaObject";
import type { SchemaDifference } from "../compare/difference";

/** One text for each function, with what tells it from others of its name. */
export function functionKey(model: Pick<FunctionModel, "schema" | "name" | "identityArguments">): string {
  return `${nameKey(model)}\u0000${functionSignature(model)}`;
}

/**
 * Whether CREATE OR REPLACE can do it: the result, the names and the modes of the arguments stay, and no default goes
 * (PostgreSQL's documentation, "CREATE FUNCTION").
 */
export function isFunctionReplaceable(before: FunctionModel, after: FunctionModel): boolean {
  return (
    before.kind === after.kind &&
    before.result === after.result &&
    before.identityArguments === after.identityArguments &&
    countDefaults(before) <= countDefaults(after)
  );
}

function countDefaults({ arguments: declared }: FunctionModel): number {
  return significantTokens(declared).filter(({ kind, text }) => kind === "word" && text === "DEFAULT").length;
}

/** The functions that some differences drop and make anew, as they are before. */
export function recreatedFunctions(differences: readonly SchemaDifference[]): readonly FunctionModel[] {
  return differences.flatMap((difference) =>
    difference.kind === "function" &&
    difference.before !== undefined &&
    difference.after !== undefined &&
    !isFunctionReplaceable(difference.before, difference.after)
      ? [difference.before]
      : [],
  );
}

/** Whether a text calls one of these functions. */
export function callsOneOf(
  text: string,
  functions: readonly QualifiedName[],
  defaultSchema: string,
): boolean {
  if (functions.length === 0) {
    return false;
  }
  const { calls } = mentionedIn(text);
  return functions.some((each) => isAmong(calls, each, defaultSchema));
}

/** Whether a function can't be without one of these views: its arguments, its result or a body that is kept parsed name it. */
export function isBoundTo(
  { arguments: declared, result = "", definition }: FunctionModel,
  views: readonly QualifiedName[],
  defaultSchema: string,
): boolean {
  const isKeptParsed = /\bBEGIN ATOMIC\b/.test(definition) || /\nRETURN\b/.test(definition);
  const { reads } = mentionedIn(isKeptParsed ? definition : "");
  const named = [...typesIn(declared), ...typesIn(result), ...reads];
  return views.some((view) => isAmong(named, view, defaultSchema));
}
