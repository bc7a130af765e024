import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const sources = join(__dirname, "../../../src");

/** Where codes are listed that belong to no class. */
export const classless = "Other failures";

/** The codes of each error class by its name, and under `classless` those of none, as the sources list them. */
export function errorCodes(): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, readonly string[]>();
  const loose: string[] = [];
  for (const file of filesWithCodes()) {
    const unions = unionsOf(file);
    const taken = new Set<string>();
    for (const declared of file.statements.filter(ts.isClassDeclaration).filter(isError)) {
      const name = declared.name?.text ?? "";
      for (const union of codeTypesOf(declared)) {
        const listed = unions.get(union);
        if (listed === undefined) {
          throw new Error(`${file.fileName}: the code of ${name} is no union of this file: ${union}`);
        }
        codes.set(name, listed);
        listed.forEach((code) => taken.add(code));
      }
    }
    loose.push(...[...unions.values()].flat().filter((code) => !taken.has(code)));
  }
  return codes.set(classless, loose);
}

function filesWithCodes(): readonly ts.SourceFile[] {
  return readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const text = readFileSync(join(sources, name), "utf8");
      return /ErrorCode =|extends Error\b/.test(text)
        ? [ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)]
        : [];
    });
}

/** The texts of each union whose name says that it lists codes. */
function unionsOf(file: ts.SourceFile): ReadonlyMap<string, readonly string[]> {
  const aliases = file.statements.filter(ts.isTypeAliasDeclaration);
  return new Map(
    aliases.flatMap(({ name, type }) =>
      name.text.endsWith("ErrorCode") ? [[name.text, textsOf(type)] as const] : [],
    ),
  );
}

function textsOf(type: ts.TypeNode): readonly string[] {
  const parts = ts.isUnionTypeNode(type) ? type.types : [type];
  return parts.flatMap((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : [],
  );
}

function isError({ heritageClauses }: ts.ClassDeclaration): boolean {
  return (heritageClauses ?? []).some(({ types }) =>
    types.some(({ expression }) => ts.isIdentifier(expression) && expression.text === "Error"),
  );
}

/** The type of its property `code`, be that declared or a parameter of the constructor. */
function codeTypesOf(declared: ts.ClassDeclaration): readonly string[] {
  const constructed = declared.members.filter(ts.isConstructorDeclaration);
  const parameters = constructed.flatMap(({ parameters }) => [...parameters]);
  const properties = [
    ...declared.members.filter(ts.isPropertyDeclaration),
    ...parameters.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, parameter.parent)),
  ];
  return properties.flatMap(({ name, type }) =>
    ts.isIdentifier(name) && name.text === "code" ? [typeName(type)] : [],
  );
}

function typeName(type: ts.TypeNode | undefined): string {
  return type !== undefined && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
    ? type.typeName.text
    : "none that has a name";
}
