import { CommandError } from "../../context/commandError";
import type { CommandContext } from "../../context/commandContext";
import { createContext, type ContextOptions } from "../../context/createContext";
import { readRegularFile } from "../../machine/regularFile";
import { ConfigError } from "../../project/errors";
import { readWrittenValues } from "../../project/staticConfig";

/** Where the server was started. */
export type AgentSurroundings = Pick<
  ContextOptions,
  "workingDirectory" | "configPath" | "section" | "variables"
>;

const largestConfig = 4_000_000;

/** What a revision's graph can't be read without. */
const neededKeys = ["scriptLocation", "versionLocations", "recursiveVersionLocations", "..."];

/** A context for a command that may load the project's code and open its database. */
export function openProject(
  surroundings: AgentSurroundings,
  environment: string | undefined,
  signal: AbortSignal,
): Promise<CommandContext> {
  return createContext({
    ...surroundings,
    url: undefined,
    environment,
    xArguments: new Map(),
    agent: "an MCP client",
    report: () => undefined,
    signal,
  });
}

/** A context for what is read from the files alone: none of the project's code runs, and no database is opened. */
export async function readProject(
  surroundings: AgentSurroundings,
  signal: AbortSignal,
): Promise<CommandContext> {
  const context = await createContext({
    ...surroundings,
    url: undefined,
    environment: undefined,
    xArguments: new Map(),
    agent: "an MCP client",
    report: () => undefined,
    signal,
    loadConfigModule: (path) => Promise.resolve({ default: writtenConfig(path) }),
  });
  const refuse = (): Promise<never> =>
    Promise.reject(
      new CommandError("needs-approval", "This tool opens no database and runs none of the project's code."),
    );
  return {
    ...context,
    resolveTarget: refuse,
    readUrl: refuse,
    chosenTarget: refuse,
    openDatabase: refuse,
    loadDataSource: refuse,
    loadRevisionModule: refuse,
  };
}

function writtenConfig(path: string): Readonly<Record<string, unknown>> {
  const written = readWrittenValues(readRegularFile(path, largestConfig) ?? "", path);
  const computed =
    written === undefined ? [path] : neededKeys.filter((key) => written.unreadKeys.includes(key));
  if (written === undefined || computed.length > 0) {
    throw new ConfigError(
      "config-invalid",
      `${path} computes ${computed.join(", ")}, and this tool does not run it.`,
      {
        file: path,
        hint: "Write the value as a literal, or use a tool that loads the project: plan, preview_sql.",
      },
    );
  }
  return written.values;
}
