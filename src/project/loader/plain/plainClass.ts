import type { ClassBody, ClassDeclaration, ClassMethod, ClassProperty } from "@babel/types";
import { endOf, isGiven, startOf } from "./nodes";
import { NotPlain } from "./notPlain";
import { eraseMark } from "./erasure";
import { decoratedMember, listed, parametersOf } from "./plainDecorators";
import { mayReadItself, requireWritten, rewriteCode, rewriteFunction, type PlainFile } from "./plainSyntax";
import type { Piece } from "./rewriting";

/** What is emitted after a class. */
export interface PlainClass {
  readonly name: string;
  /** Whether decorators may put another class in its place. */
  readonly isDecorated: boolean;
  /** Decorates its members. */
  readonly members: readonly Piece[];
  /** The call that decorates the class itself, whose result takes its place. */
  readonly decorated: readonly Piece[];
}

type Member = ClassBody["body"][number];

/** Rewrites a class as TypeScript does with `experimentalDecorators` and `emitDecoratorMetadata`. */
export function rewriteClass(
  node: ClassDeclaration,
  statementStart: number,
  isDefineUsed: boolean,
  file: PlainFile,
): PlainClass {
  const { source, rewriting, names } = file;
  const decorators = node.decorators ?? [];
  const isDecorated = decorators.length > 0;
  if (!isGiven(node.id)) {
    throw new NotPlain("a class without a name");
  }
  const { name } = node.id;
  requireWritten(node.id, file);
  names.bind(name);
  noteTypeParameters(node, names);
  rewriteHead(node, statementStart, isDecorated, file);
  if (
    isDecorated &&
    node.body.body.some(
      (member) =>
        member.type === "StaticBlock" ||
        (isStaticCode(member) && (mayReadMember(node, member, source) || readsItself(member, source))),
    )
  ) {
    throw new NotPlain("a class that reads itself while it is made");
  }
  const fields: Piece[] = [];
  const instance: Piece[] = [];
  const ofClass: Piece[] = [];
  let constructorMethod: ClassMethod | undefined;
  for (const member of node.body.body) {
    switch (member.type) {
      case "ClassProperty":
        (member.static ? ofClass : instance).push(...decoratedMember(member, name, file));
        fields.push(...rewriteProperty(member, isDefineUsed, file));
        break;
      case "ClassMethod":
        constructorMethod = member.kind === "constructor" ? member : constructorMethod;
        (member.static ? ofClass : instance).push(...decoratedMember(member, name, file));
        rewriteMethod(member, file);
        break;
      case "TSDeclareMethod":
      case "TSIndexSignature":
        if ("decorators" in member && (member.decorators ?? []).length > 0) {
          throw new NotPlain("a decorated method without a body");
        }
        rewriting.replace(startOf(member), endOf(member), ";");
        break;
      case "StaticBlock":
        member.body.forEach((statement) => rewriteCode(statement, file));
        break;
      default:
        throw new NotPlain(member.type);
    }
  }
  addFields(node, fields, constructorMethod, file);
  return {
    name,
    isDecorated,
    members: [...instance, ...ofClass],
    decorated: isDecorated
      ? ["__decorate([", ...listed(decorators, file), ...parametersOf(constructorMethod, file), `], ${name})`]
      : [],
  };
}

function isStaticCode(member: Member): boolean {
  return member.type === "StaticBlock" || (member.type === "ClassProperty" && member.static === true);
}

/** Whether the value of a static property may call a method of the class, which may read the class. */
function readsItself(member: Member, source: string): boolean {
  return /\b(?:this|super)\b/.test(source.slice(startOf(member), endOf(member)));
}

function noteTypeParameters(node: ClassDeclaration, names: PlainFile["names"]): void {
  for (const declaration of [node, ...node.body.body]) {
    const typeParameters = "typeParameters" in declaration ? declaration.typeParameters : undefined;
    if (typeParameters?.type === "TSTypeParameterDeclaration") {
      typeParameters.params.forEach((parameter) => names.typeParameters.add(nameOfParameter(parameter.name)));
    }
  }
}

/** Versions of the parser have a type parameter's name as a text or as an identifier. */
function nameOfParameter(name: unknown): string {
  return typeof name === "string" ? name : String(Reflect.get(Object(name) as object, "name"));
}

function mayReadMember(node: ClassDeclaration, member: Member, source: string): boolean {
  return mayReadItself(node, source, startOf(member), endOf(member));
}

