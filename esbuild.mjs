/**
 * Builds the product into dist/. `--watch` rebuilds on change, `--production` leaves out source maps and
 * minifies, `--out <folder>` builds elsewhere, `--vendor` also puts beside the bundles what they load at run time, for a .vsix that has no
 * node_modules.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import jsTokens from "js-tokens";
import { writeEmptyCluster, writeSmallCluster } from "./scripts/emptyCluster.mjs";
import { neededTypeScript } from "./scripts/neededTypeScript.mjs";
import { compress, quickly, small } from "./scripts/packedFiles.mjs";
import { writePackedPglite } from "./scripts/packedPglite.mjs";
import { buildShared } from "./scripts/sharedBundles.mjs";
import { bundledPackages, thirdPartyNotices } from "./scripts/thirdPartyNotices.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const isProduction = process.argv.includes("--production");
const isWatch = process.argv.includes("--watch");
const outIndex = process.argv.indexOf("--out");
const outputFolder = path.resolve(root, outIndex < 0 ? "dist" : process.argv[outIndex + 1]);

/** Loaded at run time from node_modules, or not at all: the user's own, native, or too large for a bundle. */
const loadedAtRunTime = [
  "vscode",
  "typescript",
  "typeorm",
  "prettier",
  "@electric-sql/pglite",
  "@electric-sql/pglite/*",
  "pg-native",
  "better-sqlite3",
];

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  external: loadedAtRunTime,
  minifySyntax: isProduction,
  minifyWhitespace: isProduction,
  minifyIdentifiers: isProduction,
  sourcemap: isProduction ? false : "linked",
  metafile: true,
  logLevel: "warning",
  logOverride: { "import-is-undefined": "error" },
};

/**
 * Modules that most commands do not need, loaded when something of them is first used. The driver and the parser, each
 * in a bundle of its own, take longer to load than all the rest of the command line, and that longer than what the
 * commands that only read consist of.
 */
const lazyModules = new Map([
  ["pg", "./pg.js"],
  ["@babel/parser", "./babelParser.js"],
  ["../source/parseRevisionFile", "./revisionParser.js"],
  ["../source/python/printPythonRevision", "./pythonTemplate.js"],
  ["../source/python/convert/convertRevision", "./convertPython.js"],
  ["../lint/pythonSql", "./pythonSql.js"],
  ["libpg-query", "./pgQuery.js"],
  ["smol-toml", "./toml.js"],
  ["dotenv", "./dotenv.js"],
  ["cross-spawn", "./crossSpawn.js"],
  ["./everyCommand", "./everyCommand.js"],
  ["./readingCommand", "./readingCommand.js"],
  ["./mcpServer", "./mcpServer.js"],
  ...[
    "node:child_process",
    "node:crypto",
    "node:fs/promises",
    "node:perf_hooks",
    "node:tls",
    "node:worker_threads",
  ].map((name) => [name, name]),
]);
/** What our own lazy modules export. */
const ownExports = new Map([
  ["./everyCommand", ["runEveryCommand", "describeOfEvery"]],
  ["./readingCommand", ["runReadingCommand", "describeOfReading"]],
  ["./mcpServer", ["runMcpServer"]],
]);
/** And the reader of what is no plain header, which few projects need. */
const readersExports = new Map([
  ["../source/parseRevisionFile", ["parseRevisionFile"]],
  ["../source/python/printPythonRevision", ["printPythonRevision", "UnreadableTemplate"]],
  ["../source/python/convert/convertRevision", ["convertRevision"]],
  ["../lint/pythonSql", ["readPythonSql"]],
]);

