import type { FlowType, Noop, TSType, TSTypeAnnotation, TypeAnnotation } from "@babel/types";
import { isGiven } from "./nodes";
import { NotPlain } from "./notPlain";

/** What a type is emitted as. */
export interface EmittedType {
  readonly expression: string;
  /** The imported name that the expression is of: its import stays. */
  readonly used?: string;
}

/** What the names in types mean. */
export interface TypeNames {
  /** A name's value when the file runs, or the type that stands for it. */
  valueOf(name: string): EmittedType;
  /** Has an import stay. */
  use(name: string): void;
  readonly strictNullChecks: boolean;
}

/** What stands for nothing at all. */
const nothing = "void 0";

const basic = new Set([
  nothing,
  "Object",
  "Function",
  "Array",
  "Boolean",
  "String",
  "Number",
  "BigInt",
  "Symbol",
]);

type Annotation = TypeAnnotation | TSTypeAnnotation | FlowType | Noop | null | undefined;

/** The type of a declaration as an expression, as TypeScript emits it for decorators (`emitDecoratorMetadata`). */
export function emittedType(annotation: Annotation, names: TypeNames): string {
  if (!isGiven(annotation)) {
    return "Object";
  }
  if (annotation.type !== "TSTypeAnnotation") {
    throw new NotPlain(annotation.type);
  }
  return emitted(serialized(annotation.typeAnnotation, names), names);
}

function emitted({ expression, used }: EmittedType, names: TypeNames): string {
  if (used !== undefined) {
    names.use(used);
  }
  return expression;
}

/** The same of a rest parameter, whose elements count. */
export function emittedElementType(annotation: Annotation, names: TypeNames): string {
  const type = annotation?.type === "TSTypeAnnotation" ? annotation.typeAnnotation : undefined;
  if (type === undefined) {
    return "Object";
  }
  if (type.type !== "TSArrayType") {
    throw new NotPlain("the type of this rest parameter");
  }
  return emitted(serialized(type.elementType, names), names);
}

function serialized(type: TSType, names: TypeNames): EmittedType {
  switch (type.type) {
    case "TSParenthesizedType":
      return serialized(type.typeAnnotation, names);
    case "TSUnionType":
      return ofUnion(type.types, names);
    case "TSTypeReference":
      if (type.typeName.type !== "Identifier") {
        throw new NotPlain("a qualified name");
      }
      return names.valueOf(type.typeName.name);
    default:
      return { expression: basicType(type) };
  }
}

function basicType(type: TSType): string {
  switch (type.type) {
    case "TSVoidKeyword":
    case "TSUndefinedKeyword":
    case "TSNeverKeyword":
    case "TSNullKeyword":
      return nothing;
    case "TSFunctionType":
    case "TSConstructorType":
      return "Function";
    case "TSArrayType":
    case "TSTupleType":
      return "Array";
    case "TSBooleanKeyword":
      return "Boolean";
    case "TSStringKeyword":
      return "String";
    case "TSNumberKeyword":
      return "Number";
    case "TSBigIntKeyword":
      return "BigInt";
    case "TSSymbolKeyword":
      return "Symbol";
    case "TSObjectKeyword":
    case "TSTypeLiteral":
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
    case "TSThisType":
    case "TSTypeQuery":
    case "TSIndexedAccessType":
    case "TSMappedType":
      return "Object";
    case "TSLiteralType":
      return ofLiteral(type.literal.type);
    default:
      throw new NotPlain(type.type);
  }
}

function ofLiteral(kind: string): string {
  switch (kind) {
    case "StringLiteral":
    case "TemplateLiteral":
      return "String";
    case "NumericLiteral":
      return "Number";
    case "BooleanLiteral":
      return "Boolean";
    default:
      throw new NotPlain(kind);
  }
}

function ofUnion(types: readonly TSType[], names: TypeNames): EmittedType {
  let found: EmittedType | undefined;
  for (const each of types) {
    const type = withoutParentheses(each);
    const isEmpty = type.type === "TSNullKeyword" || type.type === "TSUndefinedKeyword";
    if (type.type === "TSNeverKeyword" || (isEmpty && !names.strictNullChecks)) {
      continue;
    }
    const next = serialized(type, names);
    if (next.expression === "Object") {
      return next;
    }
    if (found !== undefined && !basic.has(found.expression) && !basic.has(next.expression)) {
      throw new NotPlain("a union of classes");
    }
    if (found !== undefined && found.expression !== next.expression) {
      return { expression: "Object" };
    }
    found = next;
  }
  return found ?? { expression: nothing };
}

function withoutParentheses(type: TSType): TSType {
  return type.type === "TSParenthesizedType" ? withoutParentheses(type.typeAnnotation) : type;
}
