import type * as z from "zod";
import { runCommand } from "../../commands/commands";
import type { CommandName, CommandTable } from "../../context/commandTable";
import { openProject, readProject, type AgentSurroundings } from "./agentProject";

/** What tools work with. */
export interface ToolRun {
  readonly project: AgentSurroundings;
  readonly signal: AbortSignal;
  /** The ids that `plan` gave in this session, with what they are for. */
  readonly plans: Map<string, PlannedUpgrade>;
}

export interface PlannedUpgrade {
  readonly target: string;
  readonly environment: string | undefined;
}

/** What a tool may do: read files, try something out, write revision files, or change a database. */
export type ToolKind = "reads" | "tries" | "writes-files" | "changes-database";

export interface AgentTool {
  readonly name: string;
  readonly kind: ToolKind;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  /** @param input as `input` parsed it */
  readonly run: (input: never, run: ToolRun) => Promise<Record<string, unknown>>;
}

/** Keeps the types of a tool's input and of its handler together. */
export function tool<Input extends z.ZodObject>(entry: {
  readonly name: string;
  readonly kind: ToolKind;
  readonly description: string;
  readonly input: Input;
  readonly output: z.ZodObject;
  readonly run: (input: z.infer<Input>, run: ToolRun) => Promise<Record<string, unknown>>;
}): AgentTool {
  return entry;
}

/** Runs a command of the engine on files alone. */
export async function onFiles<Name extends CommandName>(
  { project, signal }: ToolRun,
  name: Name,
  options: CommandTable[Name]["options"],
): Promise<CommandTable[Name]["result"]> {
  return runCommand(name, await readProject(project, signal), options);
}

/** Runs a command of the engine, which may load the project's code and open its database. */
export async function onProject<Name extends CommandName>(
  { project, signal }: ToolRun,
  chosen: string | undefined,
  name: Name,
  options: CommandTable[Name]["options"],
): Promise<CommandTable[Name]["result"]> {
  return runCommand(name, await openProject(project, chosen, signal), options);
}
