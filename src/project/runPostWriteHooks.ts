import { spawn } from "cross-spawn";
import { delimiter, dirname, join } from "node:path";
import type { ProjectPostWriteHook } from "./projectConfig";

/** How a hook ended. */
export interface HookResult {
  readonly name: string;
  /** What both of its streams said. */
  readonly output: string;
  /** Why the hook failed, undefined where it did not. Alembic ignores this; we report it and go on. */
  readonly warning: string | undefined;
}

const fileToken = "REVISION_SCRIPT_FILENAME";

/**
 * Runs the hooks on a new file, one after the other, without a shell; on Windows, where npm's programs are batch files,
 * with what they need of one. Never fails.
 */
export async function runPostWriteHooks(
  hooks: readonly ProjectPostWriteHook[],
  file: string,
): Promise<readonly HookResult[]> {
  const results: HookResult[] = [];
  for (const hook of hooks) {
    results.push(await runHook(hook, file));
  }
  return results;
}

function runHook(hook: ProjectPostWriteHook, file: string): Promise<HookResult> {
  const { program, args } = commandOf(hook, file);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const finish = (problem: string | undefined): void => {
      const output = Buffer.concat(chunks).toString("utf8");
      const warning = problem === undefined ? undefined : `Post-write hook '${hook.name}' ${problem}.`;
      resolve({ name: hook.name, output, warning });
    };
    const child = spawn(program, args, {
      cwd: hook.cwd,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      env: { ...process.env, PATH: pathWithBin(hook.cwd) },
    });
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => finish(`could not be started: ${error.message}`));
    child.on("close", (code, signal) =>
      finish(
        code === 0 ? undefined : `ended with ${code === null ? `signal ${signal}` : `exit status ${code}`}`,
      ),
    );
  });
}

function commandOf(hook: ProjectPostWriteHook, file: string): { program: string; args: readonly string[] } {
  const given = hook.options.map((option) => option.replaceAll(fileToken, file));
  const args = hook.options.some((option) => option.includes(fileToken)) ? given : [file, ...given];
  switch (hook.type) {
    // An installed program is found as any other: its folder comes first in the PATH.
    case "exec":
    case "console_scripts":
      return { program: hook.command, args };
    case "module":
      return { program: process.execPath, args: [hook.command, ...args] };
  }
}

function pathWithBin(directory: string): string {
  return [...binFolders(directory), process.env.PATH ?? ""].join(delimiter);
}

function binFolders(directory: string): readonly string[] {
  const parent = dirname(directory);
  const here = join(directory, "node_modules", ".bin");
  return parent === directory ? [here] : [here, ...binFolders(parent)];
}
