import { deepStrictEqual, rejects } from "node:assert/strict";
import { addReadingCommands } from "../../../src/cli/readingCommands";
import type { CliSession } from "../../../src/cli/cliSession";
import type { GlobalOptions } from "../../../src/cli/globalOptions";
import { createProgram } from "../../../src/cli/program";

interface Asked {
  readonly globals: GlobalOptions;
  /** What the command function is called with. */
  readonly options: unknown;
}

/** Parses a command line with the commands that read; each fails when it is asked to run, which is noted. */
async function ask(line: string): Promise<Asked> {
  const asked: Asked[] = [];
  const stop = new Error("asked");
  const program = createProgram(async (globals, action) => {
    const run = (_command: unknown, options: unknown): Promise<never> => {
      asked.push({ globals, options });
      return Promise.reject(stop);
    };
    const context = { config: { environments: new Map() } };
    await action({ run, options: globals, context: () => Promise.resolve(context) } as unknown as CliSession);
  }, addReadingCommands);
  program.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  for (const command of program.commands) {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  }
  await rejects(program.parseAsync(line.split(" "), { from: "user" }), (error) => {
    if (error !== stop) {
      throw error;
    }
    return true;
  });
  const [first] = asked;
  if (first === undefined) {
    throw new Error("Nothing was run.");
  }
  return first;
}

describe("options of the command line", () => {
  const cases: readonly (readonly [line: string, globals: GlobalOptions, options: object])[] = [
    ["current -c", {}, { checkHeads: true }],
    ["current --check-heads", {}, { checkHeads: true }],
    ["current -vc", {}, { checkHeads: true }],
    ["-c a.ini current -c", { config: "a.ini" }, { checkHeads: true }],
    ["-c a.ini current", { config: "a.ini" }, {}],
    ["current --config a.ini -c", { config: "a.ini" }, { checkHeads: true }],
    ["-qc a.ini current -q", { config: "a.ini", quiet: true }, {}],
    ["heads -c a.ini", { config: "a.ini" }, {}],
    ["-c a.ini heads", { config: "a.ini" }, {}],
    ["-c a.ini heads -c b.ini", { config: "b.ini" }, {}],
    ["--url one heads --resolve-dependencies --url two", { url: "two" }, { resolveDependencies: true }],
    ["history -r -2: -n other", { name: "other" }, { range: "-2:" }],
    ["history -r-2:current -q", { quiet: true }, { range: "-2:current" }],
    [
      "-x a=1 -x b=1 show -x b=2 -x c=3 head",
      {
        x: new Map([
          ["a", "1"],
          ["b", "2"],
          ["c", "3"],
        ]),
      },
      { revision: "head" },
    ],
  ];
  for (const [line, globals, options] of cases) {
    it(line, async () => {
      deepStrictEqual(await ask(line), { globals, options });
    });
  }

  it("refuses a file after the -c of current", async () => {
    await rejects(ask("current -c a.ini"), { code: "commander.excessArguments" });
  });
});
