import * as vscode from "vscode";
import { projectForCommand } from "./pickProject";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { labelOfUrl } from "../environments/environmentChoice";

type Item = vscode.QuickPickItem & { readonly choose?: () => Promise<void> };

/** Lets the user choose the database of a project. */
export async function selectEnvironment(services: Services): Promise<void> {
  const project = await projectForCommand(services);
  if (project === undefined) {
    return;
  }
  const picked = await vscode.window.showQuickPick(itemsFor(services, project), {
    title: vscode.l10n.t("Alembic: Select Environment"),
    placeHolder: vscode.l10n.t("The database for the editor's commands"),
  });
  await picked?.choose?.();
}

function itemsFor(services: Services, project: Project): readonly Item[] {
  const { environments } = services;
  const choice = environments.choiceOf(project);
  const mark = (isChosen: boolean): string => (isChosen ? vscode.l10n.t("selected") : "");
  const named = (project.config?.environments ?? []).map(({ name, production }): Item => {
    const marks = [
      ...(production ? [vscode.l10n.t("production")] : []),
      ...(choice.kind === "environment" && choice.name === name ? [vscode.l10n.t("selected")] : []),
    ];
    return {
      label: `$(${production ? "shield" : "database"}) ${name}`,
      description: marks.join(" · "),
      choose: () => environments.choose(project, { kind: "environment", name }),
    };
  });
  return [
    {
      label: `$(settings-gear) ${vscode.l10n.t("Use configuration")}`,
      description: mark(choice.kind === "default"),
      detail: vscode.l10n.t("The configuration, DATABASE_URL or POSTGRES_…; otherwise the embedded database"),
      choose: () => environments.choose(project, { kind: "default" }),
    },
    ...(named.length === 0
      ? []
      : [{ label: vscode.l10n.t("Environments"), kind: vscode.QuickPickItemKind.Separator }, ...named]),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(link) ${vscode.l10n.t("Enter a URL…")}`,
      description: choice.kind === "url" ? `${choice.label} · ${vscode.l10n.t("selected")}` : "",
      detail: vscode.l10n.t("Kept in the editor's secret storage, never in settings"),
      choose: () => enterUrl(services, project),
    },
  ];
}

async function enterUrl(services: Services, project: Project): Promise<void> {
  const url = await vscode.window.showInputBox({
    title: vscode.l10n.t("Alembic: Database URL"),
    prompt: vscode.l10n.t("It is kept in the editor's secret storage."),
    placeHolder: "postgresql://user:password@localhost:5432/shop_dev",
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      labelOfUrl(value) === undefined
        ? vscode.l10n.t("A URL starts with postgresql:// or sqlite:///.")
        : undefined,
  });
  if (url !== undefined) {
    await services.environments.chooseUrl(project, url.trim());
  }
}
