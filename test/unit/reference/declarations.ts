import { join } from "node:path";
import ts from "typescript";

const repository = join(__dirname, "../../..");

/** A member of an interface, as its declaration and its doc comment describe it. */
export interface Member {
  readonly name: string;
  /** The file that declares it, from the repository. */
  readonly file: string;
  /** Its declaration, on one line. */
  readonly declaration: string;
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
  /** The members of its last parameter, where that is an object of options. */
  readonly options: readonly OptionMember[];
  readonly errors: readonly string[];
  readonly defaultValue: string | undefined;
  readonly example: string | undefined;
}

export interface OptionMember {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** Reads the members of an interface, those that it inherits too, in the order of their declarations. */
export function membersOf(file: string, interfaceName: string): readonly Member[] {
  const program = ts.createProgram([join(repository, file)], {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(repository, file));
  const declaration = source?.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  );
  if (declaration === undefined) {
    throw new Error(`${file} declares no interface ${interfaceName}.`);
  }
  return checker
    .getTypeAtLocation(declaration)
    .getProperties()
    .map((symbol) => readMember(symbol, checker));
}

function readMember(symbol: ts.Symbol, checker: ts.TypeChecker): Member {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) {
    throw new Error(`${symbol.name} has no declaration.`);
  }
  const tags = symbol.getJsDocTags(checker);
  const textOf = (tag: ts.JSDocTagInfo): string => ts.displayPartsToString(tag.text);
  const all = (name: string): readonly string[] => tags.filter((tag) => tag.name === name).map(textOf);
  return {
    name: symbol.name,
    file: declaration.getSourceFile().fileName.slice(repository.length + 1),
    declaration: oneLine(declaration.getText()),
    description: oneLine(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    parameters: all("param").map((text) => {
      const [name = "", ...words] = text.split(" ");
      return { name, description: oneLine(words.join(" ").replace(/^- /, "")) };
    }),
    options: ts.isMethodSignature(declaration) ? optionsOf(declaration, checker) : [],
    errors: all("throws").map(oneLine),
    defaultValue: all("default")[0],
    example: all("example")[0],
  };
}

/** The members of the last parameter where that is an object of options, declared here. */
function optionsOf(method: ts.MethodSignature, checker: ts.TypeChecker): readonly OptionMember[] {
  const last = method.parameters.at(-1);
  if (last?.type === undefined || !/^(?:options|definition|changes)$/.test(last.name.getText())) {
    return [];
  }
  const type = checker.getNonNullableType(checker.getTypeAtLocation(last.type));
  return checker.getPropertiesOfType(type).flatMap((symbol) => {
    const declared = symbol.declarations?.[0];
    return declared !== undefined && ts.isPropertySignature(declared)
      ? [
          {
            name: symbol.name,
            type: oneLine(declared.type?.getText() ?? ""),
            description: oneLine(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
          },
        ]
      : [];
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\( /g, "(").replace(/, \)/g, ")").trim();
}
