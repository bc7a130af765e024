import { acceptAppliedText } from "../applied/acceptAppliedText";
import { checkDrift } from "../autogenerate/checkDrift";
import { discardRevision, editRevisionMessage, writeRevision } from "../autogenerate/finishRevision";
import { autogenerateRevision } from "../autogenerate/proposeRevision";
import { showDrift } from "../autogenerate/showDrift";
import { commandIds } from "../contributions";
import { createScriptFolder } from "../firstContact/scriptFolder";
import { writeAgentFiles } from "../firstContact/agentFiles";
import { installPackage } from "../firstContact/installPackage";
import { initialise, setUp } from "../firstContact/setUp";
import { openWalkthrough } from "../firstContact/walkthrough";
import { selectEnvironment } from "../actions/selectEnvironment";
import { findRevisionInGit } from "../git/findRevisionInGit";
import { measureLocks } from "../measure/measureLocks";
import { exportSql } from "../preview/exportSql";
import { compareSql, previewRevision, previewRun } from "../preview/showPreview";
import { chooseParent } from "../quickFixes/chooseParent";
import { restoreParent } from "../quickFixes/restoreParent";
import type { Services } from "../services";
import { adoptTypeorm } from "../firstContact/adoptTypeorm";
import * as author from "../actions/author";
import { checkHeads } from "../actions/checkHeads";
import type { HandledCommandId } from "./handledCommands";
import * as inspect from "../actions/inspect";
import * as migrate from "../actions/migrate";
import * as projectCommands from "../actions/projectCommands";
import { deleteRevision } from "../actions/deleteRevision";
import { rebaseBranch } from "../actions/rebaseBranch";
import { convertRevisions } from "../actions/convertRevisions";
import { squashRevisions } from "../autogenerate/squashRevisions";

/** Entry of the bundle `dist/handlers.js`: what commands do. It is loaded with the first command. */

export { lensesOf, markLosses } from "../autogenerate/previewMarks";

/** `argument` is what a command is called on, `selection` all rows that were selected with it, where there are several. */
export type CommandHandler = (
  services: Services,
  argument: unknown,
  selection: unknown,
) => Promise<void> | void;

/** What each command does; the compiler names one that has no handler. */
export const handlers: Readonly<Record<HandledCommandId, CommandHandler>> = {
  [commandIds.upgrade]: migrate.upgrade,
  [commandIds.upgradeToHead]: migrate.upgradeToHead,
  [commandIds.upgradeToRevision]: migrate.upgradeToRevision,
  [commandIds.downgrade]: migrate.downgrade,
  [commandIds.downgradeByOne]: migrate.downgradeByOne,
  [commandIds.downgradeBeforeRevision]: migrate.downgradeBeforeRevision,
  [commandIds.stamp]: migrate.stamp,
  [commandIds.stampRevision]: migrate.stampRevision,
  [commandIds.ensureVersion]: migrate.ensureVersion,
  [commandIds.adoptTypeorm]: adoptTypeorm,
  [commandIds.current]: inspect.current,
  [commandIds.history]: inspect.history,
  [commandIds.heads]: inspect.heads,
  [commandIds.branches]: inspect.branches,
  [commandIds.show]: inspect.show,
  [commandIds.newRevision]: author.newRevision,
  [commandIds.newRevisionAfter]: author.newRevisionAfter,
  [commandIds.autogenerateRevision]: autogenerateRevision,
  [commandIds.writeRevision]: writeRevision,
  [commandIds.editRevisionMessage]: editRevisionMessage,
  [commandIds.discardRevision]: discardRevision,
  [commandIds.deleteRevision]: deleteRevision,
  [commandIds.checkDrift]: checkDrift,
  [commandIds.showDrift]: showDrift,
  [commandIds.mergeHeads]: author.mergeHeads,
  [commandIds.checkHeads]: checkHeads,
  [commandIds.rebaseBranch]: rebaseBranch,
  [commandIds.squashRevisions]: squashRevisions,
  [commandIds.convertRevisions]: convertRevisions,
  [commandIds.initialise]: initialise,
  [commandIds.setUp]: setUp,
  [commandIds.openWalkthrough]: openWalkthrough,
  [commandIds.installPackage]: installPackage,
  [commandIds.writeAgentFiles]: writeAgentFiles,
  [commandIds.createScriptFolder]: createScriptFolder,
  [commandIds.checkStatus]: projectCommands.checkStatus,
  [commandIds.refresh]: projectCommands.refresh,
  [commandIds.openRevision]: projectCommands.openTarget,
  [commandIds.openConfig]: projectCommands.openConfig,
  [commandIds.copyRevisionId]: projectCommands.copyRevisionId,
  [commandIds.copyCommandLine]: projectCommands.copyCommandLine,
  [commandIds.showMenu]: projectCommands.showMenu,
  [commandIds.selectProject]: projectCommands.selectProject,
  [commandIds.chooseParent]: chooseParent,
  [commandIds.restoreParent]: restoreParent,
  [commandIds.findRevisionInGit]: findRevisionInGit,
  [commandIds.selectEnvironment]: selectEnvironment,
  [commandIds.previewSql]: previewRun,
  [commandIds.previewUpgradeSql]: (services, argument) => previewRevision(services, argument, "upgrade"),
  [commandIds.previewDowngradeSql]: (services, argument) => previewRevision(services, argument, "downgrade"),
  [commandIds.measureLocks]: measureLocks,
  [commandIds.compareSql]: compareSql,
  [commandIds.exportSql]: exportSql,
  [commandIds.acceptAppliedText]: acceptAppliedText,
  [commandIds.showLog]: (services) => services.log.show(),
};
