// The floors of the house, from the roof down: a folder below src/ imports only folders of lower floors, types included.
const floors = [
  ["extension"],
  ["cli", "engine"],
  ["agentTools", "commands"],
  ["commute", "dataTests"],
  ["drift"],
  ["roundTrip", "measure"],
  ["autogenerate"],
  ["run"],
  ["context"],
  ["database", "project"],
  ["machine"],
  ["lint"],
  ["sql"],
  ["source"],
  ["operations"],
  ["schema", "revision", "typeorm"],
  ["sqlText"],
  ["webview", "typesPlugin", "outputs"],
];

const pure = "^src/(revision|source|schema|operations|sql|sqlText|lint|autogenerate/(compare|plan))/";

// The same within the extension: what tests see, the commands and the features on top, and at the bottom what all of them use.
const extensionFloors = [
  ["testing"],
  ["commands", "decorations", "graph", "lens", "navigation"],
  ["lint", "quickFixes", "tree"],
  ["autogenerate", "diagnostics"],
  ["applied", "firstContact", "git", "languageModel", "preview", "statusBar", "tasks", "testExplorer"],
  ["measure"],
  ["actions"],
  ["database", "environments", "python"],
  ["engine", "project"],
  ["shared"],
];

function floorRules(parent, floors, everybodys) {
  return floors.flatMap((folders, floor) => {
    const lower = floors.slice(floor + 1).flat();
    return folders.map((folder) => ({
      name: `${parent.slice("src/".length)}${folder}-imports-lower-floors`,
      comment: `${parent}${folder} may import: ${lower.join(", ") || "nothing of the others"}.`,
      severity: "error",
      from: { path: `^${parent}${folder}/` },
      to: {
        path: `^${parent}`,
        pathNot: [`^${parent}${folder}/`, everybodys, ...lower.map((name) => `^${parent}${name}/`)],
      },
    }));
  });
}

function knownFolders(parent, floors) {
  return {
    name: `known-folders-of-${parent}`,
    comment: `A new folder below ${parent} is given its floor here.`,
    severity: "error",
    from: { path: `^${parent}[^/]+/`, pathNot: floors.flat().map((folder) => `^${parent}${folder}/`) },
    to: {},
  };
}

// eslint-disable-next-line no-restricted-syntax -- dependency-cruiser reads the default export.
export default {
  forbidden: [
    ...floorRules("src/", floors, "^src/version\\.ts$"),
    ...floorRules("src/extension/", extensionFloors, "^src/extension/(contributions|services)\\.ts$"),
    knownFolders("src/", floors),
    knownFolders("src/extension/", extensionFloors),
    {
      name: "extension-host-runs-no-engine",
      comment: "What the extension takes of the engine and its commands are types, and what is pure.",
      severity: "error",
      from: { path: "^src/extension/" },
      to: {
        path: "^src/(cli|engine|commands|commute|dataTests|roundTrip|autogenerate|run|context|database|project|machine|sql|operations|schema|typeorm)/",
        pathNot:
          "^src/(engine/(protocol|changesDatabase)|project/(staticConfig|redact)|machine/(regularFile|mainBranch|spelling))\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
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
      to: { circular: true },
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
