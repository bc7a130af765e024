import { AsyncLocalStorage } from "node:async_hooks";
import type * as ChildProcess from "node:child_process";
import { createRequire, syncBuiltinESMExports } from "node:module";

/** Makes the error of a program that is not started, which is told its name. */
export type RefuseProgram = (program: string) => Error;

const refusals = new AsyncLocalStorage<RefuseProgram | undefined>();
let isWatched = false;

/**
 * Runs code that may start no program: whatever starts one throws, also in what it leaves going on. Inside of another call,
 * that one is told too.
 */
export function withoutPrograms<Result>(refuse: RefuseProgram, work: () => Result): Result {
  watchPrograms();
  const outer = refusals.getStore();
  const both: RefuseProgram = (program) => {
    outer?.(program);
    return refuse(program);
  };
  return refusals.run(both, work);
}

/** Runs code, inside of `withoutPrograms`, for which that does not count. */
export function withPrograms<Result>(work: () => Result): Result {
  return refusals.run(undefined, work);
}

/** Changes the module itself, which is the user's code's too; every way to start a program ends in one of these. */
function watchPrograms(): void {
  if (isWatched) {
    return;
  }
  isWatched = true;
  const module = createRequire(__filename)("node:child_process") as typeof ChildProcess;
  const prototype = module.ChildProcess.prototype as unknown as { spawn: (options: object) => unknown };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    refuseHere("file" in options ? options.file : undefined);
    return spawn.call(this, options);
  };
  const { spawnSync, execSync, execFileSync } = module;
  const guarded = (start: (...args: never[]) => unknown) =>
    function (...args: unknown[]): unknown {
      refuseHere(args[0]);
      return Reflect.apply(start, module, args);
    };
  Object.assign(module, {
    spawnSync: guarded(spawnSync),
    execSync: guarded(execSync),
    execFileSync: guarded(execFileSync),
  });
  syncBuiltinESMExports();
}

function refuseHere(program: unknown): void {
  const refuse = refusals.getStore();
  if (refuse !== undefined) {
    // Of a command line its first word: what follows may be a password.
    throw refuse(typeof program === "string" ? (/^\S+/.exec(program)?.[0] ?? "") : "a program");
  }
}
