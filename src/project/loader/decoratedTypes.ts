import type {
  ClassLikeDeclaration,
  EntityName,
  ImportDeclaration,
  Node,
  ParameterDeclaration,
  SourceFile,
  TypeNode,
} from "typescript";
import type { TypeScriptCompiler } from "./compiler";

/** A name at a decorated member that another file imports. */
export interface ImportedType {
  readonly specifier: string;
  /** `default`, or the name by which the other file exports it. */
  readonly name: string;
  /** Whether it is imported as a type alone, so that no value of it is at hand. */
  readonly isTypeOnly: boolean;
}

/** What the types of decorated members are made of, and a compiler that sees one file at a time can't know. */
export interface DecoratedTypes {
  readonly imported: readonly ImportedType[];
  /** Names that the file neither declares nor imports. */
  readonly global: readonly string[];
}

/** What a name of a file stands for. */
type Binding = ImportedType | { readonly declarations: readonly Node[] };

/** The names in the types of decorated members, constructor parameters and methods of a file, as far as they are emitted. */
export function decoratedTypes(typescript: TypeScriptCompiler, file: SourceFile): DecoratedTypes {
  const bindings = bindingsOf(typescript, file);
  const imported = new Map<string, ImportedType>();
  const global = new Set<string>();
  const seen = new Set<Node>();

  function addName(name: EntityName): void {
    const path = pathOf(typescript, name);
    const binding = bindings.get(path[0] ?? "");
    if (binding === undefined) {
      global.add(path.join("."));
    } else if ("specifier" in binding) {
      const found = binding.name === "*" ? { ...binding, name: path[1] ?? "*" } : binding;
      imported.set(`${found.specifier}\0${found.name}`, found);
    } else {
      for (const declaration of binding.declarations.filter((each) => !seen.has(each))) {
        seen.add(declaration);
        addDeclaration(declaration);
      }
    }
  }
  /** Of an alias, an enum and a bound everything counts; of a class and an interface nothing does. */
  function addDeclaration(declaration: Node): void {
    if (typescript.isClassLike(declaration) || typescript.isInterfaceDeclaration(declaration)) {
      return;
    }
    const visit = (node: Node): void => {
      if (typescript.isTypeReferenceNode(node)) {
        addName(node.typeName);
      } else if (typescript.isTypeQueryNode(node)) {
        addName(node.exprName);
      } else if (typescript.isIdentifier(node) && node.parent !== declaration && isValue(typescript, node)) {
        addName(node);
      }
      typescript.forEachChild(node, visit);
    };
    visit(declaration);
  }
  function addType(type: TypeNode | undefined): void {
    if (type === undefined) {
      return;
    }
    if (typescript.isTypeReferenceNode(type)) {
      addName(type.typeName);
    } else if (typescript.isUnionTypeNode(type) || typescript.isIntersectionTypeNode(type)) {
      type.types.forEach(addType);
    } else if (typescript.isConditionalTypeNode(type)) {
      [type.trueType, type.falseType].forEach(addType);
    } else if (typescript.isParenthesizedTypeNode(type) || typescript.isTypeOperatorNode(type)) {
      addType(type.type);
    } else if (typescript.isImportTypeNode(type)) {
      const { argument, qualifier } = type;
      if (typescript.isLiteralTypeNode(argument) && typescript.isStringLiteral(argument.literal)) {
        const name = qualifier === undefined ? "*" : (pathOf(typescript, qualifier)[0] ?? "*");
        const specifier = argument.literal.text;
        imported.set(`${specifier}\0${name}`, { specifier, name, isTypeOnly: true });
      }
    }
  }
  for (const type of emittedTypes(typescript, file)) {
    addType(type);
  }
  return { imported: [...imported.values()], global: [...global] };
}

/** An identifier that is read, as in an enum member's initialiser. */
function isValue(typescript: TypeScriptCompiler, node: Node): boolean {
  const { parent } = node;
  return (
    (typescript.isEnumMember(parent) && parent.initializer === node) ||
    (typescript.isPropertyAccessExpression(parent) && parent.expression === node) ||
    (typescript.isBinaryExpression(parent) && !typescript.isTypeNode(parent))
  );
}

