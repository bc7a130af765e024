import * as vscode from "vscode";
import * as z from "zod";
import type { AgentTool } from "../../agentTools/tool";
import { agentTools } from "../../agentTools/toolTable";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { confirmationOf, type ToldTool } from "./confirmation";
import { plansOf, toolRun } from "./toolRun";

/** Entry of the bundle `dist/languageModel.js`: what the tools for language models do. */

/** What the editor shows before a tool runs, and whether it asks. */
export function prepare(
  services: Services,
  told: ToldTool,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.PreparedToolInvocation> {
  return tellingModel(services, async () => {
    const { tool, args, run } = callOf(services, told, input, token);
    const confirmationMessages = await confirmationOf(tool, told, args, run);
    return {
      invocationMessage: told.displayName,
      ...(confirmationMessages === undefined ? {} : { confirmationMessages }),
    };
  });
}

/** Runs a tool: its answer is that of the MCP server's tool of the same name. */
export function invoke(
  services: Services,
  told: ToldTool,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  return tellingModel(services, async () => {
    const { tool, args, run } = callOf(services, told, input, token);
    // The schema has parsed it.
    const answer = await tool.run(args as never, run);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
  });
}

function callOf(
  services: Services,
  { name, displayName }: ToldTool,
  input: unknown,
  token: vscode.CancellationToken,
) {
  if (!vscode.workspace.isTrusted) {
    throw new Error("The workspace is not trusted. Ask the user to trust it first.");
  }
  const tool = toolOf(name);
  const parsed = tool.input.strict().safeParse(input ?? {});
  if (!parsed.success) {
    throw new Error(`The input does not fit the tool's schema.\n${z.prettifyError(parsed.error)}`);
  }
  const project = projectFor(services, parsed.data["plan_id"]);
  return { tool, args: parsed.data, run: toolRun(services, project, displayName, token) };
}

function toolOf(name: string): AgentTool {
  const tool = agentTools.find((each) => `alembic_${each.name}` === name);
  if (tool === undefined) {
    throw new Error(`There is no tool ${name}.`);
  }
  return tool;
}

/** The project that a plan was made for; without one, that of the active editor, or the selected one. */
function projectFor({ projects }: Services, planId: unknown): Project {
  const planned = projects.projects.find((each) => plansOf(each).has(String(planId)));
  const uri = vscode.window.activeTextEditor?.document.uri;
  const ofEditor = uri === undefined ? undefined : projects.projectOf(uri);
  const project = planned ?? ofEditor ?? projects.selected;
  if (project === undefined) {
    throw new Error("No Alembic project is selected. Ask the user to run “Alembic: Select Project…”.");
  }
  return project;
}

/** What is thrown is told to the model, so it says what to do next, and no password. */
async function tellingModel<Result>({ log }: Services, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const hint: unknown = error instanceof Error ? Reflect.get(error, "hint") : undefined;
    throw new Error(log.clean([message, ...(typeof hint === "string" ? [hint] : [])].join("\n")));
  }
}
