import { basename } from "node:path";
import type { ExportDefaultDeclaration, Program, Statement, TSEnumDeclaration } from "@babel/types";
import type { ModuleFormat } from "../moduleKind";
import type { TypeScriptSettings } from "../tsconfig";
import { endOf, isGiven, startOf } from "./nodes";
import { decorate, passOn } from "./emittedCode";
import { NotPlain } from "./notPlain";
import { parsePlain } from "./parsePlain";
import { rewriteClass } from "./plainClass";
import { assignedMembers } from "./plainEnums";
import { notePlainExports } from "./plainExports";
import { passNamesOn, rewriteImports } from "./plainImports";
import { PlainNames } from "./plainNames";
import { rewriteCode, type PlainFile } from "./plainSyntax";
import { Rewriting, type Piece } from "./rewriting";

/**
 * Compiles a file of entities many times more quickly than TypeScript does, and to the same: as far as it is written in
 * the syntax that nearly all are written in.
 * @returns undefined where the file has anything else, which TypeScript is to compile
 */
export function compilePlain(
  text: string,
  path: string,
  format: ModuleFormat,
  settings: Pick<TypeScriptSettings, "useDefineForClassFields" | "strictNullChecks" | "hasMetadata">,
): { readonly text: string; readonly dependencies: readonly string[] } | undefined {
  if (path.endsWith("x") || text.startsWith("#!") || oddText.test(text)) {
    return undefined;
  }
  try {
    const source = text.endsWith("\n") ? text : `${text}\n`;
    const program = parsePlain(source);
    if (!program.body.some(({ type }) => /^(?:Import|Export)/.test(type))) {
      throw new NotPlain("a script");
    }
    notePlainExports(path, program);
    const names = new PlainNames(program, path, format, settings.strictNullChecks);
    const { hasMetadata } = settings;
    const file: PlainFile = { source, format, names, hasMetadata, rewriting: new Rewriting(source) };
    const module = new PlainModule(program, file, settings.useDefineForClassFields);
    const { text: code, mappings } = file.rewriting.rewrite(module.pieces());
    names.requireUnambiguous();
    const map = { version: 3, sources: [basename(path)], names: [], mappings };
    const encoded = Buffer.from(JSON.stringify(map)).toString("base64");
    return {
      text: `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`,
      dependencies: [...names.typeFiles].sort(),
    };
  } catch (error) {
    if (error instanceof NotPlain) {
      return undefined;
    }
    throw error;
  }
}

/** Ends of lines that are no newlines, and what a script takes for a comment. */
const oddText = /\r(?!\n)|[\u2028\u2029]|<!--|-->/;

/** The statements of one file. */
class PlainModule {
  private readonly exported: string[] = [];
  /** Exported functions, which are there before the file's first statement runs: name there, name here. */
  private readonly functions: (readonly [exported: string, local: string])[] = [];
  private readonly enums = new Set<string>();
  private readonly helpers = new Set<string>();
  private passing = 0;

  constructor(
    private readonly program: Program,
    private readonly file: PlainFile,
    private readonly isDefineUsed: boolean,
  ) {}

  /** What the file becomes. */
  pieces(): readonly Piece[] {
    const { program, file } = this;
    for (const statement of program.body) {
      this.rewriteStatement(statement);
    }
    rewriteImports(program, file, this.helpers);
    const exported = [...this.exported, ...this.functions.map(([, local]) => local)];
    if (exported.some((name) => file.names.assigned.has(name))) {
      throw new NotPlain("an export that is given another value");
    }
    const head = [...this.helpers].join(" ");
    const source: Piece = { from: 0, to: file.source.length };
    if (file.format === "module") {
      return [head, source, "\nexport {};"];
    }
    const names = this.exported.filter((name) => name !== "default");
    // The last is assigned first, so that the exports have the order of the file.
    const assigned = [...names].reverse().map((name) => `exports.${name} = `);
    const cleared = names.length === 0 ? "" : `${assigned.join("")}void 0; `;
    const functions = this.functions.map(([name, local]) => `exports.${name} = ${local}; `).join("");
    return [
      `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); ${cleared}${functions}${head} `,
      source,
    ];
  }

  private get isCommonjs(): boolean {
    return this.file.format === "commonjs";
  }

  private rewriteStatement(statement: Statement): void {
    const { rewriting } = this.file;
    const [start, end] = [startOf(statement), endOf(statement)];
    if (isErased(statement)) {
      // What stands before it may have no semicolon.
      rewriting.replace(start, end, ";");
      return;
    }
    switch (statement.type) {
      case "ImportDeclaration":
        return;
      case "ExportAllDeclaration":
        if (this.isCommonjs) {
          this.helpers.add(passOn);
          rewriting.replace(start, end, `__passOn(require(${JSON.stringify(statement.source.value)}));`);
        }
        return;
      case "ExportNamedDeclaration":
        if (isGiven(statement.source)) {
          this.passing += 1;
          const variable = `_passed_${String(this.passing)}$`;
          this.exported.push(...passNamesOn(statement, variable, this.file, this.helpers));
          return;
        }
        if (!isGiven(statement.declaration)) {
          throw new NotPlain("a list of exports");
        }
        this.rewriteDeclaration(statement.declaration, start, [this.nameOf(statement.declaration)]);
        return;
      case "ExportDefaultDeclaration":
        this.rewriteDefault(statement);
        return;
      default:
        this.rewriteDeclaration(statement, start, []);
    }
  }

