import type { ClassMethod, ClassProperty, Decorator } from "@babel/types";
import { emittedElementType, emittedType } from "./emittedType";
import { endOf, isGiven, startOf } from "./nodes";
import { NotPlain } from "./notPlain";
import { rewriteCode, type PlainFile } from "./plainSyntax";
import type { Piece } from "./rewriting";

/** What decorates a member of a class, with the types that it has. */
export function decoratedMember(
  member: ClassProperty | ClassMethod,
  name: string,
  file: PlainFile,
): readonly Piece[] {
  const decorators = member.decorators ?? [];
  if (decorators.length === 0) {
    return [];
  }
  if (member.type === "ClassMethod" && member.kind !== "method") {
    throw new NotPlain("a decorated accessor or constructor");
  }
  if (member.key.type !== "Identifier" || member.computed === true) {
    throw new NotPlain("the name of a decorated member");
  }
  const target = member.static === true ? name : `${name}.prototype`;
  const types = !file.hasMetadata
    ? []
    : member.type === "ClassProperty"
      ? [`, __metadata("design:type", ${emittedType(member.typeAnnotation, file.names)})`]
      : [
          `, __metadata("design:type", Function)`,
          ...parametersOf(member, file),
          `, __metadata("design:returntype", ${returnType(member, file)})`,
        ];
  const descriptor = member.type === "ClassProperty" ? "void 0" : "null";
  return [
    " __decorate([",
    ...listed(decorators, file),
    ...types,
    `], ${target}, "${member.key.name}", ${descriptor});`,
  ];
}

function returnType(member: ClassMethod, { names }: PlainFile): string {
  if (!isGiven(member.returnType)) {
    return member.async === true ? "Promise" : "void 0";
  }
  return emittedType(member.returnType, names);
}

/** The types of the parameters of a method or a constructor. */
export function parametersOf(
  member: ClassMethod | undefined,
  { names, hasMetadata }: PlainFile,
): readonly string[] {
  if (member === undefined || !hasMetadata) {
    return [];
  }
  const types = member.params.map((parameter) => {
    switch (parameter.type) {
      case "Identifier":
      case "ObjectPattern":
      case "ArrayPattern":
        return emittedType(parameter.typeAnnotation, names);
      case "AssignmentPattern":
        switch (parameter.left.type) {
          case "Identifier":
          case "ObjectPattern":
          case "ArrayPattern":
            return emittedType(parameter.left.typeAnnotation, names);
          default:
            return "Object";
        }
      case "RestElement":
        return emittedElementType(parameter.typeAnnotation, names);
      default:
        throw new NotPlain(parameter.type);
    }
  });
  return [`, __metadata("design:paramtypes", [${types.join(", ")}])`];
}

/** Decorators as a list, for the call that applies them. */
export function listed(decorators: readonly Decorator[], file: PlainFile): readonly Piece[] {
  return decorators.flatMap(({ expression }, index) => {
    rewriteCode(expression, file);
    const piece = { from: startOf(expression), to: endOf(expression) };
    return index === 0 ? [piece] : [", ", piece];
  });
}
