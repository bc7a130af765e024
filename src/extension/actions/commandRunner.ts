import * as vscode from "vscode";
import type { CommandName, CommandTable } from "../../context/commandTable";
import type { CommandEvent, StepSummary } from "../../context/events";
import { changesDatabase } from "../../engine/changesDatabase";
import type { RunFailure, RunRequest, RunResponse, UnsavedFile } from "../../engine/protocol";
import { commandIds, viewIds } from "../contributions";
import { stateAfterRun } from "../database/stateAfterRun";
import type { DatabaseStates } from "../database/databaseStates";
import { engineFailure } from "../engine/engineError";
import type { AskDrop, AskProduction, AskRename, EngineService } from "../engine/engineService";
import type { EnvironmentChoice } from "../environments/environmentChoice";
import type { EnvironmentService } from "../environments/environmentService";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import { alembicAccessOf, alembicOptionsOf } from "../python/alembicSettings";
import type { Log } from "../shared/log";
import { commandLine, shellOf } from "./commandLine";
import { confirmProduction } from "./confirmProduction";
import { connectionActions } from "./connectionFailure";
import { withDelayedProgress, type ProgressStep } from "./delayedProgress";
import { invocation } from "./invocation";
import { Notices } from "./notices";
import { showFailure } from "./showFailure";
import { RunsUnderWay } from "./runsUnderWay";
import { requireTrust } from "./trust";

export interface RunOptions {
  /** What the progress is headed with. */
  readonly title: string;
  /** `notification` can be cancelled, and comes after a second; `view` is a line above the tree; `window` a word in the status bar. */
  readonly progress: "notification" | "view" | "window";
  /** The command writes revision files: watchers wait, and the folder is read once at the end. */
  readonly writesFiles?: boolean;
  readonly token?: vscode.CancellationToken;
  /** Told what the command tells while it runs. */
  readonly onEvent?: (event: CommandEvent) => void;
  /** Files as they are in the editor; only for what changes no database. */
  readonly unsaved?: readonly UnsavedFile[];
  /** Asked about renames while the command runs. */
  readonly askRename?: AskRename;
  /** Asked about drops while the command runs; given together with `askRename`. */
  readonly askDrop?: AskDrop;
  /** The database, where it is not to be the one that the user chose. */
  readonly choice?: EnvironmentChoice | undefined;
  /** Asked before a production database is changed; the user, if left out. */
  readonly askProduction?: AskProduction;
  /** The coding agent that it is for, and what that may see. */
  readonly forAgent?: Pick<RunRequest, "agent" | "isOnFiles">;
  /** Done again for what the user once asked for: it is none of the latest actions, and no news for the log. */
  readonly isRepetition?: boolean;
}

/** A command that has ended, one way or the other. */
export interface EndedRun {
  readonly project: Project;
  readonly response: RunResponse;
}

type Progress = vscode.Progress<ProgressStep>;

/** Runs commands in the engine: logged as their command line, with progress, and the outcome noted. */
export class CommandRunner {
  private readonly recentLines: string[] = [];
  private readonly endEmitter = new vscode.EventEmitter<EndedRun>();
  readonly onDidRun = this.endEmitter.event;
  readonly underWay = new RunsUnderWay();
  readonly notices = new Notices();
  /** What the last run of each project named as its database. */
  private readonly databaseNames = new WeakMap<Project, string>();

  constructor(
    private readonly engine: EngineService,
    private readonly environments: EnvironmentService,
    private readonly databases: DatabaseStates,
    private readonly log: Log,
  ) {}

  /** Command lines of the actions of this session, the latest first. */
  get recentCommandLines(): readonly string[] {
    return this.recentLines;
  }

  /** The command line that does the same in a terminal at the project's folder. */
  lineOf<Name extends CommandName>(
    project: Project,
    command: Name,
    options: CommandTable[Name]["options"],
    choice = this.environments.choiceOf(project),
  ): string {
    return commandLine(command, options, {
      workingDirectory: pathOf(project.directory),
      configPath: project.configPath,
      choice,
      alembic: project.isPython ? alembicOptionsOf(project) : undefined,
      shell: shellOf(vscode.env.shell),
    });
  }

  /** Runs a command and shows its failure. Undefined: it failed, was cancelled, or may not run here. */
  async run<Name extends CommandName>(
    project: Project,
    command: Name,
    options: CommandTable[Name]["options"],
    how: RunOptions,
  ): Promise<CommandTable[Name]["result"] | undefined> {
    if (!requireTrust()) {
      return undefined;
    }
    this.notices.begin();
    const response = await this.execute(project, command, options, how);
    switch (response.kind) {
      case "ok":
        await this.notices.succeed();
        return response.result;
      case "failed":
        this.tellOfFailure(response.failure, project, () => void this.run(project, command, options, how));
        return undefined;
      case "cancelled":
        return undefined;
    }
  }