/** Puts in the place of a lazy module one whose exports load it. */
const loadLazily = {
  name: "load-lazily",
  setup({ onResolve, onLoad }) {
    onResolve(
      {
        filter:
          /^(pg|libpg-query|@babel\/parser|\.\.\/source\/(parseRevisionFile|python\/(printPythonRevision|convert\/convertRevision))|\.\.\/lint\/pythonSql|smol-toml|dotenv|cross-spawn|node:(child_process|crypto|fs\/promises|perf_hooks|tls|worker_threads)|\.\/((every|reading)Command|mcpServer))$/,
      },
      ({ path: name, namespace }) =>
        namespace === "lazy" ? { path: name, external: true } : { path: name, namespace: "lazy" },
    );
    onResolve({ filter: /^\.\//, namespace: "lazy" }, ({ path: file }) => ({ path: file, external: true }));
    onLoad({ filter: /.*/, namespace: "lazy" }, ({ path: name }) => {
      const exported =
        ownExports.get(name) ??
        readersExports.get(name) ??
        Object.keys(createRequire(import.meta.url)(name)).filter((key) => key !== "default");
      const file = JSON.stringify(lazyModules.get(name));
      const load = ownExports.has(name)
        ? `require("./loadBundle.js").loadBundle(${file})`
        : `require(${file})`;
      // A list of names takes a quarter of the bytes that a getter written out for each would.
      const contents = `for (const name of ${JSON.stringify(exported)})
        Object.defineProperty(exports, name, { enumerable: true, get: () => ${load}[name] });`;
      return { contents, resolveDir: root };
    });
  },
};

/** Loads a module for the bundles that `loadBundle` keeps compiled: there, V8 knows nothing of Node's `import()`. */
const importing = "dynImp";
const importBanner = `"use strict";const ${importing}=(name)=>require("./importModule.js").importModule(name);`;

/** Puts that in the place of `import()`; a word of the same length, so that the source maps stay right. */
function importElsewhere(text) {
  const tokens = Array.from(jsTokens(text), ({ value }) => value);
  const isImport = (value, index) => value === "import" && tokens[index + 1] === "(";
  return tokens.map((value, index) => (isImport(value, index) ? importing : value)).join("");
}

const importElsewhereInReading = {
  name: "import-elsewhere",
  setup({ onEnd }) {
    onEnd(({ errors }) => {
      if (errors.length === 0) {
        const file = path.join(outputFolder, "readingCommand.js");
        writeFileSync(file, importElsewhere(readFileSync(file, "utf8")));
      }
    });
  },
};

/** Copies the editor's names once, and not for each of the files that import them: that takes long when the editor starts. */
const copyEditorOnce = {
  name: "copy-editor-once",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ path: name, namespace }) =>
      namespace === "editor" ? { path: name, external: true } : { path: name, namespace: "editor" },
    );
    onLoad({ filter: /.*/, namespace: "editor" }, () => ({ contents: 'export * from "vscode";' }));
  },
};

/** PostgreSQL's grammar, in WebAssembly. */
const grammarFile = "grammar.bin";

async function packGrammar() {
  const content = readFileSync(path.join(root, "node_modules/libpg-query/wasm/libpg-query.wasm"));
  writeFileSync(
    path.join(outputFolder, grammarFile),
    await compress(content, isProduction ? small : quickly),
  );
}

/** Gives the grammar to the code that would read it from a file beside it. */
const unpackGrammar = {
  name: "unpack-grammar",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]libpg-query[\\/]wasm[\\/]libpg-query\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, "utf8");
      const contents = text.replace(
        "async function getWasmBinary(binaryFile){",
        `$&return require("node:zlib").brotliDecompressSync(require("node:fs").readFileSync(__dirname + "/${grammarFile}"));`,
      );
      if (contents === text) {
        throw new Error("libpg-query takes its code from elsewhere than before: see esbuild.mjs.");
      }
      return { contents };
    });
  },
};

