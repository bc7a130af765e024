import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import type { ConvertedFile, ConvertResult } from "../../context/convertCommand";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { resolveTargets } from "./target";
import { requireTrust } from "./trust";

/** Of the documents that show what would be written. */
const convertedScheme = "alembic-converted";

/**
 * Converts Python revisions to TypeScript ones: those selected, or that of the file. What would be written is shown beside
 * the Python files first; the user says whether it goes to a folder of its own or takes their place.
 */
export async function convertRevisions(
  services: Services,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const targets = requireTrust() ? resolveTargets(services, argument, selection) : [];
  const [first] = targets;
  const revisions = targets.flatMap(({ revision: { path, revision } }) =>
    path.endsWith(".py") ? [revision] : [],
  );
  if (first === undefined || revisions.length === 0) {
    return;
  }
  const { project } = first;
  const proposed = await run(services, project, { revisions, dryRun: true });
  if (proposed === undefined) {
    return;
  }
  const shown = showConverted(proposed.files);
  try {
    const [title, changes] = [vscode.l10n.t("Converted to TypeScript"), shown.changes(project)];
    await vscode.commands.executeCommand("vscode.changes", title, changes);
    const isReplacing = await askWhere(proposed.files);
    if (isReplacing === undefined) {
      return;
    }
    const written = await run(services, project, { revisions, replace: isReplacing });
    for (const { path } of written?.files.slice(0, 1) ?? []) {
      await vscode.window.showTextDocument(project.uriOf(path), { preview: false });
    }
  } finally {
    shown.dispose();
  }
}

function run(
  { runner }: Services,
  project: Project,
  options: { readonly revisions: readonly string[]; readonly dryRun?: boolean; readonly replace?: boolean },
): Promise<ConvertResult | undefined> {
  return runner.run(project, "convert", options, {
    title: vscode.l10n.t("Converting revisions to TypeScript"),
    progress: "window",
    writesFiles: options.dryRun !== true,
  });
}

/** Whether the new files replace the Python ones; undefined if the user leaves. */
async function askWhere(files: readonly ConvertedFile[]): Promise<boolean | undefined> {
  const folder = vscode.l10n.t("Write to {0}", basename(dirname(files[0]?.path ?? "")));
  const replace = vscode.l10n.t("Replace Python Files");
  const lines = files.flatMap(({ source, byHand }) =>
    byHand.map(({ line, reason }) => `${basename(source)}:${String(line)}: ${reason}`),
  );
  const text = vscode.l10n.t("Convert {0} revisions to TypeScript?", files.length);
  const left =
    lines.length === 0
      ? ""
      : vscode.l10n.t(
          "Convert by hand, because the new revisions throw an error there: {0}",
          lines.join("; "),
        );
  const answer = await vscode.window.showInformationMessage(
    [text, left].filter((part) => part !== "").join(" "),
    folder,
    replace,
  );
  return answer === undefined ? undefined : answer === replace;
}

/** Documents with the new texts, which are there until they are disposed of. */
function showConverted(files: readonly ConvertedFile[]): vscode.Disposable & {
  changes(project: Project): readonly (readonly [vscode.Uri, vscode.Uri, vscode.Uri])[];
} {
  const uriOf = ({ path }: ConvertedFile): vscode.Uri =>
    vscode.Uri.file(path).with({ scheme: convertedScheme });
  const texts = new Map(files.map((file) => [uriOf(file).toString(), file.text]));
  const provider = vscode.workspace.registerTextDocumentContentProvider(convertedScheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()),
  });
  return {
    changes: (project) => files.map((file) => [uriOf(file), project.uriOf(file.source), uriOf(file)]),
    dispose: () => void provider.dispose(),
  };
}
