import * as vscode from "vscode";
import { fixOf } from "../../lint/fixes/fixOf";
import type { LintFix } from "../../lint/fixes/lintFix";
import { loadGrammar } from "../../lint/grammar";
import { describeEffects } from "../../lint/effects";
import type { ParseSql } from "../../lint/grammar";
import { KnownSchema } from "../../lint/knownSchema";
import { lintRevision, type RevisionLint } from "../../lint/lintRevision";
import type * as pythonSqlModule from "../../lint/pythonSql";
import { revisionMeasurement } from "../../lint/revisionMeasurement";
import type { LintFinding } from "../../lint/finding";
import { commandIds } from "../contributions";
import { TextPositions } from "../project/textPositions";
import { explanationOfRule } from "../diagnostics/problemCode";
import { parseProgram } from "../project/parser";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import { isSettingOn, onSettingChange } from "../shared/settings";

const pythonBundle = lazyBundle<typeof pythonSqlModule>("pythonSql.js");

/** What our diagnostics say that they come from. */
const lintSource = "alembic lint";

/** Typing goes on within this time. */
const pauseMilliseconds = 200;
/** The parser takes a tenth of a second for so many characters. */
const longestLinted = 500_000;

/** What was found in a document, when its text was this one. */
interface LintedDocument {
  readonly version: number;
  readonly written: RevisionLint["written"];
  readonly shown: readonly { readonly finding: LintFinding; readonly diagnostic: vscode.Diagnostic }[];
}

/**
 * Entry of the bundle `dist/lintDocuments.js`: marks what is risky in open revisions while they are typed. Their text is read, and
 * nothing of it is run.
 */
export function lintDocuments(services: Services): vscode.Disposable {
  return new LintDocuments(services);
}

class LintDocuments implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(lintSource);
  private readonly linted = new Map<string, LintedDocument>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable;
  private readonly grammar: Promise<ParseSql> = loadGrammar();
  private isDisposed = false;

  constructor(private readonly services: Services) {
    const all = (): void => vscode.workspace.textDocuments.forEach((document) => this.lintLater(document));
    this.subscriptions = vscode.Disposable.from(
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.lintLater(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lintLater(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      services.projects.onDidChangeRevisions(all),
      services.databases.onDidChange(all),
      services.measured.onDidChange(all),
      onSettingChange(["lint.enabled"], all),
      vscode.languages.registerCodeActionsProvider(
        [
          { language: "typescript", scheme: "file" },
          { language: "javascript", scheme: "file" },
          { language: "python", scheme: "file" },
        ],
        { provideCodeActions: (document, range) => this.actionsAt(document, range) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    );
    all();
  }

  dispose(): void {
    this.isDisposed = true;
    this.timers.forEach((timer) => clearTimeout(timer));
    this.subscriptions.dispose();
  }

  private lintLater(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (this.services.projects.projectOfRevisionFile(document.uri) === undefined && !this.linted.has(key)) {
      return;
    }
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        void this.lint(document);
      }, pauseMilliseconds),
    );
  }

  private async lint(document: vscode.TextDocument): Promise<void> {
    const parse = await this.grammar;
    if (this.isDisposed || document.isClosed) {
      return;
    }
    const project = this.services.projects.projectOfRevisionFile(document.uri);
    const linted = project && this.find(project, document, parse);
    if (linted === undefined) {
      this.forget(document);
      return;
    }
    this.linted.set(document.uri.toString(), linted);
    this.collection.set(
      document.uri,
      linted.shown.map(({ diagnostic }) => diagnostic),
    );
  }

  /** Undefined where nothing is looked for: what is applied is done, and what is no PostgreSQL has other rules. */
  private find(project: Project, document: vscode.TextDocument, parse: ParseSql): LintedDocument | undefined {
    const text = document.getText();
    const revision = project.index.header(pathOf(document.uri))?.revision.value ?? "";
    const state = this.services.databases.get(project);
    const applied = this.services.databases.appliedOf(project);
    const isSqlite =
      state.kind === "known" ? state.database.kind === "sqlite" : project.config?.dialect === "sqlite";
    const { lint } = project.config ?? {};
    const isLinted =
      isSettingOn("lint.enabled", document.uri) &&
      text.length <= longestLinted &&
      !isSqlite &&
      lint?.ignoredRevisions.has(revision) !== true &&
      !(applied.kind === "known" && applied.applied.has(revision));
    const written = isLinted ? readWritten(document, text) : undefined;
    if (written === undefined) {
      return undefined;
    }
    const positions = new TextPositions(text);
    const measured = this.services.measured.get(project, pathOf(document.uri), text);
    const findings = lintRevision({
      written,
      project: {
        dialect: "postgresql",
        namingConvention: project.config === undefined ? "computed" : project.config.namingConvention,
      },
      settings: {
        targetVersion: lint?.targetVersion,
        levels: lint?.rules ?? new Map(),
        timeouts: { lock: false, statement: false },
      },
      parse,
      schema: new KnownSchema(),
      measurement: measured && revisionMeasurement(measured, revision, text),
    });
    const shown = findings.map((finding) => ({ finding, diagnostic: diagnosticOf(finding, positions) }));
    return { version: document.version, written, shown };
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    if (this.linted.delete(key)) {
      this.collection.delete(document.uri);
    }
  }

  private actionsAt(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const linted = this.linted.get(document.uri.toString());
    if (linted?.version !== document.version) {
      return [];
    }
    return linted.shown
      .filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined)
      .flatMap(({ finding, diagnostic }) => [
        ...safeForm(finding, linted.written, document, diagnostic),
        ...measureAction(finding, document, diagnostic),
        ignoreAction(finding, document, diagnostic),
      ]);
  }
}

