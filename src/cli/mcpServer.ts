import type { CliSession } from "./cliSession";
import { serveMcp } from "./mcp/serveMcp";

/** Serves MCP on the standard streams until the client is gone or the command is cancelled. */
export function runMcpServer({ terminal, options }: CliSession): Promise<void> {
  return serveMcp({
    input: process.stdin,
    write: (text) => void terminal.stdout.write(text),
    signal: terminal.signal,
    project: {
      workingDirectory: terminal.workingDirectory,
      configPath: options.config,
      section: options.name,
      variables: terminal.variables,
    },
  });
}
