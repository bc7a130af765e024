import type { Expression, TSEnumDeclaration, TSEnumMember } from "@babel/types";
import { isGiven } from "./nodes";
import { NotPlain } from "./notPlain";

/** What the values of an enum are, as types of decorated members tell it. */
export type EnumKind = "String" | "Number";

/** The members of an enum, which versions of the parser have in one place or the other. */
function membersOfEnum({ body, members }: TSEnumDeclaration): readonly TSEnumMember[] {
  return body?.members ?? members;
}

/** What all values of an enum are; "other" where they differ, or are more than the text alone tells. */
export function kindOfEnum(declaration: TSEnumDeclaration): EnumKind | "other" {
  const kinds = new Set(membersOfEnum(declaration).map(({ initializer }) => kindOfValue(initializer)));
  const [kind, other] = [...kinds];
  return kind === undefined || other !== undefined ? "other" : kind;
}

function kindOfValue(initializer: Expression | null | undefined): EnumKind | "other" {
  switch (initializer?.type) {
    case undefined:
    case "NumericLiteral":
      return "Number";
    case "StringLiteral":
      return "String";
    default:
      return "other";
  }
}

/**
 * The assignments that give an enum its members.
 * @throws {NotPlain} a value is neither a literal nor left out
 */
export function assignedMembers(declaration: TSEnumDeclaration): string {
  const { name } = declaration.id;
  let next: number | undefined = 0;
  const assignments = membersOfEnum(declaration).map(({ id, initializer }) => {
    const key = JSON.stringify(id.type === "Identifier" ? id.name : id.value);
    if (initializer?.type === "StringLiteral") {
      next = undefined;
      return `${name}[${key}] = ${JSON.stringify(initializer.value)};`;
    }
    const value: number | undefined = !isGiven(initializer)
      ? next
      : initializer.type === "NumericLiteral"
        ? initializer.value
        : undefined;
    if (value === undefined) {
      throw new NotPlain("the value of an enum");
    }
    next = value + 1;
    return `${name}[${name}[${key}] = ${String(value)}] = ${key};`;
  });
  return assignments.join(" ");
}