/** A decorated class is a variable, that its decorators may give another class. */
function rewriteHead(
  node: ClassDeclaration,
  statementStart: number,
  isDecorated: boolean,
  file: PlainFile,
): void {
  const { source, rewriting } = file;
  const bodyStart = startOf(node.body);
  const nameStart = node.id?.start ?? 0;
  const nameEnd = nameStart + (node.id?.name.length ?? 0);
  let from = statementStart;
  for (const decorator of node.decorators ?? []) {
    requireOnly(/^\s*(?:export\s+(?:default\s+)?)?$/, source.slice(from, startOf(decorator)));
    from = endOf(decorator);
  }
  requireOnly(/^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+$/, source.slice(from, nameStart));
  rewriting.replace(
    statementStart,
    nameEnd,
    isDecorated ? `let ${node.id?.name ?? ""} = class` : `class ${node.id?.name ?? ""}`,
  );
  if (isGiven(node.typeParameters)) {
    rewriting.replace(startOf(node.typeParameters), endOf(node.typeParameters));
  }
  if (isGiven(node.superClass)) {
    rewriteCode(node.superClass, file);
  }
  if (isGiven(node.superTypeParameters)) {
    rewriting.replace(startOf(node.superTypeParameters), endOf(node.superTypeParameters));
  }
  const [first] = node.implements ?? [];
  if (first !== undefined) {
    const start = source.lastIndexOf("implements", startOf(first));
    requireOnly(/^implements\s+$/, source.slice(start, startOf(first)));
    rewriting.replace(start, bodyStart, " ");
  }
}

function requireOnly(pattern: RegExp, text: string): void {
  if (!pattern.test(text)) {
    throw new NotPlain("what stands before a name");
  }
}

const modifiers = /\b(?:public|private|protected|readonly|override|declare|abstract)\b\s*/g;

/** Takes decorators and modifiers away from before a member's name. */
function rewriteStart(member: ClassProperty | ClassMethod, file: PlainFile): void {
  const { source, rewriting } = file;
  const keyStart = member.computed === true ? startOf(member.key) - 1 : startOf(member.key);
  if (member.computed === true) {
    throw new NotPlain("a computed name");
  }
  let from = startOf(member);
  for (const { start, end } of member.decorators ?? []) {
    requireOnly(/^\s*$/, source.slice(from, start ?? 0));
    rewriting.replace(start ?? 0, end ?? 0);
    from = end ?? 0;
  }
  const words = source.slice(from, keyStart);
  requireOnly(/^[\s\w*]*$/, words);
  const kept = words.replace(modifiers, "");
  if (kept !== words) {
    rewriting.replace(from, keyStart, kept);
  }
}

/** @returns what its initial value becomes in the constructor */
function rewriteProperty(member: ClassProperty, isDefineUsed: boolean, file: PlainFile): readonly Piece[] {
  const { source, rewriting } = file;
  const start = Math.min(startOf(member), ...(member.decorators ?? []).map((each) => startOf(each)));
  const end = endOf(member);
  const value = member.value ?? undefined;
  if (value !== undefined) {
    rewriteCode(value, file);
  }
  if (member.computed === true || (member.key.type !== "Identifier" && member.key.type !== "StringLiteral")) {
    throw new NotPlain("the name of a property");
  }
  const name = source.slice(startOf(member.key), endOf(member.key));
  const isKept = isDefineUsed && member.declare !== true && member.abstract !== true;
  if (isKept && value === undefined && /^(?:get|set|static|async|accessor)$/.test(name)) {
    throw new NotPlain("a field whose name would begin the next member");
  }
  if (isKept) {
    rewriteStart(member, file);
    const keyEnd = endOf(member.key);
    for (const [mark, isThere] of [
      ["?", member.optional],
      ["!", member.definite],
    ] as const) {
      if (isThere === true) {
        eraseMark(mark, keyEnd, source, rewriting);
      }
    }
    if (isGiven(member.typeAnnotation)) {
      rewriting.replace(startOf(member.typeAnnotation), endOf(member.typeAnnotation));
    }
    return [];
  }
  const access = member.key.type === "Identifier" ? `this.${name} = ` : `this[${name}] = `;
  const pieces: readonly Piece[] =
    value === undefined ? [] : [access, { from: startOf(value), to: endOf(value) }, "; "];
  rewriting.replace(
    start,
    end,
    ...(member.static === true && value !== undefined ? ["static { ", ...pieces, "}"] : [";"]),
  );
  return member.static === true ? [] : pieces;
}

function rewriteMethod(member: ClassMethod, file: PlainFile): void {
  if (member.abstract === true || member.optional === true) {
    throw new NotPlain("a method of this kind");
  }
  rewriteStart(member, file);
  rewriteFunction(member, file);
}

/** Initial values are assigned in the constructor, which is made where there is none. */
function addFields(
  node: ClassDeclaration,
  fields: readonly Piece[],
  constructorMethod: ClassMethod | undefined,
  { rewriting }: PlainFile,
): void {
  if (fields.length === 0) {
    return;
  }
  if (constructorMethod !== undefined) {
    throw new NotPlain("initial values beside a constructor");
  }
  const start = startOf(node.body) + 1;
  const before = !isGiven(node.superClass) ? "" : "super(...arguments); ";
  rewriting.replace(start, start, ` constructor() { ${before}`, ...fields, "}");
}
