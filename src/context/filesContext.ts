import { readRegularFile } from "../machine/regularFile";
import { ConfigError } from "../project/errors";
import { readWrittenValues } from "../project/staticConfig";
import type { CommandContext } from "./commandContext";
import { CommandError } from "./commandError";
import { createContext, type ContextOptions } from "./createContext";

const largestConfig = 4_000_000;

/** What a revision's graph can't be read without. */
const neededKeys = ["scriptLocation", "versionLocations", "recursiveVersionLocations", "..."];

/**
 * A context for what is read from the files alone: none of the project's code runs, and no database is opened.
 * @throws ConfigError where the configuration computes what the files are found by
 */
export async function createFilesContext(
  options: Omit<ContextOptions, "loadConfigModule">,
): Promise<CommandContext> {
  const context = await createContext({
    ...options,
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
    knownTargets: refuse,
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
        hint: "Write the value as a literal, or use a tool that loads the project, such as plan or preview_sql.",
      },
    );
  }
  return written.values;
}
