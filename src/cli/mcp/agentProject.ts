import { productionRefusal } from "../../agentTools/changingTools";
import type { PlannedUpgrade, ToolRun } from "../../agentTools/tool";
import { runCommand } from "../../commands/commands";
import type { CommandContext } from "../../context/commandContext";
import { createContext, type ContextOptions } from "../../context/createContext";
import { createFilesContext } from "../../context/filesContext";

/** Where the server was started. */
export type AgentSurroundings = Pick<
  ContextOptions,
  "workingDirectory" | "configPath" | "section" | "variables"
>;

/** What tools do in one call. */
export function toolRun(
  project: AgentSurroundings,
  plans: Map<string, PlannedUpgrade>,
  signal: AbortSignal,
): ToolRun {
  return {
    plans,
    onFiles: async (name, options) => runCommand(name, await readProject(project, signal), options),
    onProject: async (name, options, environment) =>
      runCommand(name, await openProject(project, environment, signal), options),
    readGraph: async () => (await (await readProject(project, signal)).readScripts()).graph,
    readEnvironments: async () =>
      [...(await readProject(project, signal)).config.environments.values()].map(({ name, production }) => ({
        name,
        production: production === true,
      })),
    upgrade: async ({ target, environment }, id) => {
      const context = await openProject(project, environment, signal);
      if (context.productionEnvironment !== undefined) {
        throw productionRefusal(context.productionEnvironment);
      }
      return runCommand("upgrade", context, { target, approved: id });
    },
  };
}

/** A context for a command that may load the project's code and open its database. */
export function openProject(
  surroundings: AgentSurroundings,
  environment: string | undefined,
  signal: AbortSignal,
): Promise<CommandContext> {
  return createContext({ ...optionsOf(surroundings, signal), environment });
}

/** A context for what is read from the files alone. */
export function readProject(surroundings: AgentSurroundings, signal: AbortSignal): Promise<CommandContext> {
  return createFilesContext({ ...optionsOf(surroundings, signal), environment: undefined });
}

function optionsOf(
  surroundings: AgentSurroundings,
  signal: AbortSignal,
): Omit<ContextOptions, "environment"> {
  return {
    ...surroundings,
    url: undefined,
    xArguments: new Map(),
    agent: "an MCP client",
    report: () => undefined,
    signal,
  };
}
