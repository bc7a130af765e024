import { readFileSync } from "node:fs";
import type { CommandContext } from "../../context/commandContext";
import type { CommandEvent } from "../../context/events";
import type { Dialect } from "../../database/connection";
import { withoutNetwork } from "../../machine/closedNetwork";
import { withoutPrograms } from "../../machine/closedPrograms";
import { LoadError } from "../../project/errors";
import type { MigrationPlan, MigrationStep } from "../../revision/plan";
import { MigrationError } from "../../run/migrationError";
import { runPlan } from "../../run/runPlan";
import type { MigrationSession } from "../../run/session";
import { inlinePlaceholders } from "../../sql/placeholders";
import { importedTexts } from "./importedTexts";

/** What a step of a plan consists of. */
export interface StepContents {
  /** Of the revision's file; empty for a stamp. */
  readonly file: string;
  /** Of the project's modules that it imports, where its statements do not tell what it does. */
  readonly imported: readonly string[];
  /** What it sends; undefined where that is known only in a run, because it reads rows or is another each time. */
  readonly statements: readonly string[] | undefined;
  /** What it does that nothing here sees; undefined: nothing. */
  readonly unseen: Unseen | undefined;
}

/** A connection of its own, or a program that it starts. */
type Unseen = "connects-elsewhere" | "starts-programs";

/** What a revision gives without a database: its statements, or why there are none. */
type StepScript = readonly string[] | Unseen | "unknown";

/**
 * The file and the SQL of each step. The revisions run as for a script: with no database, and closed against connections of
 * their own. One that can start programs, which nothing closes, does not run.
 */
export async function readStepContents(
  context: CommandContext,
  plan: MigrationPlan,
  dialect: Dialect,
): Promise<readonly StepContents[]> {
  const files = new Map(plan.steps.map((step) => [step, fileOf(step)]));
  const runnable = plan.steps.filter((step) => files.get(step)?.startsPrograms !== true);
  const scripts = await scriptsByStep(context, { ...plan, steps: runnable }, dialect);
  const varying = runnable.filter((step) => mayVary(files.get(step)?.text ?? ""));
  const again = await scriptsByStep(context, { ...plan, steps: varying }, dialect);
  return plan.steps.map((step) => {
    const { text = "", imported = [], startsPrograms = false } = files.get(step) ?? {};
    const script = startsPrograms ? "starts-programs" : (scripts.get(step) ?? "unknown");
    const isStable = typeof script !== "string" && (!again.has(step) || isSame(script, again.get(step)));
    return {
      file: text,
      imported: isStable ? [] : imported,
      statements: isStable ? script : undefined,
      unseen: typeof script !== "string" || script === "unknown" ? undefined : script,
    };
  });
}

interface StepFile {
  readonly text: string;
  readonly imported: readonly string[];
  readonly startsPrograms: boolean;
}

function fileOf({ kind, revision }: MigrationStep): StepFile | undefined {
  if (kind === "stamp" || revision === undefined) {
    return undefined;
  }
  const text = readFileSync(revision.path, "utf8");
  const imported = /\b(?:import(?!\s+type\b)|require)\b/.test(text) ? importedTexts(revision.path, text) : [];
  return {
    text,
    imported,
    startsPrograms: [text, ...imported].some((each) => /["'](?:node:)?child_process["']/.test(each)),
  };
}

/** Whether a revision's code names something that may give another value each time, or keeps something between two runs. */
function mayVary(text: string): boolean {
  return /\b(?:Date|Intl|Math|crypto|global|globalThis|performance|process|require|runTypeormMigration)\b|\bimport\b(?!\s+type\b)|^(?:export +)?(?:let|var)\b/m.test(
    withoutHeader(text),
  );
}

/** Without the comment that a revision file begins with: that names its "Create Date". */
function withoutHeader(text: string): string {
  const start = text.trimStart();
  const end = start.startsWith("/*") ? start.indexOf("*/", 2) : -1;
  return end < 0 ? text : start.slice(end + 2);
}

function isSame(left: StepScript, right: StepScript | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** All in one run; where one of them can't be written as a script, each by itself. */
async function scriptsByStep(
  context: CommandContext,
  plan: MigrationPlan,
  dialect: Dialect,
): Promise<ReadonlyMap<MigrationStep, StepScript>> {
  const whole = plan.steps.length === 0 ? [] : await scriptOf(context, plan, dialect);
  if (typeof whole !== "string") {
    return new Map(plan.steps.map((step, index) => [step, whole[index] ?? "unknown"]));
  }
  const scripts = new Map<MigrationStep, StepScript>();
  for (const step of plan.steps) {
    const script = await scriptOf(context, { ...plan, steps: [step] }, dialect);
    scripts.set(step, typeof script === "string" ? script : (script[0] ?? []));
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
  let isConnecting = false;
  let isStarting = false;
  let isAsking = false;
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
  const noteConnection = (place: string): Error => {
    isConnecting = true;
    return new Error(`A plan reaches no database: ${place}`);
  };
  const noteProgram = (program: string): Error => {
    isStarting = true;
    return new Error(`A plan starts no program: ${program}`);
  };
  const run = {
    plan,
    session,
    connection: undefined,
    hasVersionTable: true,
    tag: undefined,
    onOfflineAsked: () => (isAsking = true),
  };
  try {
    await withoutPrograms(noteProgram, () =>
      withoutNetwork(noteConnection, () => runPlan({ ...context, report }, run)),
    );
  } catch (error) {
    if (error instanceof MigrationError || error instanceof LoadError) {
      if (isStarting) {
        return "starts-programs";
      }
      return isConnecting || error.code === "connects-elsewhere" ? "connects-elsewhere" : "unknown";
    }
    throw error;
  }
  // What a caught refusal hides; and what does otherwise where there is a database.
  return isStarting
    ? "starts-programs"
    : isConnecting
      ? "connects-elsewhere"
      : isAsking
        ? "unknown"
        : statements;
}
