import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { endProcessTree, needsGroup } from "./endProcessTree";

/** A program to be run as it is, without a shell. */
export interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export type ProgramStream = "stdout" | "stderr";

export interface ProgramEnd {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramWatch {
  /** Aborted: the program is interrupted, and killed where that does not end it, with all that it started. */
  readonly signal: AbortSignal;
  /** Told that an interruption did not end it. */
  readonly onKill?: () => void;
  /** Told of each line as it comes. */
  readonly onLine?: (line: string, stream: ProgramStream) => void;
}

/** An interrupted program may clean up for so long, in milliseconds: the editor waits for 5 seconds in all. */
const interruptPatience = 2_000;

/**
 * Runs a program to its end, with nothing to read.
 * @throws Error where it cannot be started
 */
export function runProgram(program: Program, { signal, onLine, onKill }: ProgramWatch): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      resolve({ status: null, stdout: "", stderr: "" });
      return;
    }
    const child = spawn(program.path, program.args, {
      cwd: program.folder,
      env: program.variables,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      detached: needsGroup(),
    });
    const texts = { stdout: "", stderr: "" };
    const ends = (["stdout", "stderr"] as const).map((name) =>
      readLines(
        child[name],
        (text) => {
          texts[name] += text;
        },
        (line) => onLine?.(line, name),
      ),
    );
    let killTimer: NodeJS.Timeout | undefined;
    const send = (name: NodeJS.Signals): void => {
      if (child.pid !== undefined) {
        endProcessTree(child.pid, name);
      }
    };
    const interrupt = (): void => {
      send("SIGINT");
      killTimer = setTimeout(() => {
        onKill?.();
        send("SIGKILL");
        // What left its group may hold them for ever.
        child.stdout.destroy();
        child.stderr.destroy();
      }, interruptPatience);
    };
    // What this process started does not go on when it ends.
    const kill = (): void => send("SIGKILL");
    signal.addEventListener("abort", interrupt, { once: true });
    process.once("exit", kill);
    const settle = (finish: () => void): void => {
      clearTimeout(killTimer);
      signal.removeEventListener("abort", interrupt);
      process.removeListener("exit", kill);
      finish();
    };
    child.once("error", (error) => settle(() => reject(error)));
    child.once("close", (status) =>
      settle(() => {
        ends.forEach((end) => end());
        resolve({ status, ...texts });
      }),
    );
  });
}

/** Hands on what a stream gives, whole and line by line; the returned function gives the last line. */
function readLines(
  stream: NodeJS.ReadableStream,
  onText: (text: string) => void,
  onLine: (line: string) => void,
): () => void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    const text = decoder.write(chunk);
    onText(text);
    const lines = `${rest}${text}`.split(/\r?\n/);
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  return () => {
    const last = decoder.end();
    onText(last);
    if (`${rest}${last}` !== "") {
      onLine(`${rest}${last}`);
    }
  };
}
