import type { ImportDeclaration, Node, Program } from "@babel/types";
import type { EmittedType } from "./emittedType";
import { isGiven } from "./nodes";
import { NotPlain } from "./notPlain";
import { kindOfEnum } from "./plainEnums";
import { plainExportOf } from "./plainExports";

/** A name that an import gives a file. */
export interface ImportedName {
  /** The import's place among the file's. */
  readonly module: number;
  readonly specifier: string;
  /** `default`, `*`, or the name in the other file. */
  readonly name: string;
  readonly isTypeOnly: boolean;
}

type LocalKind = "class" | "interface" | "String" | "Number" | "Object" | "other";

/** Types of TypeScript's library that are emitted as `Object`. */
export const objectTypes: ReadonlySet<string> = new Set([
  ...["Partial", "Required", "Readonly", "Record", "Pick", "Omit", "Exclude", "Extract", "NonNullable"],
  ...["Parameters", "ConstructorParameters", "ReturnType", "InstanceType", "ThisType", "Awaited"],
  ...["ReadonlyArray", "ReadonlyMap", "ReadonlySet", "ArrayLike", "Iterable", "PromiseLike"],
]);

/** The names of one file: what they mean, and which imports it uses when it runs. */
export class PlainNames {
  readonly imported = new Map<string, ImportedName>();
  readonly used = new Set<string>();
  /** Files of the classes and enums by which types are emitted. */
  readonly typeFiles = new Set<string>();
  /** Names that the file gives another value, wherever. */
  readonly assigned = new Set<string>();
  /** Names of type parameters, which no type of a decorated member is emitted by. */
  readonly typeParameters = new Set<string>();
  private readonly locals = new Map<string, LocalKind>();
  private readonly values = new Set<string>();
  private readonly bound = new Set<string>();
  private readonly moduleNames: string[] = [];

  constructor(
    program: Program,
    private readonly path: string,
    private readonly format: "commonjs" | "module",
    readonly strictNullChecks: boolean,
  ) {
    const imports = program.body.filter((statement) => statement.type === "ImportDeclaration");
    imports.forEach((declaration, module) => {
      // Files of migrations begin with a number, which no name does.
      this.moduleNames.push(
        `_${declaration.source.value.replace(/^.*\//, "").replace(/\W/g, "_")}_${String(module + 1)}$`,
      );
      this.noteImport(declaration, module);
    });
    for (const statement of program.body) {
      const declaration =
        statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration"
          ? statement.declaration
          : statement;
      if (isGiven(declaration) && "id" in declaration && declaration.id?.type === "Identifier") {
        this.noteLocal(declaration.id.name, declaration);
      }
      if (isGiven(declaration)) {
        valuesOf(declaration).forEach((name) => this.values.add(name));
      }
    }
  }

  /** The variable for what an import gives. */
  moduleName(module: number): string {
    return this.moduleNames[module] ?? "";
  }

  /** Notes a name that the file itself gives to a value, wherever. */
  bind(name: string): void {
    this.bound.add(name);
  }

  /** Whether a name of the file's own, or an imported one, stands for something when the file runs. */
  isValue(name: string): boolean {
    return this.imported.get(name)?.isTypeOnly === false || this.values.has(name);
  }

  /** How a name is written where its value is wanted; undefined: as it is. */
  reference(name: string): string | undefined {
    const found = this.imported.get(name);
    if (found === undefined) {
      return undefined;
    }
    this.used.add(name);
    return this.expressionOf(found);
  }

  private expressionOf({ module, name }: ImportedName): string | undefined {
    if (this.format === "module") {
      return undefined;
    }
    const variable = this.moduleName(module);
    return name === "*" ? variable : `${variable}.${name}`;
  }

  /** Has an import stay, although only a type is of it. */
  use(name: string): void {
    this.used.add(name);
  }

  /** As `TypeNames.valueOf`. */
  valueOf(name: string): EmittedType {
    if (this.typeParameters.has(name)) {
      throw new NotPlain("a type parameter");
    }
    const local = this.locals.get(name);
    const imported = this.imported.get(name);
    if (local !== undefined && imported !== undefined) {
      throw new NotPlain("a name that is imported and declared");
    }
    if (local !== undefined) {
      return { expression: this.valueOfLocal(name, local) };
    }
    if (imported !== undefined) {
      return this.valueOfImported(name, imported);
    }
    if (this.values.has(name)) {
      throw new NotPlain("a type that has the name of a variable");
    }
    if (objectTypes.has(name)) {
      return { expression: "Object" };
    }
    if (typeof Reflect.get(globalThis, name) !== "function") {
      throw new NotPlain(`the type ${name}`);
    }
    return { expression: name };
  }

