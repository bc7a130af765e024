import type { Command } from "commander";
import type { Bind, CliSession } from "./cliSession";
import { runMcpServer } from "./mcpServer";

/** `mcp`: the tools for coding agents. Its server is in a bundle of its own. */
export function addMcpCommand(program: Command, bind: Bind): void {
  program
    .command("mcp")
    .description("serve the tools of a coding agent over the Model Context Protocol, on stdin and stdout")
    .action(bind(async (session: CliSession) => runMcpServer(session)));
}
