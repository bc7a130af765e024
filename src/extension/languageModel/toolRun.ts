import type * as vscode from "vscode";
import { productionRefusal } from "../../agentTools/changingTools";
import type { PlannedUpgrade, ToolRun } from "../../agentTools/tool";
import type { CommandName, CommandTable } from "../../context/commandTable";
import type { RunFailure, RunResponse } from "../../engine/protocol";
import type { RunOptions } from "../actions/commandRunner";
import type { Project } from "../project/project";
import type { Services } from "../services";

/** What the engine names as the agent. */
const agent = "an agent in the editor";

/** The ids that were given for each project in this session of the editor. */
const plansByProject = new WeakMap<Project, Map<string, PlannedUpgrade>>();

/** The plans of a project that nobody has run yet. */
export function plansOf(project: Project): Map<string, PlannedUpgrade> {
  const plans = plansByProject.get(project) ?? new Map<string, PlannedUpgrade>();
  plansByProject.set(project, plans);
  return plans;
}

/** What a tool does in one call: commands run in the engine of the project, on the database that the user chose. */
export function toolRun(
  services: Services,
  project: Project,
  title: string,
  token: vscode.CancellationToken,
): ToolRun {
  const execute = async <Name extends CommandName>(
    name: Name,
    options: CommandTable[Name]["options"],
    how: Partial<RunOptions> = {},
  ): Promise<RunResponse<Name>> =>
    services.runner.execute(project, name, options, {
      title,
      progress: "window",
      token,
      writesFiles: isWriting(name, options),
      ...(Reflect.get(options, "sql") === true ? { unsaved: project.unsavedFiles } : {}),
      forAgent: { agent },
      ...how,
    });
  return {
    plans: plansOf(project),
    onFiles: async (name, options) =>
      resultOf(await execute(name, options, { forAgent: { agent, isOnFiles: true } })),
    onProject: async (name, options, environment) =>
      resultOf(await execute(name, options, { choice: choiceOf(environment) })),
    readGraph: async () => {
      await project.refreshNow();
      return project.graph;
    },
    readEnvironments: () => Promise.resolve(project.config?.environments ?? []),
    upgrade: async ({ target, environment }, id) => {
      let refused: string | undefined;
      const askProduction = (name: string): Promise<boolean> => {
        refused = name;
        return Promise.resolve(false);
      };
      const how = { choice: choiceOf(environment), askProduction };
      const response = await execute("upgrade", { target, approved: id }, how);
      if (refused !== undefined) {
        throw productionRefusal(refused);
      }
      return resultOf(response);
    },
  };
}

function choiceOf(environment: string | undefined): RunOptions["choice"] {
  return environment === undefined ? undefined : { kind: "environment", name: environment };
}

function isWriting<Name extends CommandName>(name: Name, options: CommandTable[Name]["options"]): boolean {
  return /^(?:revision|merge|rebase)$/.test(name) && Reflect.get(options, "dryRun") !== true;
}

function resultOf<Name extends CommandName>(response: RunResponse<Name>): CommandTable[Name]["result"] {
  switch (response.kind) {
    case "ok":
      return response.result;
    case "failed":
      throw new Error(textOf(response.failure));
    case "cancelled":
      throw new Error("The run was cancelled.");
  }
}

/** What a tool throws is told to the model: what happened, how the database is now, what to do, and the page about it. */
function textOf({ message, hint, details = [], code }: RunFailure): string {
  return [...new Set([message, ...details, ...(hint === undefined ? [] : [hint]), `Code: ${code}`])].join(
    "\n",
  );
}
