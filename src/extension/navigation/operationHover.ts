import * as vscode from "vscode";
import { TextPositions } from "../project/textPositions";
import type { RevisionTarget } from "../actions/target";
import type { LintMeasurement } from "../../context/lintCommand";
import type { TextRange } from "../../source/header";
import { readText } from "../project/configFiles";
import { parseProgram, readDataSourceDialect } from "../project/parser";
import { pathOf, uriOf } from "../project/paths";
import type { Project } from "../project/project";
import { commandIds } from "../contributions";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import { escapeMarkdown } from "../shared/markdown";
import type * as callSqlModule from "../../sql/callSql";
import type { CallSql } from "../../sql/callSql";
import type { Dialect } from "../../sqlText/dialect";

const bundle = lazyBundle<typeof callSqlModule>("callSql.js");
/** The parser takes a tenth of a second for so many characters. */
const longestParsed = 500_000;
/** A hover is read at a glance; *Preview SQL* shows all. */
const mostLines = 60;
const dialectNames: Readonly<Record<Dialect, string>> = { postgresql: "PostgreSQL", sqlite: "SQLite" };

/** The SQL that the operation at a position becomes. The text is read, and nothing of it is run. */
export async function operationHover(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const project = services.projects.projectOfRevisionFile(document.uri);
  const text = document.getText();
  if (project === undefined || document.languageId === "python" || text.length > longestParsed) {
    return undefined;
  }
  const dialect = await dialectOf(services, project);
  const program = token.isCancellationRequested ? undefined : parseProgram(text);
  const namingConvention = project.config === undefined ? "computed" : project.config.namingConvention;
  const found =
    program &&
    bundle().callSqlAt({ text, program }, document.offsetAt(position), { dialect, namingConvention });
  if (found === undefined) {
    return undefined;
  }
  const hover = hoverText(found, dialectNames[dialect]);
  if (dialect === "postgresql") {
    const path = pathOf(document.uri);
    const target = { projectId: project.id, revision: project.index.header(path)?.revision.value ?? "" };
    const measurement = services.measured.get(project, path, text);
    appendMeasured(hover, measurement, { document, target, range: found.range });
  }
  return new vscode.Hover(hover, new TextPositions(text).range(found.range));
}

interface MeasuredCall {
  readonly document: vscode.TextDocument;
  readonly target: RevisionTarget;
  readonly range: TextRange;
}

/** What a call was measured to do, or a link with which the user has it measured: that runs the revision's code. */
function appendMeasured(
  hover: vscode.MarkdownString,
  measurement: LintMeasurement | undefined,
  { document, target, range }: MeasuredCall,
): void {
  const { start, end } = range;
  if (measurement === undefined && vscode.workspace.isTrusted) {
    hover.isTrusted = { enabledCommands: [commandIds.measureLocks] };
    const argument = encodeURIComponent(JSON.stringify([target]));
    const title = escapeMarkdown(vscode.l10n.t("Measure what the revision locks"));
    hover.appendMarkdown(`\n\n[${title}](command:${commandIds.measureLocks}?${argument})`);
  }
  const measured = (measurement?.statements ?? []).filter(({ line, column, summary }) => {
    const at = line === undefined ? -1 : document.offsetAt(new vscode.Position(line - 1, (column ?? 1) - 1));
    return summary !== "" && start <= at && at < end;
  });
  for (const summary of new Set(measured.map((statement) => statement.summary))) {
    hover.appendMarkdown(`\n\n${escapeMarkdown(vscode.l10n.t("Measured: {0}.", summary))}`);
  }
}

/** What the database is, as it last answered, or as the texts of the configuration and of the DataSource say. */
async function dialectOf({ databases }: Services, project: Project): Promise<Dialect> {
  const state = databases.get(project);
  if (state.kind === "known") {
    return state.database.kind === "sqlite" ? "sqlite" : "postgresql";
  }
  const { dialect, dataSource } = project.config ?? {};
  if (dialect !== undefined || dataSource === undefined) {
    return dialect ?? "postgresql";
  }
  const text = await readText(uriOf(dataSource, project.directory));
  return (text === undefined ? undefined : readDataSourceDialect(text)) ?? "postgresql";
}

function hoverText(found: CallSql, dialect: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  switch (found.kind) {
    case "sql":
      return found.statements.length === 0
        ? text.appendMarkdown(escapeMarkdown(vscode.l10n.t("No SQL on {0}.", dialect)))
        : text
            .appendMarkdown(`${escapeMarkdown(vscode.l10n.t("SQL on {0}:", dialect))}\n`)
            .appendCodeblock(
              shortened(found.statements.map((statement) => `${statement};`).join("\n")),
              "sql",
            );
    case "unknown":
      text.appendMarkdown(
        escapeMarkdown(vscode.l10n.t("The SQL depends on values that are known only in a run:")),
      );
      for (const expression of found.expressions) {
        text.appendMarkdown(`\n\n- ${escapeMarkdown(expression)}`);
      }
      return text;
    case "unknown-convention":
      return text.appendMarkdown(
        escapeMarkdown(
          vscode.l10n.t("The SQL depends on the naming convention, which the configuration computes."),
        ),
      );
    case "refused":
      return text.appendMarkdown(
        escapeMarkdown([vscode.l10n.t("No SQL on {0}.", dialect), found.message, found.hint ?? ""].join(" ")),
      );
  }
}

function shortened(sql: string): string {
  const lines = sql.split("\n");
  return lines.length <= mostLines ? sql : [...lines.slice(0, mostLines), "-- …"].join("\n");
}
