import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { MigrationPlan, MigrationStep } from "../../revision/plan";
import { CommandError } from "../../context/commandError";
import type { ConfirmedPlan } from "../../context/commandTable";
import type { ConfirmedAdoption } from "../../context/adoptCommand";
import type { StepSummary } from "../../context/events";
import { summariseStep } from "../../run/planRun";

/** Where a plan is made: the database, its version table by its full name, and the rows of that table. */
export type PlanOrigin = Omit<ConfirmedPlan, "steps" | "files">;

/** What identifies a plan: where it was made, and what it does there. */
export function identifyPlan(origin: PlanOrigin, plan: MigrationPlan): ConfirmedPlan {
  return { ...describePlan(origin, plan), files: plan.steps.map(digestFile) };
}

/** The same without the files, which an ID stands for. */
export function describePlan(origin: PlanOrigin, { steps }: MigrationPlan): ConfirmedPlan {
  return { ...origin, steps: steps.map(summariseStep) };
}

/**
 * Refuses to run another plan than the one that somebody was shown and has confirmed.
 * @throws CommandError `plan-changed`, which says what is another by now
 */
export function requireConfirmed(confirmed: ConfirmedPlan, present: ConfirmedPlan): void {
  const change = changeOf(confirmed, present);
  if (change !== undefined) {
    throw new CommandError(
      "plan-changed",
      `Nothing was run, because the confirmed plan is no longer valid. ${change}`,
      "Run the command again, and confirm the new plan.",
    );
  }
}

/**
 * Refuses an adoption that would stamp something else than what somebody was shown and has confirmed.
 * @throws CommandError `plan-changed`
 */
export function requireConfirmedAdoption(confirmed: ConfirmedAdoption, present: ConfirmedAdoption): void {
  const [before, now] = [databaseOf(confirmed), databaseOf(present)];
  const change =
    before !== now
      ? `It was made for ${before}, and the project's database is now ${now}.`
      : `The stamp would have been ${listOf(confirmed.stamped)}, and would now be ${listOf(present.stamped)}.`;
  if (before !== now || !isSame(confirmed.stamped, present.stamped)) {
    throw new CommandError(
      "plan-changed",
      `Nothing was written, because the confirmed plan is no longer valid. ${change}`,
      "Run the command again, and confirm the new plan.",
    );
  }
}

function databaseOf({ database }: ConfirmedAdoption): string {
  return database?.name ?? "no database";
}

function changeOf(confirmed: ConfirmedPlan, present: ConfirmedPlan): string | undefined {
  const before = `${confirmed.database.kind} ${confirmed.database.name}`;
  if (before !== `${present.database.kind} ${present.database.name}`) {
    return `It was made for ${confirmed.database.name}, and the project's database is now ${present.database.name}.`;
  }
  if (confirmed.versionTable !== present.versionTable) {
    return `It was made for the version table ${confirmed.versionTable}, and the project's is now ${present.versionTable}.`;
  }
  if (!isSame(confirmed.rows, present.rows)) {
    return `The database was at ${listOf(confirmed.rows)}, and is now at ${listOf(present.rows)}.`;
  }
  if (!isSame(confirmed.steps.map(identifyStep), present.steps.map(identifyStep))) {
    return `The revision files have changed: its steps were ${stepsOf(confirmed)}, and would now be ${stepsOf(present)}.`;
  }
  const edited = confirmed.steps.filter(
    (_step, index) => confirmed.files !== undefined && confirmed.files[index] !== present.files?.[index],
  );
  return edited.length === 0
    ? undefined
    : `These revision files were edited in the meantime: ${listOf(edited.map(({ revision }) => revision ?? ""))}.`;
}

function digestFile({ kind, revision }: MigrationStep): string {
  return kind === "stamp" || revision === undefined
    ? ""
    : createHash("sha256").update(readFileSync(revision.path)).digest("hex");
}

function identifyStep({ kind, revision, from, to }: StepSummary): string {
  return JSON.stringify([kind, revision, from, to]);
}

function stepsOf({ steps }: ConfirmedPlan): string {
  return listOf(steps.map(({ from, to }) => `${from.join(", ") || "base"} -> ${to.join(", ") || "base"}`));
}

function listOf(texts: readonly string[]): string {
  return texts.join("; ") || "base";
}

/** In the same order too: of several rows, `downgrade -1` goes back from the first. */
function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}
