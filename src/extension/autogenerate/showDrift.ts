import * as vscode from "vscode";
import type { DriftOptions, DriftResult } from "../../context/driftCommand";
import { requireTrust } from "../actions/trust";
import { projectOf } from "./proposeRevision";
import { schemaScheme } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { shortName } from "../statusBar/statusText";

/** Shows what the database has that its revisions do not make, or another environment has not, as a diff of two schemas. */
export async function showDrift(services: Services, argument: unknown): Promise<void> {
  const project = requireTrust() ? await projectOf(services, argument) : undefined;
  const options = project && (await pickOther(services, project));
  if (project === undefined || options === undefined) {
    return;
  }
  const title = vscode.l10n.t("Looking for drift of the database");
  const result = await services.runner.run(project, "drift", options, { title, progress: "notification" });
  if (result === undefined || services.projects.get(project.id) === undefined) {
    return;
  }
  const names = namesOf(result);
  if (result.differences.length === 0) {
    await vscode.window.tabGroups.close(driftTabs(project));
    void tell(result, vscode.l10n.t("No drift: {0} and {1} agree.", names.actual, names.expected));
    return;
  }
  const document = (side: keyof SideNames): vscode.Uri =>
    services.generatedDocuments.addSchema(project, names[side], result.schemas[side]);
  await vscode.commands.executeCommand(
    "vscode.diff",
    document("expected"),
    document("actual"),
    vscode.l10n.t("Drift: {0} ↔ {1}", names.expected, names.actual),
  );
  offerMend(services, project, result, names);
}

/** What the database is compared with: with its revisions, or if it is an environment, as the user picks. */
async function pickOther(services: Services, project: Project): Promise<DriftOptions | undefined> {
  const choice = services.environments.choiceOf(project);
  const others = (project.config?.environments ?? []).filter(
    ({ name }) => choice.kind === "environment" && name !== choice.name,
  );
  if (choice.kind !== "environment" || others.length === 0) {
    return {};
  }
  const items: readonly (vscode.QuickPickItem & { readonly options: DriftOptions })[] = [
    {
      label: `$(git-commit) ${vscode.l10n.t("Its revisions")}`,
      description: vscode.l10n.t("those that are applied"),
      options: {},
    },
    { label: vscode.l10n.t("Environments"), kind: vscode.QuickPickItemKind.Separator, options: {} },
    ...others.map(({ name, production }) => ({
      label: `$(${production ? "shield" : "database"}) ${name}`,
      description: production ? vscode.l10n.t("production") : "",
      options: { between: [name, choice.name] } as const,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Alembic: Show Drift"),
    placeHolder: vscode.l10n.t("What to compare {0} with; both are only read", choice.name),
  });
  return picked?.options;
}

interface SideNames {
  readonly expected: string;
  readonly actual: string;
}

/** What the two sides are called on the tab. */
function namesOf({ expected, actual }: DriftResult): SideNames {
  const name = (side: DriftResult["actual"]): string => side.name ?? shortName(side.database.name);
  return {
    actual: name(actual),
    expected:
      expected.kind === "database"
        ? name(expected)
        : expected.revisions.join(", ") || vscode.l10n.t("no revision"),
  };
}

/** Tells how much differs, and offers the SQL that fixes it; nothing is run. */
function offerMend(services: Services, project: Project, result: DriftResult, names: SideNames): void {
  const { sql } = result.fix;
  const count = result.differences.length;
  const text =
    count === 1
      ? vscode.l10n.t("1 difference between {0} and {1}.", names.actual, names.expected)
      : vscode.l10n.t("{0} differences between {1} and {2}.", count, names.actual, names.expected);
  const show = vscode.l10n.t("Show SQL");
  void tell(result, text, ...(sql === "" ? [] : [show])).then(async (chosen) => {
    if (chosen === show) {
      const name = vscode.l10n.t("SQL for {0}", names.actual);
      const uri = services.generatedDocuments.addSchema(project, name, sql);
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  });
}

/** A message, as a warning where something could not be compared. */
function tell(
  { unseen }: DriftResult,
  text: string,
  ...actions: readonly string[]
): Thenable<string | undefined> {
  return unseen.length === 0
    ? vscode.window.showInformationMessage(text, ...actions)
    : vscode.window.showWarningMessage(
        `${text} ${vscode.l10n.t("Not compared: {0}.", unseen.join("; "))}`,
        ...actions,
      );
}

/** Where earlier drift of the project is shown. */
function driftTabs({ id }: Project): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff &&
        input.original.scheme === schemaScheme &&
        input.original.query === id,
    );
}