function emittedTypes(typescript: TypeScriptCompiler, file: SourceFile): readonly (TypeNode | undefined)[] {
  const types: (TypeNode | undefined)[] = [];
  const visit = (node: Node): void => {
    if (typescript.isClassLike(node)) {
      types.push(...typesOfClass(typescript, node));
    }
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return types;
}

function typesOfClass(
  typescript: TypeScriptCompiler,
  declaration: ClassLikeDeclaration,
): readonly (TypeNode | undefined)[] {
  const isDecorated = (node: Node): boolean =>
    typescript.canHaveDecorators(node) && (typescript.getDecorators(node) ?? []).length > 0;
  const ofParameters = (parameters: readonly ParameterDeclaration[]): readonly (TypeNode | undefined)[] =>
    parameters.map(({ type, dotDotDotToken }) =>
      dotDotDotToken !== undefined && type !== undefined && typescript.isArrayTypeNode(type)
        ? type.elementType
        : type,
    );
  return declaration.members.flatMap((member) => {
    if (typescript.isPropertyDeclaration(member)) {
      return isDecorated(member) ? [member.type] : [];
    }
    if (typescript.isConstructorDeclaration(member)) {
      const isEmitted = isDecorated(declaration) || member.parameters.some(isDecorated);
      return isEmitted ? ofParameters(member.parameters) : [];
    }
    const isMethod = typescript.isMethodDeclaration(member);
    return typescript.isAccessor(member) ||
      (isMethod && (isDecorated(member) || member.parameters.some(isDecorated)))
      ? [member.type, ...ofParameters(member.parameters)]
      : [];
  });
}

function pathOf(typescript: TypeScriptCompiler, name: EntityName): readonly string[] {
  return typescript.isIdentifier(name) ? [name.text] : [...pathOf(typescript, name.left), name.right.text];
}

function bindingsOf(typescript: TypeScriptCompiler, file: SourceFile): ReadonlyMap<string, Binding> {
  const bindings = new Map<string, Binding>();
  const add = (name: string, declaration: Node): void => {
    const known = bindings.get(name);
    const others = known !== undefined && "declarations" in known ? known.declarations : [];
    bindings.set(name, { declarations: [...others, declaration] });
  };
  const visit = (node: Node): void => {
    if (typescript.isImportDeclaration(node)) {
      for (const [local, type] of importsOf(typescript, node)) {
        bindings.set(local, type);
      }
    } else if (typescript.isImportEqualsDeclaration(node)) {
      const { moduleReference: reference } = node;
      if (
        typescript.isExternalModuleReference(reference) &&
        typescript.isStringLiteralLike(reference.expression)
      ) {
        const specifier = reference.expression.text;
        bindings.set(node.name.text, { specifier, name: "*", isTypeOnly: node.isTypeOnly });
      } else {
        add(node.name.text, node);
      }
    } else if (isNamedDeclaration(typescript, node) && node.name !== undefined) {
      add(node.name.text, node);
    }
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return bindings;
}

function isNamedDeclaration(
  typescript: TypeScriptCompiler,
  node: Node,
): node is Node & { readonly name?: { readonly text: string } } {
  return (
    typescript.isClassDeclaration(node) ||
    typescript.isInterfaceDeclaration(node) ||
    typescript.isTypeAliasDeclaration(node) ||
    typescript.isEnumDeclaration(node) ||
    typescript.isModuleDeclaration(node) ||
    typescript.isTypeParameterDeclaration(node) ||
    (typescript.isVariableDeclaration(node) && typescript.isIdentifier(node.name))
  );
}

function importsOf(
  typescript: TypeScriptCompiler,
  { importClause: clause, moduleSpecifier }: ImportDeclaration,
): readonly (readonly [string, ImportedType])[] {
  if (clause === undefined || !typescript.isStringLiteral(moduleSpecifier)) {
    return [];
  }
  const specifier = moduleSpecifier.text;
  const isTypeOnly = clause.phaseModifier === typescript.SyntaxKind.TypeKeyword;
  const { name, namedBindings: named } = clause;
  const whole = name === undefined ? [] : [[name.text, { specifier, name: "default", isTypeOnly }] as const];
  if (named === undefined) {
    return whole;
  }
  if (typescript.isNamespaceImport(named)) {
    return [...whole, [named.name.text, { specifier, name: "*", isTypeOnly }]];
  }
  return [
    ...whole,
    ...named.elements.map(
      (element) =>
        [
          element.name.text,
          {
            specifier,
            name: (element.propertyName ?? element.name).text,
            isTypeOnly: isTypeOnly || element.isTypeOnly,
          },
        ] as const,
    ),
  ];
}
