// The arrows between the parts: each folder below src/ imports only the folders named beside it.
const mayImport = {
  revision: [],
  schema: [],
  source: ["revision"],
  operations: ["schema"],
  sql: ["operations", "schema"],
  machine: [],
  database: ["sql", "schema", "machine"],
  typeorm: ["schema"],
  project: ["source", "revision", "machine"],
  commands: ["revision", "source", "schema", "operations", "sql", "database", "typeorm", "project"],
  // A failure and a revision are worded once, by their own folders.
  cli: [
    "commands",
    "revision",
    "project/errors",
    "project/redact",
    "database/databaseError",
    "typeorm/entityError",
  ],
  engine: ["commands", "revision", "project/errors", "project/redact", "database/databaseError"],
  // The reading of a configuration's literals runs nothing and is pure, and so is the leaving out of passwords.
  extension: [
    "revision",
    "source",
    "engine/protocol",
    "engine/changesDatabase",
    "project/staticConfig",
    "project/redact",
    "project/regularFile",
    "webview/[^/]+/protocol",
  ],
  webview: [],
};

/** What a folder may import of others as types alone: they leave no trace in the bundles. */
const mayImportTypes = {
  project: ["operations", "sql"],
  cli: ["revision", "source", "schema", "operations", "database", "project"],
  engine: ["revision", "source", "schema", "operations", "database", "project"],
  extension: ["commands", "engine"],
  webview: ["revision", "extension"],
};

const pure = "^src/(revision|source|schema|operations|sql)/";

function arrowsOf([folder, imports]) {
  const own = `^src/${folder}/`;
  const allowed = [own, "^src/version\\.ts$", ...imports.map((name) => `^src/${name}(/|\\.ts$)`)];
  const allowedTypes = [...allowed, ...(mayImportTypes[folder] ?? []).map((name) => `^src/${name}/`)];
  return [
    {
      name: `${folder}-imports`,
      comment: `src/${folder} may import: ${imports.join(", ") || "nothing of the others"}.`,
      severity: "error",
      from: { path: own },
      to: { path: "^src/", pathNot: allowed, dependencyTypesNot: ["type-only"] },
    },
    {
      name: `${folder}-type-imports`,
      severity: "error",
      from: { path: own },
      to: { path: "^src/", pathNot: allowedTypes, dependencyTypes: ["type-only"] },
    },
  ];
}

// eslint-disable-next-line no-restricted-syntax -- dependency-cruiser reads the default export.
export default {
  forbidden: [
    ...Object.entries(mayImport).flatMap(arrowsOf),
    {
      name: "known-folders",
      comment: "A new folder below src/ is given its arrows here.",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: Object.keys(mayImport).map((folder) => `^src/${folder}/`) },
      to: {},
    },
    {
      name: "index-is-types",
      comment:
        "src/index.ts is what revision files and configs import: types, and the few functions that they call.",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: {
        path: "^src/",
        pathNot: "^src/(project/alembicConfig|operations/(sqlFragment|invertOperation))\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "pure-folders-have-no-node",
      severity: "error",
      from: { path: pure },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "vscode-only-in-extension",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/extension/" },
      to: { path: "^vscode$|@types/vscode" },
    },
    {
      name: "extension-host-stays-light",
      comment: "Drivers, TypeORM and user code live in the engine's process.",
      severity: "error",
      from: { path: "^src/extension/" },
      to: { path: "node_modules/(pg|typeorm|typescript|@electric-sql)/" },
    },
    {
      name: "no-unresolved",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true, pathNot: "^vscode$" },
    },
    { name: "src-imports-no-tests", severity: "error", from: { path: "^src/" }, to: { path: "^test/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
