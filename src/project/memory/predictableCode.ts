import { isBuiltin } from "node:module";

/**
 * What makes a file give something else the next time that it runs: the clock, chance, the process and the machine, other
 * ways to load code, and a database that is connected. The words are looked for in the whole text, comments too: what is
 * taken for one by mistake costs time only.
 */
const changing: readonly RegExp[] = [
  /\bnew\s+Date\b|\bDate\s*[.([?]|[=(,:]\s*Date\s*[;})\]]|\breturn\s+Date\b/,
  /\bMath\s*\[|\brandom\b/,
  /\b(?:performance|hrtime|crypto|randomUUID|randomBytes|getRandomValues|Intl|navigator|WebAssembly)\b/,
  /\b(?:fetch|eval|Function|XMLHttpRequest|WebSocket|Worker)\s*\(|\bnew\s+Function\b|\.constructor\s*\(/,
  /\b(?:globalThis|createRequire|getBuiltinModule|SharedArrayBuffer|Atomics)\b|\bglobal\s*[.[]/,
  /\bprocess\b(?!\s*\.\s*env\b)|\bmodule\b(?!\s*\.\s*exports\b)|\brequire\b(?!\s*\(\s*["'])/,
  /\b(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|nextTick)\b|\btoLocale|\bgetTimezoneOffset\b/,
  /\bimport\s*\(|\bimport\.meta\b|\binitialize\s*\(|\.stack\b/,
];

/** A class as the type of a member, which the compiler writes. */
const emittedType = /\("design:(?:type|returntype)", Date\)/g;
const emittedParameters = /\("design:paramtypes", \[[\w$., ]*\]\)/g;

/** Modules of Node that give the same for the same arguments. */
const predictableModules = new Set([
  "assert",
  "buffer",
  "events",
  "path",
  "path/posix",
  "string_decoder",
  "url",
  "util",
]);

/**
 * Packages that depend on no more than their own files and variables of the process; `dotenv` also on what is observed of
 * it.
 */
export const predictablePackages: ReadonlySet<string> = new Set([
  "class-transformer",
  "class-validator",
  "dotenv",
  "dotenv-expand",
  "reflect-metadata",
  "tslib",
  "typeorm",
  "typeorm-naming-strategies",
]);

/**
 * Whether the JavaScript of a CommonJS file gives the same whenever it runs, as long as what it requires and the
 * variables of the process that it reads are the same.
 */
export function isPredictable(code: string): boolean {
  const text = code
    .replace(/\n\/\/# sourceMappingURL=\S*\s*$/, "")
    .replace(emittedType, "")
    .replace(emittedParameters, "");
  return (
    !changing.some((pattern) => pattern.test(text)) &&
    requestsOf(text).every((name) => !isBuiltin(name) || predictableModules.has(name.replace(/^node:/, "")))
  );
}

/** What a text requires: every literal that a call names. */
export function requestsOf(code: string): readonly string[] {
  return [...code.matchAll(/\brequire\s*\(\s*(["'])(.*?)\1/g)].map(([, , name = ""]) => name);
}

/** Whether the files of a package run alike whenever they are loaded. */
export function isPredictablePackage(name: string): boolean {
  return predictablePackages.has(name);
}
