import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const repository = dirname(dirname(__dirname));

/** How one call of the command line ended. */
export interface CommandLineResult {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLineOptions {
  readonly cwd: string;
  /** Variables beside those that any program needs; nothing that names a database comes in from outside. */
  readonly env?: Readonly<Record<string, string>>;
  /** Past it the program is killed, for it hangs; a busy machine needs a minute for what takes seconds. @default 180000 */
  readonly timeoutMilliseconds?: number;
}

/**
 * The built command line, `dist/cli.js`, or that of the folder `TEST_DIST`. Where it is missing it is built, once per
 * run; `npm test` builds it anew before any test.
 */
export function commandLineFile(): string {
  const named = process.env["TEST_DIST"];
  const file = join(named ?? join(repository, "dist"), "cli.js");
  if (!existsSync(file)) {
    if (named !== undefined) {
      throw new Error(`TEST_DIST names ${named}, which holds no cli.js.`);
    }
    console.log("dist/cli.js is missing: building it with `node esbuild.mjs`.");
    execFileSync(process.execPath, ["esbuild.mjs"], { cwd: repository, stdio: "inherit" });
  }
  return file;
}

/** Runs `alembic-ts` as its users do: the built file, in a process of its own, with no terminal. */
export function runCommandLine(
  args: readonly string[],
  options: CommandLineOptions,
): Promise<CommandLineResult> {
  return runProgram(process.execPath, [commandLineFile(), ...args], options);
}

/** Runs a program to its end, with `input` on its stdin. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: CommandLineOptions,
  input = "",
): Promise<CommandLineResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...plainEnvironment(), ...options.env },
      timeout: options.timeoutMilliseconds ?? 180_000,
      killSignal: "SIGKILL",
      stdio: ["pipe", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? undefined, ...output }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** What Node and PostgreSQL's client need, and a cache of the tests' own for the embedded database. */
export function plainEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "SystemRoot", "TEMP", "TMP", "TMPDIR", "USERPROFILE"];
  const entries = kept.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    XDG_CACHE_HOME: join(tmpdir(), "alembic-ts-tests", "cache"),
    TZ: "UTC",
  };
}
