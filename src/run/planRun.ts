import type { Connection, StatementResult } from "../database/connection";
import type { VersionTable } from "../database/versionTable";
import type { MigrationPlan, MigrationStep } from "../revision/plan";
import type { StepSummary } from "../context/events";
import type { ReportGate } from "./reportGate";
import type { RevisionRecorder } from "./revisionRecorder";
import type { MigrationSession } from "./session";
import type { ObserveStatement } from "./statementObserver";

/** Runs a statement inside the transaction of a run. */
export type RunInside = (text: string, values?: readonly unknown[]) => Promise<StatementResult>;

/** A plan, and what it is run on. */
export interface PlanRun {
  readonly plan: MigrationPlan;
  readonly session: MigrationSession;
  /** The database behind a live session; undefined where a script is written. */
  readonly connection: Connection | undefined;
  readonly hasVersionTable: boolean;
  /** Where the version table is, if that is known better than by the config. */
  readonly versionTable?: VersionTable;
  readonly tag: string | undefined;
  /** Through which the context of a live run reports. */
  readonly gate?: ReportGate;
  /** Runs first, in the transaction of the run, also where the plan has no step. */
  readonly beforeSteps?: ((run: RunInside) => Promise<void>) | undefined;
  /** Told when a revision asks whether it is written as a script: it may do something else in a run. */
  readonly onOfflineAsked?: () => void;
  /** Through which each statement of a revision is sent. Only with a connection that takes one at a time. */
  readonly observe?: ObserveStatement;
  /** Told what each revision does. */
  readonly record?: RevisionRecorder | undefined;
}

/** A step as it may leave the engine: plain data, no graph. */
export function summariseStep(step: MigrationStep): StepSummary {
  return {
    kind: step.kind,
    revision: step.revision?.revision,
    message: step.kind === "stamp" ? "" : (step.revision?.message ?? ""),
    path: step.revision?.path ?? "",
    from: step.from,
    to: step.to,
  };
}
