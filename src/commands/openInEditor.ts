import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { sync as spawnSync } from "cross-spawn";
import { CommandError } from "../context/commandError";
import { splitArguments } from "../project/splitArguments";

/**
 * Opens revision files in `$VISUAL` or `$EDITOR`, and waits for it to end. The variable may hold arguments
 * (`code --wait`), or be the path of a program that has spaces in it; no shell is involved.
 * @param symbol what the user named, for the message
 * @throws CommandError `nothing-to-edit`, `editor-failed`
 */
export function openInEditor(
  symbol: string,
  paths: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): void {
  if (paths.length === 0) {
    throw new CommandError(
      "nothing-to-edit",
      `No revision files indicated by symbol '${symbol}'`,
      "Name a revision that has a file; `alembic-ts history` lists them.",
    );
  }
  const editor =
    variables["VISUAL"] ?? variables["EDITOR"] ?? (process.platform === "win32" ? "notepad" : "vi");
  const isPath = isAbsolute(editor) && existsSync(editor);
  const [command = "", ...args] = isPath ? [editor] : splitArguments(editor);
  const { error, status, signal } = spawnSync(command, [...args, ...paths], { stdio: "inherit" });
  if (error instanceof Error) {
    throw new CommandError(
      "editor-failed",
      `Error executing editor (${editor}): ${Reflect.get(error, "code") === "ENOENT" ? "there is no such program" : error.message}`,
      "Set EDITOR to a program, with its arguments if it takes any.",
    );
  }
  if (status !== 0) {
    throw new CommandError(
      "editor-failed",
      `Error executing editor (${editor}): it ended with ${status === null ? String(signal) : `exit code ${String(status)}`}`,
      "Check that this program works, or set EDITOR to another one.",
    );
  }
}
