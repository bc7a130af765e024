import { readFileSync } from "node:fs";
import type { CommandContext } from "../../context/commandContext";
import type { CommandEvent } from "../../context/events";
import type { Dialect } from "../../database/connection";
import { LoadError } from "../../project/errors";
import type { MigrationPlan, MigrationStep } from "../../revision/plan";
import { MigrationError } from "../../run/migrationError";
import { runPlan } from "../../run/runPlan";
import type { MigrationSession } from "../../run/session";
import { inlinePlaceholders } from "../../sql/placeholders";

/** What a step of a plan consists of. */
export interface StepContents {
  /** Of the revision's file; empty for a stamp. */
  readonly file: string;
  /** What it sends; undefined where that is known only in a run, because it reads rows or is another each time. */
  readonly statements: readonly string[] | undefined;
  /** Whether it opens a connection of its own, which nothing here sees. */
  readonly opensConnection: boolean;
}

/** What a revision gives without a database: its statements, or why there are none. */
type StepScript = readonly string[] | "connects-elsewhere" | "unknown";

/**
 * The file and the SQL of each step. The revisions run as for a script: with no database, and closed against connections of
 * their own.
 */
export async function readStepContents(
  context: CommandContext,
  plan: MigrationPlan,
  dialect: Dialect,
): Promise<readonly StepContents[]> {
  const steps = await scriptsOf(context, plan, dialect);
  const files = plan.steps.map(fileText);
  const varying = plan.steps.filter((_step, index) => mayVary(files[index] ?? ""));
  const again = new Map<MigrationStep, StepScript | undefined>();
  const repeated = await scriptsOf(context, { ...plan, steps: varying }, dialect);
  varying.forEach((step, index) => again.set(step, repeated[index]));
  return plan.steps.map((step, index) => {
    const script = steps[index] ?? "unknown";
    const isStable = typeof script !== "string" && (!again.has(step) || isSame(script, again.get(step)));
    return {
      file: files[index] ?? "",
      statements: isStable ? script : undefined,
      opensConnection: script === "connects-elsewhere",
    };
  });
}

function fileText({ kind, revision }: MigrationStep): string {
  return kind === "stamp" || revision === undefined ? "" : readFileSync(revision.path, "utf8");
}

/** Whether a revision's text names something that may give another value each time. */
function mayVary(text: string): boolean {
  return /\b(?:Date|Math|crypto|globalThis|performance|process|require|runTypeormMigration)\b|\bimport\b(?!\s+type\b)/.test(
    text,
  );
}

function isSame(left: StepScript, right: StepScript | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** All in one run; where one of them can't be written as a script, each by itself. */
async function scriptsOf(
  context: CommandContext,
  plan: MigrationPlan,
  dialect: Dialect,
): Promise<readonly StepScript[]> {
  const whole = plan.steps.length === 0 ? [] : await scriptOf(context, plan, dialect);
  if (typeof whole !== "string") {
    return whole;
  }
  const scripts: StepScript[] = [];
  for (const step of plan.steps) {
    const script = await scriptOf(context, { ...plan, steps: [step] }, dialect);
    scripts.push(typeof script === "string" ? script : (script[0] ?? []));
  }
  return scripts;
}

/** The statements of each step; or why a revision can't be run without a database. */
async function scriptOf(
  context: CommandContext,
  plan: MigrationPlan,
  dialect: Dialect,
): Promise<readonly (readonly string[])[] | Extract<StepScript, string>> {
  const statements = plan.steps.map((): string[] => []);
  let step = 0;
  const report = (event: CommandEvent): void => {
    step = event.kind === "stepStarted" ? event.index : step;
  };
  const session: MigrationSession = {
    dialect,
    isOffline: true,
    run: (text, values = []) => {
      statements[step]?.push(inlinePlaceholders(text, values, dialect).trim());
      return Promise.resolve({ rows: [], rowCount: 0 });
    },
    comment: () => undefined,
  };
  try {
    await runPlan(
      { ...context, report },
      { plan, session, connection: undefined, hasVersionTable: true, tag: undefined },
    );
    return statements;
  } catch (error) {
    if (error instanceof MigrationError || error instanceof LoadError) {
      return error.code === "connects-elsewhere" ? error.code : "unknown";
    }
    throw error;
  }
}
