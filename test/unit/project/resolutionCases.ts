/** A project whose `src/main.ts` imports `value` of the one file that is meant. */
export interface ResolutionCase {
  readonly name: string;
  readonly specifier: string;
  /** The file that is meant. */
  readonly found: string;
  /** The `compilerOptions` of its tsconfig.json. */
  readonly options?: object;
  /** What package.json has besides the kind of its modules. */
  readonly manifest?: object;
  readonly files?: Readonly<Record<string, string>>;
  /** Links, and the folders that they lead to. */
  readonly links?: Readonly<Record<string, string>>;
  /** Where only `tsc` finds it, and `tsx` does not: in both kinds of modules, or in one. */
  readonly isUnknownToTsx?: true | "ESM";
  /** Set where only one of the two kinds of modules knows it. */
  readonly format?: "CommonJS" | "ESM";
}

const workspace = { "node_modules/@shop/cups": "packages/cups" };

function packaged(manifest: object): Readonly<Record<string, string>> {
  return {
    "packages/cups/package.json": JSON.stringify({ name: "@shop/cups", version: "1.0.0", ...manifest }),
  };
}

export const resolutionCases: readonly ResolutionCase[] = [
  { name: "no extension", specifier: "./cup", found: "src/cup.ts" },
  { name: ".js for .ts", specifier: "./cup.js", found: "src/cup.ts" },
  { name: ".js for .tsx", specifier: "./cup.js", found: "src/cup.tsx" },
  { name: ".jsx for .tsx", specifier: "./cup.jsx", found: "src/cup.tsx" },
  { name: ".mjs for .mts", specifier: "./cup.mjs", found: "src/cup.mts", format: "ESM" },
  { name: ".cjs for .cts", specifier: "./cup.cjs", found: "src/cup.cts" },
  {
    name: ".ts by name",
    specifier: "./cup.ts",
    found: "src/cup.ts",
    options: { allowImportingTsExtensions: true },
  },
  { name: "a dot in the name", specifier: "./cup.entity", found: "src/cup.entity.ts" },
  { name: "a dot in the name, and .js", specifier: "./cup.entity.js", found: "src/cup.entity.ts" },
  { name: "a folder", specifier: "./cups", found: "src/cups/index.ts" },
  { name: "the folder itself", specifier: ".", found: "src/index.ts" },
  { name: "the folder above", specifier: "..", found: "index.ts" },
  {
    name: "a folder whose package.json names a source",
    specifier: "./cups",
    found: "src/cups/lib/cup.ts",
    files: { "src/cups/package.json": `{ "main": "./lib/cup.ts" }` },
    isUnknownToTsx: "ESM",
  },
  { name: "paths", specifier: "~/cup", found: "src/cup.ts", options: { paths: { "~/*": ["./src/*"] } } },
  {
    name: "paths relative to baseUrl",
    specifier: "~/cup",
    found: "src/cup.ts",
    options: { baseUrl: "./src", paths: { "~/*": ["*"] } },
  },
  {
    name: "paths with several targets",
    specifier: "~/cup",
    found: "src/cup.ts",
    options: { paths: { "~/*": ["./nowhere/*", "./src/*", "./lib/*"] } },
    files: { "lib/cup.ts": `export const value: string = "another";` },
  },
  {
    name: "the longest of the paths",
    specifier: "~/shop/cup",
    found: "src/cup.ts",
    options: { paths: { "*": ["./lib/*"], "~/*": ["./lib/*"], "~/shop/*": ["./src/*"] } },
    files: { "lib/shop/cup.ts": `export const value: string = "another";` },
  },
  {
    name: "paths with a wildcard in the middle",
    specifier: "~/cup/entity",
    found: "src/cup.entity.ts",
    options: { paths: { "~/*/entity": ["./src/*.entity.ts"] } },
  },
  {
    name: "an exact path",
    specifier: "cup",
    found: "src/cup.ts",
    options: { paths: { cup: ["./src/cup"] } },
  },
  {
    name: "paths that lead to a folder",
    specifier: "@shop/cups",
    found: "libs/cups/src/index.ts",
    options: { paths: { "@shop/*": ["./libs/*/src"] } },
  },
  { name: "baseUrl alone", specifier: "src/cup", found: "src/cup.ts", options: { baseUrl: "." } },
  {
    name: "rootDirs",
    specifier: "./cup",
    found: "generated/cup.ts",
    options: { rootDirs: ["./src", "./generated"] },
    isUnknownToTsx: true,
  },
  {
    name: "moduleSuffixes",
    specifier: "./cup",
    found: "src/cup.server.ts",
    options: { moduleSuffixes: [".server", ""] },
    isUnknownToTsx: true,
  },
  {
    name: "imports of package.json",
    specifier: "#cup",
    found: "src/cup.ts",
    manifest: { imports: { "#cup": "./src/cup.ts" } },
  },
  {
    name: "imports of package.json that name what is built",
    specifier: "#entities/cup.js",
    found: "src/cup.ts",
    manifest: { imports: { "#entities/*": "./src/*" } },
  },
  {
    name: "imports of package.json with conditions",
    specifier: "#cup",
    found: "src/cup.ts",
    manifest: {
      imports: { "#cup": { browser: "./nowhere.ts", node: "./src/cup.ts", default: "./nowhere.ts" } },
    },
    options: { customConditions: ["node"] },
  },
  {
    name: "a condition of the project's own",
    specifier: "@shop/cups",
    found: "packages/cups/src/index.ts",
    options: { customConditions: ["source"] },
    files: packaged({ exports: { ".": { source: "./src/index.ts", default: "./dist/index.js" } } }),
    links: workspace,
    isUnknownToTsx: true,
  },
  {
    name: "the package itself",
    specifier: "shop/cup",
    found: "src/cup.ts",
    manifest: { name: "shop", exports: { "./cup": "./src/cup.ts" } },
  },
  {
    name: "a package of the workspace whose main file is a source",
    specifier: "@shop/cups",
    found: "packages/cups/src/index.ts",
    files: packaged({ main: "./src/index.ts" }),
    links: workspace,
  },
  {
    name: "a package of the workspace whose main file is named without its extension",
    specifier: "@shop/cups",
    found: "packages/cups/src/index.ts",
    files: packaged({ main: "src/index" }),
    links: workspace,
  },
  {
    name: "a package of the workspace that exports its source by a pattern",
    specifier: "@shop/cups/cup",
    found: "packages/cups/src/cup.ts",
    files: packaged({ exports: { "./*": "./src/*.ts" } }),
    links: workspace,
  },
  {
    name: "a package of the workspace that exports .js for a source",
    specifier: "@shop/cups",
    found: "packages/cups/src/index.ts",
    files: packaged({ exports: { ".": "./src/index.js" } }),
    links: workspace,
  },
  {
    name: "a file inside a package of the workspace",
    specifier: "@shop/cups/src/cup",
    found: "packages/cups/src/cup.ts",
    files: packaged({}),
    links: workspace,
  },
  {
    name: "an installed package that is TypeScript",
    specifier: "cups",
    found: "node_modules/cups/src/index.ts",
    files: {
      "node_modules/cups/package.json": `{ "name": "cups", "version": "1.0.0", "main": "./src/index.ts" }`,
    },
  },
  {
    name: "a source beside what it was compiled to",
    specifier: "./cup",
    found: "src/cup.ts",
    files: { "src/cup.js": `exports.value = "another";` },
  },
];

/** All files of a case, `value` in the one that is meant. */
export function filesOf(each: ResolutionCase, format: "CommonJS" | "ESM"): Readonly<Record<string, string>> {
  const kind = format === "ESM" ? "module" : "commonjs";
  const compilerOptions = { module: "preserve", moduleResolution: "bundler", noEmit: true, ...each.options };
  const fromMeant = Object.entries(each.files ?? {}).map(([name, text]) => [
    name,
    name.endsWith("package.json") ? JSON.stringify({ type: kind, ...(JSON.parse(text) as object) }) : text,
  ]);
  return {
    "package.json": JSON.stringify({ type: kind, ...each.manifest }),
    "tsconfig.json": JSON.stringify({ compilerOptions }),
    [each.found]: `export const value: string = "found";\n`,
    ...(Object.fromEntries(fromMeant) as Readonly<Record<string, string>>),
    "src/main.ts": `import { value } from "${each.specifier}";\nexport const meant: string = value;\n`,
  };
}