/** What each bundle must never hold: it would be slow to load, or a second copy of what is the user's. */
const bundles = [
  {
    options: {
      format: "cjs",
      entryPoints: { extension: "src/extension/extension.ts" },
      plugins: [copyEditorOnce],
    },
    banned: [
      "typeorm",
      "typescript",
      "pg",
      "@electric-sql/pglite",
      "@babel/parser",
      "@lezer/python",
      "commander",
      "prettier",
      "libpg-query",
      "zod",
    ],
  },
  {
    // Loaded by the extension when they are first needed.
    options: {
      format: "cjs",
      entryPoints: {
        parser: "src/extension/project/parserModule.ts",
        engineClient: "src/extension/engine/engineProcess.ts",
        handlers: "src/extension/commands/handlers.ts",
        findTypeorm: "src/extension/firstContact/findTypeorm.ts",
        quickFixes: "src/extension/quickFixes/quickFixes.ts",
        testExplorer: "src/extension/testExplorer/testExplorer.ts",
        problemText: "src/extension/diagnostics/problemText.ts",
        callSql: "src/sql/callSql.ts",
        graphPanel: "src/extension/graph/graphPanel.ts",
        lintDocuments: "src/extension/lint/lintDocuments.ts",
        navigation: "src/extension/navigation/navigation.ts",
        languageModel: "src/extension/languageModel/tools.ts",
      },
      alias: { "@babel/parser": "./babelParser.js", "libpg-query": "./pgQuery.js" },
      external: [...loadedAtRunTime, "./babelParser.js", "./pgQuery.js"],
      plugins: [copyEditorOnce],
    },
    banned: ["typeorm", "typescript", "pg", "@babel/parser", "libpg-query"],
  },
  {
    options: {
      format: "cjs",
      entryPoints: {
        cli: "src/cli/main.ts",
        importModule: "src/cli/importModule.ts",
        loadBundle: "src/cli/loadBundle.ts",
        index: "src/index.ts",
      },
      plugins: [loadLazily],
    },
    banned: ["typeorm", "typescript", "prettier", "pg", "@babel/parser", "zod"],
  },
  {
    sharedName: "sharedSource",
    options: {
      entryPoints: {
        revisionParser: "src/source/parseRevisionFile.ts",
        pythonTemplate: "src/source/python/printPythonRevision.ts",
        convertPython: "src/source/python/convert/convertRevision.ts",
        pythonSql: "src/lint/pythonSql.ts",
      },
      banner: { js: importBanner },
      plugins: [loadLazily],
    },
    banned: ["typeorm", "typescript", "prettier", "pg", "@babel/parser"],
  },
  {
    // All that the product can do, and three ways to it.
    sharedName: "shared",
    options: {
      entryPoints: {
        engine: "src/engine/main.ts",
        everyCommand: "src/cli/everyCommand.ts",
        mcpServer: "src/cli/mcpServer.ts",
      },
      banner: { js: importBanner },
      plugins: [loadLazily],
    },
    banned: ["typeorm", "typescript", "prettier", "pg", "@babel/parser"],
  },
  {
    // It shares nothing: to load five files instead of one takes a twentieth of what `heads` does.
    options: {
      format: "cjs",
      entryPoints: { readingCommand: "src/cli/readingCommand.ts" },
      banner: { js: importBanner },
      plugins: [loadLazily, importElsewhereInReading],
    },
    banned: ["typeorm", "typescript", "prettier", "pg", "@babel/parser"],
  },
  {
    options: {
      format: "cjs",
      entryPoints: {
        pg: "node_modules/pg/lib/index.js",
        babelParser: "node_modules/@babel/parser/lib/index.js",
        toml: createRequire(import.meta.url).resolve("smol-toml"),
        dotenv: createRequire(import.meta.url).resolve("dotenv"),
        crossSpawn: "node_modules/cross-spawn/index.js",
        pgQuery: "node_modules/libpg-query/wasm/index.cjs",
      },
      // It would only be asked whether this is a worker of Cloudflare's, and loads Node's whole `fetch` for that.
      define: { Response: "undefined" },
      plugins: [unpackGrammar],
    },
    banned: ["typeorm", "typescript", "prettier"],
  },
  {
    // The graph page: runs in the editor's window, with the style sheet beside it.
    options: {
      format: "iife",
      platform: "browser",
      target: "chrome128",
      entryPoints: { graph: "src/webview/graph/main.ts" },
    },
    banned: ["typeorm", "typescript", "pg", "vscode-jsonrpc"],
  },
  {
    // Runs in TypeScript's server.
    options: { format: "cjs", entryPoints: { typesPlugin: "src/typesPlugin/main.ts" } },
    banned: ["typeorm", "typescript", "pg"],
  },
  {
    // Runs in Node's own thread for module hooks, so it can't be part of another bundle.
    options: {
      format: "cjs",
      entryPoints: { loaderHooks: "src/project/loader/loaderHooks.ts" },
      plugins: [loadLazily],
    },
    banned: ["typeorm", "typescript", "pg", "@babel/parser"],
  },
];

/** What was built; nothing while it is built on each change. */
async function buildBundles(settings, sharedName) {
  if (sharedName !== undefined) {
    return buildShared(settings, sharedName, importElsewhere, isWatch);
  }
  if (isWatch) {
    await (await context(settings)).watch();
    return undefined;
  }
  return (await build(settings)).metafile;
}

function packageOf(input) {
  const match = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input);
  return match?.[1];
}

function checkBanned(metafile, banned) {
  for (const input of Object.keys(metafile.inputs)) {
    const name = packageOf(input);
    if (name !== undefined && banned.includes(name)) {
      throw new Error(`${Object.keys(metafile.outputs).join(", ")} must not hold ${name} (${input})`);
    }
  }
}

/** What `vendor` puts beside the bundles; their licences are among the notices. */
const vendored = ["@electric-sql/pglite", "prettier", "typescript"];

function writeNotices(metafiles) {
  const isVendor = process.argv.includes("--vendor");
  const names = isVendor ? vendored.map((name) => `node_modules/${name}`) : [];
  const folders = [...new Set([...bundledPackages(metafiles), ...names])].sort();
  // Its package has no text of its own for it.
  const postgresql = readFileSync(path.join(root, "scripts", "postgresqlNotice.txt"), "utf8").trim();
  const text = thirdPartyNotices(
    folders.map((folder) => path.resolve(root, folder)),
    isVendor ? [postgresql] : [],
  );
  writeFileSync(path.join(outputFolder, noticesFile), text);
}

