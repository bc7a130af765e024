import * as vscode from "vscode";
import type { CommandTable, MigrationRunResult } from "../../context/commandTable";
import type { Project } from "../project/project";
import type { Services } from "../services";
import type { PlannedRun } from "./confirmChange";

type ChangeName = "upgrade" | "downgrade" | "stamp";

/** A change of the database that is asked about before it is made. */
export interface Change<Name extends ChangeName> {
  readonly command: Name;
  readonly options: CommandTable[Name]["options"];
  /** What the progress is headed with while the database is asked what would happen. */
  readonly planning: string;
  /** What it is headed with while the change is made. */
  readonly running: string;
  readonly ask: (plan: PlannedRun) => Promise<boolean>;
  /** The plan that is the only one asked about; of others what was planned runs. */
  readonly isAskedAbout?: (plan: PlannedRun) => boolean;
}

/**
 * Asks the database that the run will use what would happen there, asks the user, and then runs that very plan, or
 * nothing where it no longer holds. Undefined: not run, which has been told.
 */
export function runConfirmed<Name extends ChangeName>(
  services: Services,
  project: Project,
  change: Change<Name>,
): Promise<MigrationRunResult | undefined> {
  return services.runner.underWay.during(project, () => planAndRun(services, project, change));
}

async function planAndRun<Name extends ChangeName>(
  services: Services,
  project: Project,
  { command, options, planning, running, ask, isAskedAbout = () => true }: Change<Name>,
): Promise<MigrationRunResult | undefined> {
  const choice = services.environments.choiceOf(project);
  const how = { title: planning, progress: "notification" } as const;
  const plan = await services.runner.run(project, command, { ...options, plan: true }, how);
  if (plan?.kind !== "plan") {
    return undefined;
  }
  if (plan.steps.length === 0 && command !== "stamp") {
    return { kind: "ran", database: plan.database, steps: [], heads: plan.heads };
  }
  if (isAskedAbout(plan) && !(await ask(plan))) {
    return undefined;
  }
  if (!services.environments.isStillChosen(project, choice)) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("Nothing was run, because another database was selected in the meantime."),
    );
    return undefined;
  }
  const { database, versionTable, rows, steps, files = [] } = plan;
  const confirmed = { database, versionTable, rows, steps, files };
  return services.runner.run(project, command, { ...options, confirmed }, { ...how, title: running });
}
