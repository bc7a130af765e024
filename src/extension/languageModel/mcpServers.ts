import * as vscode from "vscode";
import { mcpProviderId } from "../contributions";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";

type McpServers = vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>;

/**
 * Offers the editor's agents the MCP server that the extension carries, one for each project; none in a workspace that is
 * not trusted. Undefined where the editor is built on a VS Code that has no such servers.
 */
export function registerMcpServers(
  context: vscode.ExtensionContext,
  { projects }: Services,
): McpServers | undefined {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => changed.fire();
  const cliPath = vscode.Uri.joinPath(context.extensionUri, "dist", "cli.js").fsPath;
  const { version } = context.extension.packageJSON as { readonly version: string };
  const provider: McpServers = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: async () => {
      await projects.whenLooked;
      return vscode.workspace.isTrusted
        ? projects.projects
            .filter(({ configUri }) => configUri.scheme === "file")
            .map((project) => serverOf(project, cliPath, version))
        : [];
    },
    // The editor remembers servers from earlier, when the workspace may have been trusted.
    resolveMcpServerDefinition: (server) => (vscode.workspace.isTrusted ? server : undefined),
  };
  // The declarations are those of the oldest VS Code that is supported; editors that are built on it leave parts out.
  const { registerMcpServerDefinitionProvider: register } = vscode.lm as Partial<typeof vscode.lm>;
  if (register === undefined) {
    changed.dispose();
    return undefined;
  }
  context.subscriptions.push(
    changed,
    projects.onDidChangeProjects(fire),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    register(mcpProviderId, provider),
  );
  return provider;
}

/** Of the database it gets nothing: it reads the project's configuration, as the command line does. */
function serverOf(project: Project, cliPath: string, version: string): vscode.McpStdioServerDefinition {
  const section = project.section === undefined ? [] : ["-n", project.section];
  const server = new vscode.McpStdioServerDefinition(
    `Alembic: ${project.name}`,
    process.execPath,
    [cliPath, "mcp", "-c", project.configPath, ...section],
    // The editor's own program is to be Node.js, without what may be preloaded into the editor.
    { ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: null },
    version,
  );
  server.cwd = vscode.Uri.file(pathOf(project.directory));
  return server;
}
