import { readFileSync } from "node:fs";
import type { ExportDeclaration, SourceFile, Statement, SyntaxKind } from "typescript";
import type { TypeScriptCompiler } from "./compiler";
import { contentStamp } from "./loadedFiles";
import { isInstalled, isTypeScript, resolveSpecifier } from "./resolveSpecifier";

interface Parsed {
  readonly stamp: string;
  readonly file: SourceFile;
}

const parsedFiles = new Map<string, Parsed>();

/** A file, parsed once for as long as it stays the same. */
export function parsedFile(typescript: TypeScriptCompiler, path: string): SourceFile {
  const stamp = contentStamp(path);
  const known = parsedFiles.get(path);
  if (known?.stamp === stamp) {
    return known.file;
  }
  const file = typescript.createSourceFile(
    path,
    readFileSync(path, "utf8"),
    typescript.ScriptTarget.ES2022,
    true,
  );
  parsedFiles.set(path, { stamp, file });
  return file;
}

/** Has files parsed anew, and their memory given back. */
export function forgetParsedFiles(): void {
  parsedFiles.clear();
}

/**
 * Follows an import through the files that pass it on, to the class that it means.
 * @returns the files on the way; undefined where it is no class, or is too much to tell from the text alone
 */
export function filesOfExportedClass(
  typescript: TypeScriptCompiler,
  specifier: string,
  name: string,
  from: string,
): readonly string[] | undefined {
  return follow(specifier, name, from, 0);

  function follow(
    next: string,
    exported: string,
    parent: string,
    depth: number,
  ): readonly string[] | undefined {
    const path = resolveSpecifier(next, parent);
    if (path === undefined || !isTypeScript(path) || isInstalled(path) || depth > 8 || exported === "*") {
      return undefined;
    }
    const { statements } = parsedFile(typescript, path);
    const kind = declaredKind(typescript, statements, exported);
    if (kind !== "nothing") {
      return kind === "class" ? [path] : undefined;
    }
    for (const passing of statements.filter((each) => typescript.isExportDeclaration(each))) {
      const original = passedName(typescript, passing, exported);
      const target = passing.moduleSpecifier;
      if (original !== undefined && target !== undefined && typescript.isStringLiteral(target)) {
        const found = passing.isTypeOnly ? undefined : follow(target.text, original, path, depth + 1);
        if (found !== undefined) {
          return [path, ...found];
        }
      }
    }
    return undefined;
  }
}

/** What a file itself declares under the name by which it exports it. */
function declaredKind(
  typescript: TypeScriptCompiler,
  statements: readonly Statement[],
  exported: string,
): "class" | "other" | "nothing" {
  const local = statements
    .filter((each) => typescript.isExportDeclaration(each) && each.moduleSpecifier === undefined)
    .flatMap((each) => passedName(typescript, each as ExportDeclaration, exported) ?? [])[0];
  const isMeant = (statement: Statement): boolean => {
    const isExported = has(typescript, statement, typescript.SyntaxKind.ExportKeyword);
    const isDefault = has(typescript, statement, typescript.SyntaxKind.DefaultKeyword);
    const named = nameOf(typescript, statement);
    return (
      (named !== undefined && named === local) ||
      (isExported && (isDefault ? exported === "default" : named === exported))
    );
  };
  const meant = statements.filter(isMeant);
  if (meant.length === 0) {
    return local === undefined ? "nothing" : "other";
  }
  return meant.every(
    (each) => typescript.isClassDeclaration(each) || typescript.isInterfaceDeclaration(each),
  ) && meant.some((each) => typescript.isClassDeclaration(each))
    ? "class"
    : "other";
}

function nameOf(typescript: TypeScriptCompiler, statement: Statement): string | undefined {
  return typescript.isClassDeclaration(statement) ||
    typescript.isInterfaceDeclaration(statement) ||
    typescript.isTypeAliasDeclaration(statement) ||
    typescript.isEnumDeclaration(statement)
    ? statement.name?.text
    : undefined;
}

function has(typescript: TypeScriptCompiler, statement: Statement, kind: SyntaxKind): boolean {
  return (
    typescript.canHaveModifiers(statement) &&
    (typescript.getModifiers(statement) ?? []).some((modifier) => modifier.kind === kind)
  );
}

/** The name in the other file, or in this one, of what an export statement passes on under a name. */
function passedName(
  typescript: TypeScriptCompiler,
  { exportClause: clause }: ExportDeclaration,
  exported: string,
): string | undefined {
  if (clause === undefined) {
    return exported === "default" ? undefined : exported;
  }
  if (!typescript.isNamedExports(clause)) {
    return undefined;
  }
  const found = clause.elements.find((element) => element.name.text === exported && !element.isTypeOnly);
  return found && (found.propertyName ?? found.name).text;
}
