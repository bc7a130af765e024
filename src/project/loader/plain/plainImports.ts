import type { ExportNamedDeclaration, ImportDeclaration, Program } from "@babel/types";
import { importDefault, importWhole } from "./emittedCode";
import { endOf, startOf } from "./nodes";
import { NotPlain } from "./notPlain";
import type { PlainFile } from "./plainSyntax";

/** A name of another file, and the one that it has here. */
interface UsedName {
  readonly local: string;
  /** As `ImportedName.name`. */
  readonly name: string;
  readonly isTypeOnly: boolean;
}

/** Has the imports of a file give what it uses when it runs, each where it stands. `helpers` gets what they call. */
export function rewriteImports(program: Program, file: PlainFile, helpers: Set<string>): void {
  const imports = program.body.filter((statement) => statement.type === "ImportDeclaration");
  imports.forEach((declaration, module) => {
    file.rewriting.replace(
      startOf(declaration),
      endOf(declaration),
      importOf(declaration, file.names.moduleName(module), file, helpers),
    );
  });
}

function importOf(
  { specifiers, source, importKind, start, end }: ImportDeclaration,
  variable: string,
  { names, format, source: text }: PlainFile,
  helpers: Set<string>,
): string {
  const used = specifiers.flatMap(({ local: { name } }) => {
    const found = names.imported.get(name);
    return found !== undefined && names.used.has(name) ? [{ local: name, ...found }] : [];
  });
  const from = JSON.stringify(source.value);
  if (used.length === 0) {
    const isEmptyList = text.slice(start ?? 0, end ?? 0).includes("{");
    const isRun = importKind !== "type" && specifiers.length === 0 && !isEmptyList;
    return !isRun ? ";" : format === "commonjs" ? `require(${from});` : `import ${from};`;
  }
  if (used.some(({ isTypeOnly }) => isTypeOnly)) {
    throw new NotPlain("a value that is imported as a type");
  }
  return format === "commonjs" ? requireText(used, variable, from, helpers) : importText(used, from);
}

function requireText(
  used: readonly UsedName[],
  variable: string,
  from: string,
  helpers: Set<string>,
): string {
  const isDefaultUsed = used.some(({ name }) => name === "default");
  if (used.some(({ name }) => name === "*") || (isDefaultUsed && used.length > 1)) {
    helpers.add(importWhole);
    return `const ${variable} = __importWhole(require(${from}));`;
  }
  if (isDefaultUsed) {
    helpers.add(importDefault);
    return `const ${variable} = __importDefault(require(${from}));`;
  }
  return `const ${variable} = require(${from});`;
}

function importText(used: readonly UsedName[], from: string): string {
  const whole = used.find(({ name }) => name === "*");
  const ofDefault = used.find(({ name }) => name === "default");
  const named = used.filter((each) => each !== whole && each !== ofDefault);
  const parts = [
    ...(ofDefault === undefined ? [] : [ofDefault.local]),
    ...(whole === undefined ? [] : [`* as ${whole.local}`]),
    ...(named.length === 0
      ? []
      : [`{ ${named.map(({ name, local }) => `${name} as ${local}`).join(", ")} }`]),
  ];
  return `import ${parts.join(", ")} from ${from};`;
}

/**
 * Has a file pass on names of another one, as they are when they are read.
 * @param variable one that the file has no other use for
 * @returns the names
 * @throws {NotPlain} it passes on types, or the other file as a whole
 */
export function passNamesOn(
  { specifiers, source, start, end }: ExportNamedDeclaration,
  variable: string,
  { format, rewriting }: PlainFile,
  helpers: Set<string>,
): readonly string[] {
  const names = specifiers.map((each) => {
    if (
      each.type !== "ExportSpecifier" ||
      each.exportKind === "type" ||
      each.exported.type !== "Identifier" ||
      each.local.type !== "Identifier"
    ) {
      throw new NotPlain("what is passed on");
    }
    return [each.exported.name, each.local.name] as const;
  });
  if (names.length === 0 || names.some(([name]) => name === "default")) {
    throw new NotPlain("what is passed on");
  }
  if (format === "commonjs") {
    const isDefaultUsed = names.some(([, local]) => local === "default");
    if (isDefaultUsed) {
      helpers.add(importDefault);
    }
    const getters = names.map(([name, local]) => {
      const value = local === "default" ? `__importDefault(${variable}).default` : `${variable}.${local}`;
      return ` Object.defineProperty(exports, "${name}", { enumerable: true, get: () => ${value} });`;
    });
    rewriting.replace(
      startOf({ start }),
      endOf({ end }),
      `const ${variable} = require(${JSON.stringify(source?.value)});${getters.join("")}`,
    );
  }
  return names.map(([name]) => name);
}
