/** Every name that the code and the manifest (`package.json`) share; a test compares the two. */

/** The plugin of TypeScript's server, for which the editor looks in the extension's `node_modules`. */
export const typesPluginName = "alembic-ts-types";

export const viewContainerId = "alembic";

export const viewIds = {
  revisions: "alembic.revisions",
  found: "alembic.found",
} as const;

export const commandIds = {
  upgrade: "alembic.upgrade",
  upgradeToHead: "alembic.upgradeToHead",
  downgrade: "alembic.downgrade",
  downgradeByOne: "alembic.downgradeByOne",
  stamp: "alembic.stamp",
  current: "alembic.current",
  history: "alembic.history",
  heads: "alembic.heads",
  branches: "alembic.branches",
  show: "alembic.show",
  newRevision: "alembic.newRevision",
  autogenerateRevision: "alembic.autogenerateRevision",
  writeRevision: "alembic.writeRevision",
  editRevisionMessage: "alembic.editRevisionMessage",
  discardRevision: "alembic.discardRevision",
  checkDrift: "alembic.checkDrift",
  showDrift: "alembic.showDrift",
  mergeHeads: "alembic.mergeHeads",
  checkHeads: "alembic.checkHeads",
  rebaseBranch: "alembic.rebaseBranch",
  squashRevisions: "alembic.squashRevisions",
  convertRevisions: "alembic.convertRevisions",
  deleteRevision: "alembic.deleteRevision",
  initialise: "alembic.initialise",
  setUp: "alembic.setUp",
  openWalkthrough: "alembic.openWalkthrough",
  installPackage: "alembic.installPackage",
  writeAgentFiles: "alembic.writeAgentFiles",
  createScriptFolder: "alembic.createScriptFolder",
  ensureVersion: "alembic.ensureVersion",
  adoptTypeorm: "alembic.adoptTypeorm",
  previewSql: "alembic.previewSql",
  checkStatus: "alembic.checkStatus",
  refresh: "alembic.refresh",
  openRevision: "alembic.openRevision",
  openConfig: "alembic.openConfig",
  copyCommandLine: "alembic.copyCommandLine",
  showLog: "alembic.showLog",
  showGraph: "alembic.showGraph",
  exportGraph: "alembic.exportGraph",
  showMenu: "alembic.showMenu",
  selectProject: "alembic.selectProject",
  selectEnvironment: "alembic.selectEnvironment",
  upgradeToRevision: "alembic.upgradeToRevision",
  downgradeBeforeRevision: "alembic.downgradeBeforeRevision",
  stampRevision: "alembic.stampRevision",
  previewUpgradeSql: "alembic.previewUpgradeSql",
  previewDowngradeSql: "alembic.previewDowngradeSql",
  measureLocks: "alembic.measureLocks",
  revealRevision: "alembic.revealRevision",
  copyRevisionId: "alembic.copyRevisionId",
  newRevisionAfter: "alembic.newRevisionAfter",
  showOlder: "alembic.showOlder",
  chooseParent: "alembic.chooseParent",
  restoreParent: "alembic.restoreParent",
  findRevisionInGit: "alembic.findRevisionInGit",
  filterRevisions: "alembic.filterRevisions",
  compareSql: "alembic.compareSql",
  exportSql: "alembic.exportSql",
  acceptAppliedText: "alembic.acceptAppliedText",
  explainProblem: "alembic.explainProblem",
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

export const contextKeys = {
  /** The search for configurations has ended once. */
  isReady: "alembic.isReady",
  hasProject: "alembic.hasProject",
  hasManyProjects: "alembic.hasManyProjects",
  hasRevisions: "alembic.hasRevisions",
  /** Projects, and no revision in any: told by one key, since two change one after the other and mean this in between. */
  awaitsFirstRevision: "alembic.awaitsFirstRevision",
  hasManyHeads: "alembic.hasManyHeads",
  /** The workspace has no configuration, and has a DataSource, entities or migrations of TypeORM. */
  hasTypeorm: "alembic.hasTypeorm",
  hasTypeormMigrations: "alembic.hasTypeormMigrations",
  /** Here a user has looked at the SQL of a revision; kept, like the next, for the walkthrough. */
  hasPreviewed: "alembic.hasPreviewed",
  /** A database of this workspace was seen at a revision. */
  hasUpgraded: "alembic.hasUpgraded",
  /** The active editor shows a revision file of a project. */
  isRevisionFile: "alembic.isRevisionFile",
  /** And it can be run: it is in TypeScript, or all of its project is Python's. */
  isRunnableRevision: "alembic.isRunnableRevision",
  /** Folders of revision files, by path, for the menu of the explorer. */
  revisionFolders: "alembic.revisionFolders",
} as const;

export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

export const settingsSection = "alembic";

/** Settings with their defaults. */
export const settingDefaults = {
  "codeLens.run": true,
  "codeLens.previewSql": true,
  "diagnostics.enabled": true,
  "lint.enabled": true,
  "statusBar.enabled": true,
  "decorations.enabled": true,
  "tree.followActiveFile": true,
  "graph.showAuthors": false,
  confirmUpgrade: "never",
  "python.interpreter": "",
  "python.name": "",
  "python.xArguments": [] as readonly string[],
} as const;

type Settings = typeof settingDefaults;

/** Settings that are on or off. */
export type SettingName = {
  [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never;
}[keyof Settings];

/** When an upgrade is asked about first; one of a production database always is. */
export const upgradeConfirmations = ["never", "severalPending", "always"] as const;

export type UpgradeConfirmation = (typeof upgradeConfirmations)[number];

export const taskType = "alembic";

/** What offers MCP servers to the editor. */
export const mcpProviderId = "alembic.mcpServers";

/** Scheme of the read-only SQL documents. */
export const sqlScheme = "alembic-sql";

/** Scheme of generated revisions that are shown and not written yet. */
export const revisionPreviewScheme = "alembic-revision";

/** Scheme of what the check for drift found. */
export const driftScheme = "alembic-drift";

/** Scheme of the schemas that are compared, and of the SQL that makes them alike. */
export const schemaScheme = "alembic-schema";

/** The controller of the Test Explorer. */
export const testControllerId = "alembic";

/** The walkthrough, by the name that the editor knows it by. */
export const walkthroughId = "alembic-ts.alembic-ts#start";

/** The steps of the walkthrough, each with the key that is true once it is done. */
export const walkthroughSteps: readonly { readonly step: string; readonly doneIf: ContextKey }[] = [
  { step: "project", doneIf: contextKeys.hasProject },
  { step: "revision", doneIf: contextKeys.hasRevisions },
  { step: "preview", doneIf: contextKeys.hasPreviewed },
  { step: "upgrade", doneIf: contextKeys.hasUpgraded },
];

/** The kind of webview that shows the graph. */
export const graphViewType = "alembic.graph";
