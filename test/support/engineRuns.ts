import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { CommandName, CommandTable } from "../../src/context/commandTable";
import { protocolDescriptor, runRequest, type RunRequest } from "../../src/engine/protocol";
import { commandLineFile, plainEnvironment } from "./commandLine";

/** The editor's engine for one project: a process in which one command follows the other. */
export interface EngineRuns {
  /** Runs a command, which must succeed; on the database of a URL, or on the project's own. */
  readonly run: <Name extends CommandName>(
    command: Name,
    options: CommandTable[Name]["options"],
    url?: string,
  ) => Promise<CommandTable[Name]["result"]>;
  /** Ends it as the editor does, by closing the line. @returns exit code and signal */
  readonly end: () => Promise<readonly unknown[]>;
  readonly kill: () => void;
}

/** Starts the built engine, `dist/engine.js`. */
export function startEngine(configPath: string, env: Readonly<Record<string, string>> = {}): EngineRuns {
  const child = spawn(process.execPath, [join(dirname(commandLineFile()), "engine.js")], {
    cwd: dirname(configPath),
    env: { ...plainEnvironment(), ...env },
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const line = child.stdio[protocolDescriptor] as Duplex;
  const connection = createMessageConnection(new StreamMessageReader(line), new StreamMessageWriter(line));
  connection.listen();
  return {
    async run(command, options, url) {
      const database = url === undefined ? {} : { url };
      const request = { runId: 1, configPath, database, command, options } as RunRequest;
      const response = await connection.sendRequest(runRequest, request);
      if (response.kind !== "ok") {
        assert.fail(`${command}: ${JSON.stringify(response)}`);
      }
      return response.result;
    },
    end() {
      const ended = once(child, "exit");
      line.end();
      return ended;
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
