import { readFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import type { CompilerOptions } from "typescript";

/** Options that are either on or off, and stand for themselves. */
const switches = new Set([
  ...["experimentalDecorators", "emitDecoratorMetadata", "useDefineForClassFields", "verbatimModuleSyntax"],
  ...[
    "strict",
    "strictNullChecks",
    "strictPropertyInitialization",
    "strictBindCallApply",
    "strictFunctionTypes",
  ],
  ...["noImplicitAny", "noImplicitThis", "noImplicitReturns", "noImplicitOverride", "noUnusedLocals"],
  ...["noUnusedParameters", "noFallthroughCasesInSwitch", "noUncheckedIndexedAccess", "alwaysStrict"],
  ...["exactOptionalPropertyTypes", "useUnknownInCatchVariables", "noPropertyAccessFromIndexSignature"],
  ...["skipLibCheck", "skipDefaultLibCheck", "esModuleInterop", "allowSyntheticDefaultImports"],
  ...[
    "declaration",
    "declarationMap",
    "emitDeclarationOnly",
    "sourceMap",
    "inlineSourceMap",
    "inlineSources",
  ],
  ...["removeComments", "incremental", "composite", "noEmit", "noEmitOnError", "preserveConstEnums"],
  ...["forceConsistentCasingInFileNames", "resolveJsonModule", "isolatedModules", "allowJs", "checkJs"],
  ...["importHelpers", "pretty", "allowUnreachableCode", "allowUnusedLabels", "allowImportingTsExtensions"],
]);

const versions = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024];

/** Names of values, in lower case, and the numbers that TypeScript has for them. */
const named: Readonly<Record<string, ReadonlyMap<string, number>>> = {
  target: new Map([
    ["es6", 2],
    ...versions.map((year, index) => [`es${String(year)}`, index + 2] as const),
    ["esnext", 99],
  ]),
  module: new Map([
    ["commonjs", 1],
    ["es6", 5],
    ["es2015", 5],
    ["es2020", 6],
    ["es2022", 7],
    ["esnext", 99],
    ["node16", 100],
    ["nodenext", 199],
    ["preserve", 200],
  ]),
  moduleResolution: new Map([
    ["node", 2],
    ["node10", 2],
    ["node16", 3],
    ["nodenext", 99],
    ["bundler", 100],
  ]),
};

/** Options that name a folder or a file. */
const places = new Set(["outDir", "rootDir", "baseUrl", "tsBuildInfoFile"]);

/** What of a file besides the options decides only which files are compiled. */
const otherKeys = new Set(["compilerOptions", "include", "exclude", "$schema", "compileOnSave", "ts-node"]);

/**
 * Reads a tsconfig.json as TypeScript does, without loading TypeScript: one that is plain JSON, extends nothing and has
 * the options that nearly all have.
 * @returns undefined where it has anything else
 */
export function readPlainTsconfig(file: string): CompilerOptions | undefined {
  const content = sep === "/" ? jsonOf(file) : undefined;
  if (!isRecord(content) || Object.keys(content).some((key) => !otherKeys.has(key))) {
    return undefined;
  }
  const { compilerOptions = {} } = content;
  if (!isRecord(compilerOptions)) {
    return undefined;
  }
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(compilerOptions)) {
    const read = optionOf(name, value, dirname(file));
    if (read === undefined) {
      return undefined;
    }
    options[name] = read;
  }
  const base = "paths" in options ? { pathsBasePath: dirname(file) } : {};
  return { ...options, ...base, configFilePath: file };
}

function jsonOf(file: string): unknown {
  try {
    const text = readFileSync(file, "utf8");
    return text.includes("\uFFFD") ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** A value as TypeScript holds it; undefined for what it may take in another way. */
function optionOf(name: string, value: unknown, directory: string): unknown {
  if (switches.has(name)) {
    return typeof value === "boolean" ? value : undefined;
  }
  if (places.has(name)) {
    return typeof value === "string" && value !== "" && !value.includes("$")
      ? resolve(directory, value)
      : undefined;
  }
  if (typeof value === "string") {
    return named[name]?.get(value.toLowerCase());
  }
  if (name === "lib" || name === "types") {
    return isTexts(value) ? listOf(name, value) : undefined;
  }
  const isMap = name === "paths" && isRecord(value) && Object.values(value).every(isTexts);
  return isMap && !JSON.stringify(value).includes("$") ? value : undefined;
}

function listOf(name: "lib" | "types", values: readonly string[]): readonly string[] | undefined {
  if (name === "types") {
    return values;
  }
  const isKnown = values.every((value) =>
    /^(?:es20(?:1[5-9]|2[0-4])|esnext|dom|dom\.iterable)$/i.test(value),
  );
  return isKnown ? values.map((value) => `lib.${value.toLowerCase()}.d.ts`) : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
