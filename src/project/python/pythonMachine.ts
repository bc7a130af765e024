import { readFileSync, statSync } from "node:fs";
import { runProgram } from "../../machine/runProgram";
import type { PythonMachine } from "./findAlembic";

/** This machine, for the search for Alembic. */
export function pythonMachine(
  variables: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): PythonMachine {
  return {
    platform: process.platform,
    variables,
    isFile: (path) => {
      try {
        return statSync(path).isFile();
      } catch {
        return false;
      }
    },
    readText: (path) => {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return undefined;
      }
    },
    ask: async (program, args, folder) => {
      try {
        const end = await runProgram({ path: program, args, folder, variables }, { signal });
        return end.status === 0 ? end.stdout : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * The variables with which Python is started: the user's own, in UTF-8, and each line as it is printed.
 * @param variables of the process that starts it, which may be one of the editor's
 */
export function pythonVariables(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(variables).filter(([name]) => name !== "ELECTRON_RUN_AS_NODE");
  return { ...Object.fromEntries(own), PYTHONUNBUFFERED: "1", PYTHONIOENCODING: "utf-8" };
}
