import * as vscode from "vscode";
import { requirePlanned } from "../../agentTools/plannedUpgrade";
import type { AgentTool, ToolRun } from "../../agentTools/tool";

/** A tool as the manifest describes it, in the language of the editor. */
export interface ToldTool {
  readonly name: string;
  readonly displayName: string;
  readonly userDescription: string;
}

/**
 * What the user reads before a tool runs: of an upgrade the plan that its id stands for, of a file what goes into it.
 * Undefined where nothing needs to be asked, because only files are read.
 */
export async function confirmationOf(
  { kind, name }: AgentTool,
  told: ToldTool,
  input: Readonly<Record<string, unknown>>,
  run: ToolRun,
): Promise<vscode.LanguageModelToolConfirmationMessages | undefined> {
  if (kind === "reads-files") {
    return undefined;
  }
  const message = new vscode.MarkdownString();
  message.appendText(`${told.userDescription}.`);
  if (kind === "changes-database") {
    appendPlan(message, String(input["plan_id"]), run);
  }
  if (kind === "writes-files") {
    for (const line of name === "rebase" ? await movesOf(input, run) : writtenLines(input)) {
      message.appendText(`\n${line}`);
    }
  }
  return { title: told.displayName, message };
}

function appendPlan(message: vscode.MarkdownString, id: string, { plans }: ToolRun): void {
  const { database, steps, sql } = requirePlanned(plans, id);
  message.appendText(`\n${vscode.l10n.t("Database: {0}", database)}`);
  message.appendText(`\n${vscode.l10n.t("Plan ID: {0}", id)}`);
  for (const step of steps) {
    message.appendText(`\n${step}`);
  }
  message.appendCodeblock(sql, "sql");
}

function writtenLines(input: Readonly<Record<string, unknown>>): readonly string[] {
  const texts: readonly (readonly [string, (value: string) => string])[] = [
    ["message", (value) => vscode.l10n.t("Message: {0}", value)],
    ["head", (value) => vscode.l10n.t("After: {0}", value)],
    ["revisions", (value) => vscode.l10n.t("Merges: {0}", value)],
    ["renames", (value) => vscode.l10n.t("Renamed: {0}", value)],
    ["drops", (value) => vscode.l10n.t("Drops: {0}", value)],
    ["keeps", (value) => vscode.l10n.t("Keeps: {0}", value)],
  ];
  return texts.flatMap(([key, line]) => {
    const value = [input[key] ?? []].flat().map(String).join(", ");
    return value === "" ? [] : [line(value)];
  });
}

async function movesOf(input: Readonly<Record<string, unknown>>, run: ToolRun): Promise<readonly string[]> {
  const { branch, onto } = input;
  const {
    kind,
    revision,
    moved,
    onto: under,
  } = await run.onProject("rebase", {
    ...(typeof branch === "string" ? { branch } : {}),
    ...(typeof onto === "string" ? { onto } : {}),
    dryRun: true,
  });
  return [
    kind === "moved"
      ? vscode.l10n.t("Moves {0} onto {1}", moved.join(", "), under)
      : vscode.l10n.t("The branch of {0} already follows {1}.", revision, under),
  ];
}
