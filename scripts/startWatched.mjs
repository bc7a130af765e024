// A program whose output is passed on, and which is ended where it hangs.
import { spawn } from "node:child_process";

/**
 * Runs a program with its output passed on, at the end where it is `whole`. Where it prints nothing for
 * `minutes`, it hangs, and is killed with all that it started; how long it takes in all depends on what else runs.
 * Gives its exit code, and the output where it is whole.
 */
export function startWatched(
  command,
  args,
  { name = "", minutes, cwd, env = {}, whole = false, setTimer = setTimeout },
) {
  return new Promise((resolve) => {
    const isGroup = process.platform !== "win32";
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: isGroup,
    });
    const output = [];
    const passOn = (stream) => (chunk) => {
      timer.refresh();
      if (whole) {
        output.push(chunk);
      } else {
        stream.write(chunk);
      }
    };
    child.stdout.on("data", passOn(process.stdout));
    child.stderr.on("data", passOn(process.stderr));
    const kill = () => {
      try {
        process.kill(isGroup ? -child.pid : child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimer(() => {
      console.error(
        `${name || [command, ...args].join(" ")} printed nothing for ${minutes} minutes, and was ended.`,
      );
      kill();
    }, minutes * 60_000);
    process.on("exit", kill);
    child.on("error", (error) => {
      console.error(error.message);
      finish(1);
    });
    child.on("close", (code) => finish(code ?? 1));
    function finish(code) {
      clearTimeout(timer);
      process.removeListener("exit", kill);
      const text = Buffer.concat(output);
      process.stdout.write(text);
      resolve({ code, output: text.toString("utf8") });
    }
  });
}
