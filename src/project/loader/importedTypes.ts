import type { Node, SourceFile, StringLiteralLike } from "typescript";
import type { TypeScriptCompiler } from "./compiler";

const typeNames = new WeakMap<SourceFile, ReadonlySet<string>>();

/** Whether a file uses anything as a type of what an import, an export or a type names by its specifier. */
export function importsTypes(
  typescript: TypeScriptCompiler,
  file: SourceFile,
  specifier: StringLiteralLike,
): boolean {
  const { parent } = specifier;
  if (!typescript.isImportDeclaration(parent)) {
    return true;
  }
  const clause = parent.importClause;
  const named = clause?.namedBindings;
  const locals = [
    clause?.name?.text,
    ...(named === undefined
      ? []
      : typescript.isNamespaceImport(named)
        ? [named.name.text]
        : named.elements.map((element) => element.name.text)),
  ];
  const used = namesOfTypes(typescript, file);
  return locals.some((name) => name !== undefined && used.has(name));
}

/** The names that stand for types in a file, or are exported again. */
function namesOfTypes(typescript: TypeScriptCompiler, file: SourceFile): ReadonlySet<string> {
  const known = typeNames.get(file);
  if (known !== undefined) {
    return known;
  }
  const names = new Set<string>();
  const addFirst = (node: Node): void => {
    if (typescript.isIdentifier(node)) {
      names.add(node.text);
    } else if (typescript.isQualifiedName(node)) {
      addFirst(node.left);
    } else if (typescript.isPropertyAccessExpression(node)) {
      addFirst(node.expression);
    }
  };
  const visit = (node: Node): void => {
    if (typescript.isTypeReferenceNode(node)) {
      addFirst(node.typeName);
    } else if (typescript.isTypeQueryNode(node)) {
      addFirst(node.exprName);
    } else if (typescript.isExpressionWithTypeArguments(node)) {
      addFirst(node.expression);
    } else if (typescript.isExportSpecifier(node)) {
      addFirst(node.propertyName ?? node.name);
    }
    typescript.forEachChild(node, visit);
  };
  visit(file);
  typeNames.set(file, names);
  return names;
}
