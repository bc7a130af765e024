import * as vscode from "vscode";
import { languageModelToolNames } from "../contributions";
import type { Services } from "../services";
import type * as toolsModule from "./tools";

/** The tools by their names in the code. */
export interface LanguageModelTools {
  readonly status: vscode.LanguageModelTool<object>;
  readonly previewSql: vscode.LanguageModelTool<toolsModule.PreviewInput>;
  readonly createRevision: vscode.LanguageModelTool<toolsModule.CreateInput>;
}

/**
 * Tools for language models: reading, and writing one new file. None changes a database.
 * @param tools loads what they do
 */
export function registerLanguageModelTools(
  context: vscode.ExtensionContext,
  services: Services,
  tools: () => typeof toolsModule,
): LanguageModelTools {
  const registered: LanguageModelTools = {
    status: {
      prepareInvocation: () => ({
        invocationMessage: vscode.l10n.t("Checking the database"),
        confirmationMessages: {
          title: vscode.l10n.t("Check migration status"),
          message: vscode.l10n.t("Connects to the database of this project and reads its version table."),
        },
      }),
      invoke: (_options, token) => tools().status(services, token),
    },
    previewSql: {
      prepareInvocation: () => ({
        invocationMessage: vscode.l10n.t("Previewing SQL"),
        confirmationMessages: {
          title: vscode.l10n.t("Preview migration SQL"),
          message: vscode.l10n.t("Runs the revision's code without a database, to show its SQL."),
        },
      }),
      invoke: ({ input }, token) => tools().previewSql(services, input, token),
    },
    createRevision: {
      prepareInvocation: ({ input }) => ({
        invocationMessage: vscode.l10n.t("Writing a new revision"),
        confirmationMessages: {
          title: vscode.l10n.t("Create a migration revision"),
          message: vscode.l10n.t("Creates a new revision file: {0}", input.message),
        },
      }),
      invoke: ({ input }, token) => tools().createRevision(services, input, token),
    },
  };
  context.subscriptions.push(
    vscode.lm.registerTool(languageModelToolNames.status, registered.status),
    vscode.lm.registerTool(languageModelToolNames.previewSql, registered.previewSql),
    vscode.lm.registerTool(languageModelToolNames.createRevision, registered.createRevision),
  );
  return registered;
}
