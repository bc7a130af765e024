import type * as ChildProcess from "node:child_process";
import { createRequire, syncBuiltinESMExports } from "node:module";
import type { OutputStream } from "./terminal";

/** With them stdout is read by another program, or is to stay empty. */
const takingOptions = new Set(["--sql", "--json", "--dry-run", "--quiet", "-q"]);

/** Whether a command line keeps stdout for what it was asked for: all else is said on stderr. */
export function isStdoutTaken(args: readonly string[]): boolean {
  return args[0] === "mcp" || args.some((arg) => takingOptions.has(arg) || /^--format(?:=|$)/.test(arg));
}

/** Whether a command line asks for JSON, a failure included. */
export function isJsonWanted(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  return options.some(
    (arg, index) =>
      arg === "--json" || arg === "--format=json" || (arg === "json" && options[index - 1] === "--format"),
  );
}

/**
 * Keeps stdout for the command itself: what the project's code prints, and the programs that it starts with their
 * standard streams inherited, goes to stderr.
 * @returns the stream that the command writes to
 */
export function reserveStdout(): OutputStream {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  divertPrograms();
  const reserved = {
    isTTY: stdout.isTTY,
    hasWritten: false,
    write(text: string): unknown {
      reserved.hasWritten = true;
      return write(text);
    },
  };
  return reserved;
}

/** Told how a write to stdout failed: the status that the process is to end with. */
export function hearStdoutFailures(onFailure: (exitCode: number, message: string | undefined) => void): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") {
      // Whoever read it wants no more. The status is that of a program which the signal for it ended.
      onFailure(141, undefined);
    } else {
      onFailure(
        255,
        `FAILED: Can't write to the standard output: ${error.message}.\n` +
          "  State: The output is not complete. `alembic-ts current` shows where the database is.\n",
      );
    }
  });
  // There is nowhere left to say it.
  process.stderr.on("error", () => undefined);
}

type Options = { readonly stdio?: unknown } | undefined;

/** Changes the module itself, which is the user's code's too; every way to start a program ends in one of these. */
function divertPrograms(): void {
  const module = createRequire(__filename)("node:child_process") as typeof ChildProcess;
  const prototype = module.ChildProcess.prototype as unknown as { spawn: (options: object) => unknown };
  const spawn = prototype.spawn;
  prototype.spawn = function (options) {
    return spawn.call(this, diverted(options));
  };
  const { spawnSync, execSync, execFileSync } = module;
  Object.assign(module, {
    spawnSync: (...args: unknown[]): unknown => Reflect.apply(spawnSync, module, args.map(divertedOptions)),
    execSync: (...args: unknown[]): unknown => Reflect.apply(execSync, module, args.map(divertedOptions)),
    execFileSync: (...args: unknown[]): unknown =>
      Reflect.apply(execFileSync, module, args.map(divertedOptions)),
  });
  syncBuiltinESMExports();
}

/** An argument that holds options, with them; any other as it is. */
function divertedOptions(argument: unknown): unknown {
  return typeof argument === "object" && argument !== null && !Array.isArray(argument)
    ? diverted(argument)
    : argument;
}

function diverted<T extends object>(options: T): T {
  const { stdio } = options as Options & object;
  return stdio === undefined ? options : { ...options, stdio: divertedStdio(stdio) };
}

function divertedStdio(stdio: unknown): unknown {
  const entries = stdio === "inherit" ? ["inherit", "inherit", "inherit"] : stdio;
  return Array.isArray(entries)
    ? entries.map((entry: unknown, index) => (leadsToStdout(entry, index) ? 2 : entry))
    : entries;
}

function leadsToStdout(entry: unknown, index: number): boolean {
  return entry === 1 || entry === process.stdout || (entry === "inherit" && index === 1);
}
