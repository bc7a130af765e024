import type * as z from "zod";
import type { CommandName, CommandTable, MigrationRunResult } from "../context/commandTable";
import type { RevisionGraph } from "../revision/graph";

/** Runs a command of the engine. */
export type RunsCommand<More extends readonly unknown[] = []> = <Name extends CommandName>(
  name: Name,
  options: CommandTable[Name]["options"],
  ...more: More
) => Promise<CommandTable[Name]["result"]>;

/** What tools work with: one project, and the engine's commands on it. */
export interface ToolRun {
  /** On files alone: none of the project's code runs, and no database is opened. */
  readonly onFiles: RunsCommand;
  /** With the project's code and its database. */
  readonly onProject: RunsCommand<[environment?: string | undefined]>;
  /** The revisions, read as `onFiles` reads them. */
  readonly readGraph: () => Promise<RevisionGraph>;
  /** What the configuration's text says of its environments. */
  readonly readEnvironments: () => Promise<readonly NamedEnvironment[]>;
  /** Runs an upgrade whose plan has this id; refuses a production database. */
  readonly upgrade: (planned: PlannedUpgrade, id: string) => Promise<MigrationRunResult>;
  /** The ids that `plan` gave in this session, with what they are for. */
  readonly plans: Map<string, PlannedUpgrade>;
}

export interface NamedEnvironment {
  readonly name: string;
  readonly production: boolean;
}

/** An upgrade that was planned, and what a person is shown of it. */
export interface PlannedUpgrade {
  readonly target: string;
  readonly environment: string | undefined;
  readonly database: string;
  /** The steps, in a line each. */
  readonly steps: readonly string[];
  /** The SQL that the id stands for, shortened. */
  readonly sql: string;
}

/** What a tool may do: read files, read the database, try something out, write revision files, or change a database. */
export type ToolKind = "reads-files" | "reads-database" | "tries" | "writes-files" | "changes-database";

/** Whether a tool leaves files and databases as they are. */
export function isReadOnly(kind: ToolKind): boolean {
  return kind !== "writes-files" && kind !== "changes-database";
}

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
