import { relative } from "node:path";
import * as vscode from "vscode";
import type { RunFailure } from "../../engine/protocol";
import { showFailure } from "../actions/showFailure";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { addDataSourceEntry } from "./addDataSourceEntry";

/** Shows a failure; where it comes with a file that would fix it, offers to write that. */
export async function offerDataSource(
  services: Services,
  project: Project,
  failure: RunFailure,
): Promise<void> {
  const { proposal } = failure;
  if (proposal === undefined) {
    void showFailure(failure, project, services.log);
    return;
  }
  const create = vscode.l10n.t("Create data-source.ts");
  const showLog = vscode.l10n.t("Show Log");
  const text = [failure.message, failure.hint].filter((part) => part !== undefined).join(" ");
  const answer = await vscode.window.showErrorMessage(services.log.clean(text), create, showLog);
  if (answer === showLog) {
    services.log.show();
  } else if (answer === create) {
    await createDataSource(project, proposal);
  }
}

async function createDataSource(
  project: Project,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<void> {
  const uri = project.uriOf(path);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(text), ignoreIfExists: true });
  await vscode.workspace.applyEdit(edit);
  const reference = relative(pathOf(project.directory), path).replaceAll("\\", "/");
  const isNamed = await nameDataSource(project, reference);
  await vscode.window.showTextDocument(uri, { preview: false });
  if (isNamed) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "{0} was created, and the configuration names it. Compare its options with those of your module.",
        reference,
      ),
    );
    return;
  }
  const openConfig = vscode.l10n.t("Open Configuration");
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} was created. Add dataSource: "{0}" to the configuration.', reference),
    openConfig,
  );
  if (answer === openConfig) {
    await vscode.window.showTextDocument(project.configUri);
  }
}

/** Whether the configuration could be made to name it. */
export async function nameDataSource(project: Project, reference: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(project.configUri);
  const changed = addDataSourceEntry(document.getText(), project.configPath, reference);
  if (changed === undefined) {
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  const { start, end, newText } = changed;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  edit.replace(document.uri, range, newText);
  return (await vscode.workspace.applyEdit(edit)) && (await document.save());
}