  /** @throws {NotPlain} a name of an import, or one that types are emitted by, has another meaning somewhere */
  requireUnambiguous(): void {
    for (const name of this.bound) {
      if (this.imported.has(name) || this.moduleNames.includes(name)) {
        throw new NotPlain("a name that is given twice");
      }
    }
  }

  private valueOfLocal(name: string, kind: LocalKind): string {
    switch (kind) {
      case "class":
        return this.readClass(name);
      case "interface":
        return "Object";
      case "other":
        throw new NotPlain(`the type ${name}`);
      default:
        return kind;
    }
  }

  private valueOfImported(name: string, imported: ImportedName): EmittedType {
    const { specifier, name: exported, isTypeOnly } = imported;
    if (specifier === "typeorm" && exported === "Relation") {
      return { expression: "Object" };
    }
    const found = isTypeOnly ? undefined : plainExportOf(specifier, exported, this.path);
    if (found === undefined) {
      throw new NotPlain(`the type ${name}`);
    }
    found.files.forEach((file) => this.typeFiles.add(file));
    // The import of an enum stays, too, although its value is not looked at.
    const value = this.expressionOf(imported) ?? name;
    const expression =
      found.kind === "class"
        ? this.readClass(`(typeof ${value} === "function" ? ${value} : Object)`)
        : found.kind;
    return { expression, used: name };
  }

  /** As `safeMetadata` has TypeScript read it. */
  private readClass(expression: string): string {
    return this.format === "module"
      ? `(() => { try { return ${expression}; } catch { return Object; } })()`
      : expression;
  }

  private noteImport(declaration: ImportDeclaration, module: number): void {
    const specifier = declaration.source.value;
    if ((declaration.attributes ?? []).length > 0) {
      throw new NotPlain("attributes of an import");
    }
    for (const each of declaration.specifiers) {
      const name =
        each.type === "ImportDefaultSpecifier"
          ? "default"
          : each.type === "ImportNamespaceSpecifier"
            ? "*"
            : each.imported.type === "Identifier"
              ? each.imported.name
              : undefined;
      if (name === undefined) {
        throw new NotPlain("the name of an import");
      }
      const isTypeOnly =
        declaration.importKind === "type" ||
        (each.type === "ImportSpecifier" && each.importKind === "type") ||
        (specifier === "typeorm" && name === "Relation");
      this.imported.set(each.local.name, { module, specifier, name, isTypeOnly });
    }
  }

  private noteLocal(name: string, declaration: Node): void {
    const kind = kindOf(declaration);
    const before = this.locals.get(name);
    this.locals.set(name, before === undefined || before === kind ? kind : "other");
  }
}

function kindOf(declaration: Node): LocalKind {
  switch (declaration.type) {
    case "ClassDeclaration":
      return "class";
    case "TSInterfaceDeclaration":
      return "interface";
    case "TSEnumDeclaration":
      return kindOfEnum(declaration);
    default:
      return "other";
  }
}

function valuesOf(declaration: Node): readonly string[] {
  switch (declaration.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => boundNames(id));
    case "ClassDeclaration":
    case "FunctionDeclaration":
    case "TSEnumDeclaration":
      return isGiven(declaration.id) ? [declaration.id.name] : [];
    default:
      return [];
  }
}

/** The names that a variable, or a pattern of variables, gives. */
function boundNames(node: Node): readonly string[] {
  switch (node.type) {
    case "Identifier":
      return [node.name];
    case "ObjectPattern":
      return node.properties.flatMap((each) =>
        boundNames(each.type === "RestElement" ? each.argument : each.value),
      );
    case "ArrayPattern":
      return node.elements.flatMap((each) => (each === null ? [] : boundNames(each)));
    case "AssignmentPattern":
      return boundNames(node.left);
    case "RestElement":
      return boundNames(node.argument);
    default:
      return [];
  }
}
