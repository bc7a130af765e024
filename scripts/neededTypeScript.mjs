/**
 * TypeScript for the .vsix: what the loader uses of it, minified. A compiler needs a third of the file; the rest is for editors.
 */
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { build } from "esbuild";

/**
 * What TypeScript does at its start for the sake of editors: it lists its fixes, refactorings and names. Without this, the bundler
 * sees that nobody needs their code.
 */
const registrations =
  /^(?:module\.exports = __toCommonJS|registerCodeFix|registerRefactor|__export)\([^\n]*(?:\n(?:[ }\])][^\n]*)?)*?\)(?: \};)?;$/gm;

/** The messages, a property of one object each, and the fix in an editor that asks for all of them. */
const messageTable = /^var Diagnostics = \{\n([^]*?)\n\};$/m;
const listsMessages = /^var \w+ = mapDefined\(Object\.keys\(Diagnostics\),[^]*?^\}\);$/m;

/**
 * Makes a variable of each message, so that the bundler sees which nobody needs, and without the key under which a translation is
 * found: there is none.
 */
function withLooseMessages(text) {
  const table = messageTable.exec(text)?.[1];
  if (table === undefined) {
    throw new Error("TypeScript has its messages elsewhere than before: see scripts/neededTypeScript.mjs.");
  }
  const variables = table.replace(
    /^  (\w+): diag\(\s*([\de]+),\s*(\d) \/\* \w+ \*\/,\s*"[^"]*",([^]*?)\),?$(?=\n  \w|(?![^]))/gm,
    'var message_$1 = /* @__PURE__ */ diag($2, $3, "", $4);',
  );
  const loose = text
    .replace(listsMessages, "")
    .replace(messageTable, () => variables)
    .replace(/\bDiagnostics\.(\w+)/g, "message_$1");
  if (/^  \w+: diag\(|\bDiagnostics\[|\(Diagnostics\b/m.test(loose)) {
    throw new Error(
      "TypeScript uses its messages in another way than before: see scripts/neededTypeScript.mjs.",
    );
  }
  return loose;
}

/**
 * @param {string} sources the folder below which modules use the compiler: what they name is kept
 * @returns {Promise<Uint8Array>} its text, as a CommonJS module
 */
export async function neededTypeScript(sources) {
  const load = createRequire(import.meta.url);
  const file = load.resolve("typescript");
  const text = readFileSync(file, "utf8");
  const begin = text.indexOf('"use strict";');
  const end = text.lastIndexOf("0 && (module.exports");
  if (begin < 0 || end < 0) {
    throw new Error("TypeScript's file has another form than before: see scripts/neededTypeScript.mjs.");
  }
  const kept = withLooseMessages(text.slice(begin, end).replace(registrations, ""));
  const words = new Set(
    readdirSync(sources, { recursive: true })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(path.join(sources, name), "utf8"))
      .filter((source) => source.includes("TypeScriptCompiler") || source.includes("loadTypeScript"))
      .flatMap((source) => source.match(/\b[A-Za-z]\w*/g) ?? []),
  );
  const isDeclared = (name) =>
    new RegExp(`^(?:async )?(?:function|var|let|const|class) ${name}\\b`, "m").test(kept);
  const names = Object.keys(load("typescript")).filter((name) => words.has(name) && isDeclared(name));
  const { outputFiles } = await build({
    stdin: {
      contents: `${kept}\nexport { ${names.join(", ")} };\n`,
      loader: "js",
      sourcefile: "typescript.js",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minify: true,
    // The notices have its licence.
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  return outputFiles[0].contents;
}