  /** Runs a command and leaves its failure to the caller. */
  async execute<Name extends CommandName>(
    project: Project,
    command: Name,
    options: CommandTable[Name]["options"],
    how: RunOptions,
  ): Promise<RunResponse<Name>> {
    const line = this.lineOf(project, command, options, how.choice);
    if (how.isRepetition === true) {
      this.log.debug(`> ${line}`);
    } else {
      this.noteLine(line);
      this.log.info(`> ${line}`);
    }
    const endMute = how.writesFiles === true ? project.mute() : undefined;
    const run = () => this.inEngine(project, command, options, how);
    const tellsState =
      changesDatabase({ command, options }) || (command === "status" && how.isRepetition !== true);
    try {
      const response = await (tellsState ? this.underWay.during(project, run) : run());
      if (command === "upgrade" || command === "downgrade") {
        this.endEmitter.fire({ project, response });
      }
      if (how.writesFiles === true) {
        await project.refreshNow();
      }
      return response;
    } finally {
      endMute?.();
    }
  }

  private async inEngine<Name extends CommandName>(
    project: Project,
    command: Name,
    options: CommandTable[Name]["options"],
    how: RunOptions,
  ): Promise<RunResponse<Name>> {
    const started = performance.now();
    const choice = how.choice ?? this.environments.choiceOf(project);
    const isChange = changesDatabase({ command, options });
    let isBegun = false;
    let isStopped = false;
    /** What the run warned of after it was cancelled. */
    let left = "";
    const response = await this.withProgress<RunResponse<Name>>(how, async (progress, token) => {
      const chosen = await this.environments.databaseOf(project, choice);
      if (chosen === undefined) {
        return { kind: "failed", failure: forgottenUrl() };
      }
      token.onCancellationRequested(() => (isStopped = true));
      const alembic = project.isPython ? await alembicAccessOf(project) : undefined;
      return this.engine.run({
        directory: pathOf(project.directory),
        configPath: project.configPath,
        database: chosen,
        command,
        options,
        token,
        unsaved: how.unsaved ?? [],
        ...(alembic === undefined ? {} : { alembic }),
        askProduction: how.askProduction ?? confirmProduction,
        ...(how.forAgent === undefined ? {} : { forAgent: how.forAgent }),
        ...(how.askRename === undefined ? {} : { askRename: how.askRename }),
        ...(how.askDrop === undefined ? {} : { askDrop: how.askDrop }),
        onEvent: (event) => {
          how.onEvent?.(event);
          if (event.kind === "database") {
            this.databaseNames.set(project, event.database.name);
          }
          isBegun ||= isChange && event.kind === "stepStarted";
          if (isStopped && event.kind === "log" && event.level === "warning") {
            left = event.message;
          }
          this.noteEvent(event, progress);
        },
      });
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    if (how.isRepetition !== true) {
      this.noteOutcome(response, `${command}, ${seconds} s`);
    }
    if (this.environments.isStillChosen(project, choice)) {
      this.noteState(project, command, response);
      if (isBegun && response.kind !== "ok") {
        await this.askAgain(project);
      }
    }
    if (response.kind === "cancelled" && isStopped && how.progress === "notification") {
      this.tellOfCancelling(project, how.title, isBegun, left);
    }
    return response;
  }

  private withProgress<Result>(
    how: RunOptions,
    task: (progress: Progress, token: vscode.CancellationToken) => Promise<Result>,
  ): Thenable<Result> {
    if (how.progress === "notification") {
      return withDelayedProgress(how.title, (progress, token) => task(progress, how.token ?? token));
    }
    const location = how.progress === "view" ? { viewId: viewIds.revisions } : vscode.ProgressLocation.Window;
    return vscode.window.withProgress({ location, title: how.title }, (progress, token) =>
      task(progress, how.token ?? token),
    );
  }

  private tellOfFailure(failure: RunFailure, project: Project, runAgain: () => void): void {
    const database = this.databaseNames.get(project);
    const { unknownRow: row } = failure;
    if (row !== undefined) {
      // The failure says where the database is, which the view shows as well.
      void this.askAgain(project);
      const argument = { projectId: project.id, row };
      const find = () => vscode.commands.executeCommand(commandIds.findRevisionInGit, argument);
      const stamp = () => vscode.commands.executeCommand(commandIds.stamp);
      this.notices.noteFailure(
        showFailure({ ...failure, hint: undefined }, project, this.log, [
          { title: vscode.l10n.t("Look in Git"), run: find },
          { title: vscode.l10n.t("Stamp…"), run: stamp },
        ]),
      );
      return;
    }
    const actions = connectionActions(failure, {
      retry: invocation.getStore() ?? runAgain,
      enterPassword:
        database === undefined ? undefined : () => this.environments.askForPassword(project, database),
    });
    this.notices.noteFailure(showFailure(failure, project, this.log, actions));
  }

  /**
   * @param isBegun whether the database may have been changed
   * @param left a sentence about what goes on
   */
  private tellOfCancelling(project: Project, title: string, isBegun: boolean, left: string): void {
    const state = this.databases.get(project);
    const place =
      isBegun && state.kind === "known"
        ? vscode.l10n.t("The database is at {0}.", state.rows.join(", ") || vscode.l10n.t("base"))
        : "";
    void vscode.window.showInformationMessage(
      [vscode.l10n.t("Cancelled: {0}.", title), place, left].filter((part) => part !== "").join(" "),
    );
  }

  private noteLine(line: string): void {
    const known = this.recentLines.indexOf(line);
    if (known >= 0) {
      this.recentLines.splice(known, 1);
    }
    this.recentLines.unshift(line);
    this.recentLines.length = Math.min(this.recentLines.length, 20);
  }

  private noteEvent(event: CommandEvent, progress: Progress): void {
    switch (event.kind) {
      case "database":
        this.log.info(`Database: ${event.database.name} (${event.database.source})`);
        return;
      case "waiting":
        this.log.info(event.reason);
        progress.report({ message: event.reason });
        return;
      case "stepStarted":
        this.log.info(`Running ${event.step.kind} ${stepText(event.step)}`);
        progress.report({ message: `${event.index + 1}/${event.total} ${stepText(event.step)}` });
        return;
      case "stepFinished":
        this.log.info(`Finished in ${Math.round(event.milliseconds)} ms`);
        progress.report({ increment: 100 / event.total });
        return;
      case "statement":
        this.log.debug(event.text);
        return;
      case "log":
        this.log[event.level === "warning" ? "warn" : "info"](event.message);
        return;
      case "fileWritten":
        this.log.info(`Wrote ${event.path}`);
        return;
      case "roundTripStarted":
        progress.report({ message: event.revision });
        return;
      case "dataTestStarted":
        progress.report({ message: event.test.name ?? event.test.revision });
        return;
      case "dataTestFinished":
        this.log.info(`Test ${event.outcome.name ?? event.outcome.path}: ${event.outcome.kind}`);
        return;
      case "roundTripFinished":
        this.log.info(`Round trip of ${event.outcome.revision}: ${event.outcome.kind}`);
        return;
    }
  }

  private noteOutcome(response: RunResponse, what: string): void {
    switch (response.kind) {
      case "ok":
        this.log.info(`Done: ${what}`);
        return;
      case "cancelled":
        this.log.warn(`Cancelled: ${what}`);
        return;
      case "failed":
        this.log.error(`Failed: ${what}\n${failureText(response.failure)}`);
    }
  }

  /** What the answer says of the database is kept, so that nobody has to ask again. */
  private noteState(project: Project, command: CommandName, response: RunResponse): void {
    if (response.kind === "ok") {
      const state = stateAfterRun(response.result);
      if (state !== undefined) {
        this.databases.set(project, state);
      }
    } else if (command === "status") {
      const message = vscode.l10n.t("The last status check failed.");
      this.databases.set(project, { kind: "failed", message });
    }
  }

  /** Of a run that broke off, some revisions may have been committed, each in its own transaction. */
  private async askAgain(project: Project): Promise<void> {
    await this.execute(
      project,
      "status",
      {},
      { title: vscode.l10n.t("Checking the database"), progress: "window", isRepetition: true },
    );
  }
}

function stepText(step: StepSummary): string {
  const from = step.from.join(", ");
  const to = step.to.join(", ");
  return `${from} -> ${to}${step.message === "" ? "" : `, ${step.message}`}`;
}

function failureText(failure: RunFailure): string {
  const place =
    failure.location === undefined
      ? undefined
      : `${failure.location.path}:${failure.location.line + 1}:${failure.location.column + 1}`;
  return [failure.message, failure.hint, place, failure.sql].filter((part) => part !== undefined).join("\n");
}

function forgottenUrl(): RunFailure {
  return engineFailure(
    "forgotten-url",
    vscode.l10n.t("The URL of the selected database is no longer in the editor's secret storage."),
    vscode.l10n.t("Select the database again with “Alembic: Select Environment”."),
  );
}