function readWritten(
  { languageId }: vscode.TextDocument,
  text: string,
): LintedDocument["written"] | undefined {
  if (languageId === "python") {
    return pythonBundle().readPythonSql(text);
  }
  const program = parseProgram(text);
  return program === undefined ? undefined : { text, program };
}

function diagnosticOf(
  { code, level, message, safe, range, measured }: LintFinding,
  positions: TextPositions,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    positions.range(range),
    [message, ...measuredLines(measured), safe].join("\n"),
    severities[level],
  );
  diagnostic.source = lintSource;
  diagnostic.code = { value: code, target: explanationOfRule(code) };
  return diagnostic;
}

function measuredLines(measured: LintFinding["measured"]): readonly string[] {
  const summary = measured === undefined ? "" : describeEffects(measured);
  return summary === "" ? [] : [vscode.l10n.t("Measured: {0}.", summary)];
}

const severities: Readonly<Record<LintFinding["level"], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function safeForm(
  finding: LintFinding,
  written: LintedDocument["written"],
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
  const fix = "sql" in written ? undefined : fixOf(finding, written);
  if (fix === undefined) {
    return [];
  }
  const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
  const positions = new TextPositions(written.text);
  action.edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of fix.edits) {
    action.edit.replace(document.uri, positions.range(range), newText);
  }
  action.isPreferred = true;
  action.diagnostics = [diagnostic];
  return [action];
}

function titleOf({ kind }: LintFix): string {
  switch (kind) {
    case "concurrently":
      return vscode.l10n.t("Use CONCURRENTLY");
    case "validate-later":
      return vscode.l10n.t("Add it as NOT VALID, and validate it after the transaction");
    case "unique-by-index":
      return vscode.l10n.t("Build its index with CONCURRENTLY first");
    case "key-by-index":
      return vscode.l10n.t("Set its columns NOT NULL and build its index with CONCURRENTLY first");
    case "not-null-by-check":
      return vscode.l10n.t("Validate a CHECK constraint first");
    case "default-later":
      return vscode.l10n.t("Add the column without the default, and fill it after the transaction");
    case "old-name":
      return vscode.l10n.t("Keep the old name as a view");
  }
}

/** Measuring runs the revision's code, so that the user has to ask for it. */
function measureAction(
  { measured, sql }: LintFinding,
  { uri, languageId }: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction[] {
  if (measured !== undefined || sql === "" || languageId === "python") {
    return [];
  }
  const title = vscode.l10n.t("Measure what the revision locks");
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: commandIds.measureLocks, title, arguments: [uri] };
  action.diagnostics = [diagnostic];
  return [action];
}

/** Puts a comment above the call; the reason is for the user to write. */
function ignoreAction(
  { code, call }: LintFinding,
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction {
  const action = new vscode.CodeAction(
    vscode.l10n.t("Ignore {0} here", code),
    vscode.CodeActionKind.QuickFix,
  );
  const line = document.lineAt(document.positionAt(call.start).line);
  const indent = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.insert(
    document.uri,
    line.range.start,
    `${indent}${document.languageId === "python" ? "#" : "//"} lint-ignore ${code}: \n`,
  );
  action.diagnostics = [diagnostic];
  return action;
}
