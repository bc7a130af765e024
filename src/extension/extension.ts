import { join } from "node:path";
import * as vscode from "vscode";
import { CommandRunner } from "./actions/commandRunner";
import { handlersBundle } from "./commands/handlersBundle";
import { registerCommands } from "./commands/register";
import { DatabaseStates } from "./database/databaseStates";
import { AppliedTexts } from "./applied/appliedTexts";
import { GeneratedDocuments } from "./autogenerate/generatedDocuments";
import { registerAutogenerate } from "./autogenerate/register";
import { registerDecorations } from "./decorations/register";
import { ProblemReports } from "./diagnostics/problemReports";
import { registerDiagnostics } from "./diagnostics/register";
import { EngineService } from "./engine/engineService";
import { EnvironmentService } from "./environments/environmentService";
import { registerEnvironments } from "./environments/register";
import { registerMcpServers } from "./languageModel/mcpServers";
import { registerLanguageModelTools } from "./languageModel/register";
import { registerFirstContact } from "./firstContact/register";
import { TypeormFinder } from "./firstContact/typeormFinder";
import { registerGraph } from "./graph/register";
import { registerLenses } from "./lens/register";
import { registerLint } from "./lint/register";
import { MeasuredRevisions } from "./measure/measuredRevisions";
import { registerNavigation } from "./navigation/register";
import { registerPreview } from "./preview/register";
import { pathOf } from "./project/paths";
import { IdEdits } from "./project/idEdits";
import { ProjectService } from "./project/projectService";
import { registerQuickFixes } from "./quickFixes/register";
import type { Services } from "./services";
import { Log } from "./shared/log";
import { registerStatusBar } from "./statusBar/register";
import { registerTasks } from "./tasks/register";
import { registerTestExplorer } from "./testExplorer/register";
import { inspectionOf } from "./testing/inspection";
import type { Inspection } from "./testing/inspection";
import { registerTree } from "./tree/register";

/** Composes the extension. What it returns is for tests: views and state that no public API shows. */
export function activate(context: vscode.ExtensionContext): Inspection {
  const log = new Log();
  const projects = new ProjectService(context.workspaceState, log);
  const idEdits = new IdEdits(projects);
  const typeorm = new TypeormFinder(projects, log);
  const environments = new EnvironmentService(context.workspaceState, context.secrets, log);
  const databases = new DatabaseStates();
  const appliedTexts = new AppliedTexts(context.workspaceState, projects, databases, environments);
  const engine = new EngineService(join(context.extensionPath, "dist", "engine.js"), log);
  const runner = new CommandRunner(engine, environments, databases, log);
  const measured = new MeasuredRevisions(projects);
  const generatedDocuments = new GeneratedDocuments();
  const services: Services = {
    log,
    projects,
    idEdits,
    typeorm,
    environments,
    databases,
    appliedTexts,
    generatedDocuments,
    engine,
    runner,
    measured,
  };
  const reports = new ProblemReports(projects, appliedTexts);
  context.subscriptions.push(
    log,
    idEdits,
    typeorm,
    projects,
    environments,
    databases,
    appliedTexts,
    engine,
    runner.underWay,
    measured,
    reports,
  );
  context.subscriptions.push(
    projects.onDidRemoveProject((project) => engine.stop(pathOf(project.directory))),
  );

  registerCommands(context, services);
  const foundTree = registerFirstContact(context, services);
  registerEnvironments(context, services);
  const tree = registerTree(context, services, reports);
  registerDiagnostics(context, services, reports);
  registerQuickFixes(context, services, reports);
  registerLint(context, services);
  const lenses = registerLenses(context, services);
  registerNavigation(context, services);
  registerPreview(context, services);
  registerAutogenerate(context, services, handlersBundle);
  registerGraph(context, services);
  registerStatusBar(context, services);
  const decorations = registerDecorations(context, services);
  registerTasks(context, services);
  const tools = registerLanguageModelTools(context, services);
  const mcpServers = registerMcpServers(context, services);
  const tests = registerTestExplorer(context, services);

  context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => void projects.refreshNow()));
  void projects.discoverNow();
  return inspectionOf(services, { tree, foundTree, tests, decorations, tools, mcpServers, lenses });
}