  private rewriteDefault({ declaration, start }: ExportDefaultDeclaration): void {
    switch (declaration.type) {
      case "ClassDeclaration":
      case "FunctionDeclaration":
        this.rewriteDeclaration(declaration, startOf({ start }), ["default"]);
        return;
      case "TSDeclareFunction":
        throw new NotPlain("this default export");
      default:
        if (declaration.type === "Identifier" && !this.file.names.isValue(declaration.name)) {
          throw new NotPlain("a default export that may be a type");
        }
        rewriteCode(declaration, this.file);
        if (this.isCommonjs) {
          this.file.rewriting.replace(startOf({ start }), startOf(declaration), "exports.default = ");
        }
    }
  }

  private nameOf(declaration: Statement): string {
    const id: unknown =
      declaration.type === "VariableDeclaration" && declaration.declarations.length === 1
        ? declaration.declarations[0]?.id
        : Reflect.get(declaration, "id");
    const name: unknown = typeof id === "object" && id !== null ? Reflect.get(id, "name") : undefined;
    if (typeof name !== "string") {
      throw new NotPlain("what is exported");
    }
    return name;
  }

  /** @param exported the names by which it is exported, of which there is one at most */
  private rewriteDeclaration(declaration: Statement, start: number, exported: readonly string[]): void {
    const { rewriting } = this.file;
    const end = endOf(declaration);
    switch (declaration.type) {
      case "ClassDeclaration":
        this.rewriteClass(declaration, start, exported);
        return;
      case "TSEnumDeclaration":
        if (declaration.declare === true) {
          throw new NotPlain("a declared enum");
        }
        if (this.enums.has(declaration.id.name)) {
          throw new NotPlain("an enum in several parts");
        }
        this.enums.add(declaration.id.name);
        this.file.names.bind(declaration.id.name);
        rewriting.replace(start, end, this.enumText(declaration, exported));
        return;
      default:
        if (readsThis(declaration)) {
          throw new NotPlain("this of a module");
        }
        rewriteCode(declaration, this.file);
    }
    const [name] = exported;
    if (name === undefined || !this.isCommonjs) {
      return;
    }
    if (declaration.type === "FunctionDeclaration" && isGiven(declaration.id)) {
      this.functions.push([name, declaration.id.name]);
      rewriting.replace(start, startOf(declaration));
      return;
    }
    if (declaration.type !== "VariableDeclaration" || declaration.kind !== "const") {
      throw new NotPlain("this export");
    }
    this.exported.push(name);
    rewriting.replace(start, startOf(declaration));
    rewriting.replace(end, end, `; exports.${name} = ${name};`);
  }

  private rewriteClass(
    declaration: Statement & { type: "ClassDeclaration" },
    start: number,
    [exported]: readonly string[],
  ): void {
    const { rewriting } = this.file;
    const made = rewriteClass(declaration, start, this.isDefineUsed, this.file);
    const { name, isDecorated } = made;
    if (exported !== undefined) {
      this.exported.push(exported);
    }
    if (isDecorated || made.members.length > 0) {
      this.helpers.add(decorate);
    }
    const isExportedHere = exported !== undefined && this.isCommonjs;
    const target = isExportedHere ? `exports.${exported} = ` : "";
    const after: Piece[] = [
      isDecorated ? ";" : "",
      isExportedHere ? ` ${target}${name};` : "",
      ...made.members,
    ];
    if (isDecorated) {
      after.push(` ${target}${name} = `, ...made.decorated, ";");
    }
    if (exported !== undefined && !this.isCommonjs) {
      after.push(exported === "default" ? ` export { ${name} as default };` : ` export { ${name} };`);
    }
    const end = endOf(declaration);
    rewriting.replace(end, end, ...after);
  }

  private enumText(declaration: TSEnumDeclaration, [exported]: readonly string[]): string {
    const { name } = declaration.id;
    const isExportedHere = exported !== undefined && this.isCommonjs;
    if (exported !== undefined) {
      this.exported.push(exported);
    }
    const made = isExportedHere ? `exports.${exported} = ${name} = {}` : `${name} = {}`;
    const passed = exported !== undefined && !this.isCommonjs ? ` export { ${name} };` : "";
    return `var ${name}; (function (${name}) { ${assignedMembers(declaration)} })(${name} || (${made}));${passed}`;
  }
}

/** Whether a statement says nothing that runs. */
function isErased(statement: Statement): boolean {
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  const isType = "exportKind" in statement && statement.exportKind === "type";
  return (
    isType || declaration?.type === "TSInterfaceDeclaration" || declaration?.type === "TSTypeAliasDeclaration"
  );
}

function readsThis(statement: Statement): boolean {
  return statement.type === "ExpressionStatement" && statement.expression.type === "ThisExpression";
}