function vendor() {
  const target = path.join(outputFolder, "node_modules");
  rmSync(target, { recursive: true, force: true });
  vendorPglite();
  copyPackage("typescript", (file) =>
    /^(package\.json|lib\/lib\.(es\d+|decorators)[\w.]*\.d\.ts)$/.test(file),
  );
  // Its comments are for those who read them in an editor.
  const libraries = path.join(target, "typescript", "lib");
  for (const name of readdirSync(libraries)) {
    const file = path.join(libraries, name);
    writeFileSync(file, readFileSync(file, "utf8").replace(/^[ \t]*\/\*\*?[^!*][^]*?\*\/[ \t]*\n/gm, ""));
  }
  copyPackage("prettier", (file) =>
    /^(package\.json|standalone\.mjs|plugins\/(babel|estree)\.mjs)$/.test(file),
  );

  /** Its code for Node; the files that it would read are packed. */
  function vendorPglite() {
    const name = "@electric-sql/pglite";
    copyPackage(name, (file) => /^dist\/(index|chunk-\w+|fs\/nodefs|node-postgres\/index)\.js$/.test(file));
    const { version, license } = JSON.parse(
      readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8"),
    );
    const exports = { ".": "./dist/index.js", "./node-postgres": "./dist/node-postgres/index.js" };
    writeFileSync(
      path.join(target, name, "package.json"),
      JSON.stringify({ name, version, license, type: "module", exports }),
    );
  }

  function copyPackage(name, isWanted) {
    const source = path.join(root, "node_modules", name);
    for (const file of readdirSync(source, { recursive: true, withFileTypes: true })) {
      const relative = path.relative(source, path.join(file.parentPath, file.name)).replaceAll(path.sep, "/");
      if (file.isFile() && isWanted(relative)) {
        const destination = path.join(target, name, relative);
        mkdirSync(path.dirname(destination), { recursive: true });
        cpSync(path.join(source, relative), destination);
      }
    }
  }
}

/** The editor looks for plugins of TypeScript's server in `node_modules` beside the manifest, and nowhere else. */
function writeTypesPluginPackage() {
  const { version, contributes } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const { name } of contributes.typescriptServerPlugins) {
    const folder = path.join(root, "node_modules", name);
    const main = path.relative(folder, path.join(root, "dist", "typesPlugin.js")).replaceAll(path.sep, "/");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, version, main }));
  }
}

/** An embedded database that is empty. */
const clusterFile = "emptyCluster.bin";

/** TypeScript, for a .vsix. */
const compilerFile = "typescript.bin";

/** PGlite, for a .vsix. */
const pgliteFiles = ["pgliteCode.bin", "pgliteFiles.bin"];

/** The archives of the contrib modules that the embedded database offers. */
function contribArchives() {
  const source = readFileSync(path.join(root, "src/database/embeddedExtensions.ts"), "utf8");
  const modules = Array.from(source.matchAll(/pglite\/contrib\/(\w+)"/g), ([, name]) => name);
  return modules.map((name) => (name === "uuid_ossp" ? "uuid-ossp" : name));
}

const noticesFile = "ThirdPartyNotices.txt";
const written = new Set([
  "node_modules",
  "types",
  noticesFile,
  grammarFile,
  clusterFile,
  compilerFile,
  ...pgliteFiles,
]);
const metafiles = [];
for (const { options, banned, sharedName } of bundles) {
  const entries = Object.values(options.entryPoints).filter((entry) => existsSync(path.resolve(root, entry)));
  if (entries.length < Object.keys(options.entryPoints).length) {
    throw new Error(`missing entry among ${Object.values(options.entryPoints).join(", ")}`);
  }
  const metafile = await buildBundles({ ...common, ...options, outdir: outputFolder }, sharedName);
  if (metafile !== undefined) {
    checkBanned(metafile, banned);
    metafiles.push(metafile);
    const description = `${Object.keys(options.entryPoints).join("-")}.meta.json`;
    writeFileSync(path.join(outputFolder, description), JSON.stringify(metafile));
    const outputs = Object.keys(metafile.outputs).map((output) => path.basename(output));
    for (const name of [
      description,
      ...outputs,
      ...(sharedName ? outputs.map((output) => `${output}.map`) : []),
    ]) {
      written.add(name);
    }
  }
}
writeTypesPluginPackage();
await packGrammar();
await (isProduction ? writeSmallCluster : writeEmptyCluster)(path.join(outputFolder, clusterFile));
if (!isWatch) {
  writeNotices(metafiles);
  // Last, and only what is left of earlier builds: a program that is running may load any of the others.
  for (const name of readdirSync(outputFolder).filter((file) => !written.has(file))) {
    rmSync(path.join(outputFolder, name), { recursive: true, force: true });
  }
}
if (process.argv.includes("--vendor")) {
  vendor();
  const compiler = await neededTypeScript(path.join(root, "src"));
  writeFileSync(path.join(outputFolder, compilerFile), await compress(compiler, small));
  await writePackedPglite(outputFolder, contribArchives());
}
