import { readFileSync } from "node:fs";
import type { Program, Statement } from "@babel/types";
import { contentStamp } from "../loadedFiles";
import { isInstalled, isTypeScript, resolveSpecifier } from "../resolveSpecifier";
import { isGiven } from "./nodes";
import { parsePlain } from "./parsePlain";
import { kindOfEnum, type EnumKind } from "./plainEnums";

/** What types are emitted by: a class as itself, an enum as what its values are. */
type PlainKind = "class" | EnumKind;

/** What a file exports, as far as it may be a class or an enum. */
export interface PlainExports {
  readonly own: ReadonlyMap<string, PlainKind | "other">;
  /** Names that it passes on from another file, and the name there. */
  readonly passed: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>;
  /** Files of which it passes on all. */
  readonly stars: readonly string[];
}

const known = new Map<string, { readonly stamp: string; readonly exports: PlainExports }>();

/** Has files read again. */
export function forgetPlainExports(): void {
  known.clear();
}

/** Notes the exports of a file that was parsed anyway. */
export function notePlainExports(path: string, program: Program): PlainExports {
  const exports = exportsOf(program);
  known.set(path, { stamp: contentStamp(path), exports });
  return exports;
}

/** A class or an enum of another file. */
interface PlainExport {
  readonly kind: PlainKind;
  /** The file, and those that pass it on. */
  readonly files: readonly string[];
}

/**
 * Follows an import through the files that pass it on, to the class or the enum that it means.
 * @returns undefined where it is neither, or is too much to tell from the text alone
 */
export function plainExportOf(
  specifier: string,
  name: string,
  from: string,
  depth = 0,
): PlainExport | undefined {
  const path = resolveSpecifier(specifier, from);
  if (path === undefined || !isTypeScript(path) || isInstalled(path) || depth > 8 || name === "*") {
    return undefined;
  }
  const { own, passed, stars } = plainExports(path);
  const kind = own.get(name);
  if (kind !== undefined) {
    return kind === "other" ? undefined : { kind, files: [path] };
  }
  const target = passed.get(name);
  const next = target === undefined ? stars.map((star) => ({ specifier: star, name })) : [target];
  for (const each of name === "default" && target === undefined ? [] : next) {
    const found = plainExportOf(each.specifier, each.name, path, depth + 1);
    if (found !== undefined) {
      return { kind: found.kind, files: [path, ...found.files] };
    }
  }
  return undefined;
}

function plainExports(path: string): PlainExports {
  const kept = known.get(path);
  if (kept?.stamp === contentStamp(path)) {
    return kept.exports;
  }
  return notePlainExports(path, parsePlain(readFileSync(path, "utf8")));
}

function exportsOf({ body }: Program): PlainExports {
  const own = new Map<string, PlainKind | "other">();
  const passed = new Map<string, { specifier: string; name: string }>();
  const stars: string[] = [];
  const declared = new Map<string, PlainKind | "other">();
  const note = (into: Map<string, PlainKind | "other">, name: string, statement: Statement): void => {
    const kind = kindOf(statement);
    if (kind !== "interface") {
      // Nothing but an enum is declared in several parts, and the parts of one may differ.
      into.set(name, into.has(name) ? "other" : kind);
    } else if (into.get(name) === undefined) {
      interfaces.add(name);
    }
  };
  const interfaces = new Set<string>();
  const locals: (readonly [exported: string, local: string])[] = [];
  for (const statement of body) {
    if (statement.type === "ExportNamedDeclaration") {
      for (const name of namesOf(statement.declaration)) {
        note(own, name, statement.declaration as Statement);
      }
      for (const each of statement.specifiers) {
        const isType =
          statement.exportKind === "type" || (each.type === "ExportSpecifier" && each.exportKind === "type");
        const exported = each.exported.type === "Identifier" ? each.exported.name : each.exported.value;
        if (each.type !== "ExportSpecifier" || isType) {
          own.set(exported, "other");
        } else if (!isGiven(statement.source)) {
          locals.push([exported, each.local.name]);
        } else {
          passed.set(exported, { specifier: statement.source.value, name: each.local.name });
        }
      }
    } else if (statement.type === "ExportAllDeclaration") {
      stars.push(...(statement.exportKind === "type" ? [] : [statement.source.value]));
    } else if (statement.type === "ExportDefaultDeclaration") {
      own.set("default", statement.declaration.type === "ClassDeclaration" ? "class" : "other");
    } else {
      namesOf(statement).forEach((name) => note(declared, name, statement));
    }
  }
  for (const [exported, local] of locals) {
    own.set(exported, declared.get(local) ?? "other");
  }
  for (const name of interfaces) {
    if (!own.has(name) && !passed.has(name)) {
      own.set(name, "other");
    }
  }
  return { own, passed, stars };
}

function kindOf(statement: Statement): PlainKind | "interface" | "other" {
  switch (statement.type) {
    case "ClassDeclaration":
      return "class";
    case "TSEnumDeclaration":
      // The import of a constant one does not stay.
      return statement.const === true ? "other" : kindOfEnum(statement);
    case "TSInterfaceDeclaration":
      return "interface";
    default:
      return "other";
  }
}

function namesOf(statement: Statement | null | undefined): readonly string[] {
  switch (statement?.type) {
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSEnumDeclaration":
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return !isGiven(statement.id) ? [] : [statement.id.name];
    case "VariableDeclaration":
      return statement.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
    default:
      return [];
  }
}
