import type { RevisionGraph } from "../../revision/graph";
import type { MigrationPlan } from "../../revision/plan";
import { planUpgrade } from "../../revision/planUpgrade";
import { significantTokens, type Token } from "../../sqlText/lexer";
import { splitStatements } from "../../sql/splitStatements";
import { adoptedRevisions } from "../../run/typeorm/adoptedRevisions";
import { hearingStrays } from "../../machine/strayRejections";
import type { CommandContext } from "../../context/commandContext";
import type { Report } from "../../context/commandTable";
import { scratchContext } from "../../run/scratchContext";
import { runPlan } from "../../run/runPlan";
import { scriptSession, type MigrationSession, type ScriptSession } from "../../run/session";

/** What the upgrade of one revision sends. */
export interface RevisionStatements {
  readonly revision: string;
  /** It runs a TypeORM migration. */
  readonly isAdopted: boolean;
  readonly statements: readonly string[];
}

const tokensByRevision = new WeakMap<RevisionStatements, readonly (readonly Token[])[]>();

/** The tokens of each statement of a revision that mean something, read once however many ask. */
export function statementTokens(revision: RevisionStatements): readonly (readonly Token[])[] {
  const tokens =
    tokensByRevision.get(revision) ?? revision.statements.map((statement) => significantTokens(statement));
  tokensByRevision.set(revision, tokens);
  return tokens;
}

/**
 * The statements of all upgrades, as a script would have them; no database is asked. Of a revision that can't run
 * without one, those that it sends before it asks.
 */
export async function revisionStatements(
  context: CommandContext,
  graph: RevisionGraph,
): Promise<readonly RevisionStatements[]> {
  const plan = planUpgrade(graph, { databaseHeads: [], target: "heads" });
  const quiet: CommandContext = {
    ...scratchContext(context),
    loadRevisionModule: loadingOnce(context.loadRevisionModule),
    report: () => undefined,
  };
  const adopted = new Set((await adoptedRevisions(graph)).values());
  const strays = new Strays();
  const texts: string[] = [];
  await hearingStrays(
    (error) => strays.tell(error),
    async () => {
      while (texts.length < plan.steps.length) {
        texts.push(
          ...(await textsUpToFailure({ context: quiet, strays }, plan, plan.steps.slice(texts.length))),
        );
      }
    },
  );
  return plan.steps.map((step, at) => {
    const revision = step.revision?.revision ?? "";
    return { revision, isAdopted: adopted.has(revision), statements: splitStatements(texts[at] ?? "") };
  });
}

/** A step that fails makes all behind it run once more; their files are the same. */
function loadingOnce(load: CommandContext["loadRevisionModule"]): CommandContext["loadRevisionModule"] {
  const modules = new Map<string, Promise<unknown>>();
  return (path) => {
    const loading = modules.get(path) ?? load(path);
    modules.set(path, loading);
    return loading;
  };
}

/** What runs revisions without a database. */
interface GuessedRun {
  readonly context: CommandContext;
  readonly strays: Strays;
}

/**
 * What the steps send, each by itself: all that go through in one run, which is quicker than a run for each, and the one
 * that does not. That one is run alone, since what others have left going on may have made it fail.
 */
async function textsUpToFailure(
  run: GuessedRun,
  plan: MigrationPlan,
  steps: MigrationPlan["steps"],
): Promise<readonly string[]> {
  const [first] = steps;
  const begun: ScriptSession[] = [];
  const current = (): ScriptSession => begun.at(-1) ?? scriptSession("postgresql", true);
  const session: MigrationSession = {
    ...scriptSession("postgresql", true),
    run: (text, values, parsers) => current().run(text, values, parsers),
    comment: (text) => current().comment(text),
  };
  const report: Report = (event) => {
    if (event.kind === "stepStarted") {
      begun.push(scriptSession("postgresql", true));
    }
  };
  if (await goesThrough({ ...run, context: { ...run.context, report } }, { ...plan, steps }, session)) {
    return begun.map((each) => each.text());
  }
  if (begun.length === 0 && steps.length > 1) {
    // One of the files can't be loaded, so that nothing of this run has begun.
    return textsUpToFailure(run, plan, steps.slice(0, Math.ceil(steps.length / 2)));
  }
  const failed = steps[begun.length - 1] ?? first;
  const alone = scriptSession("postgresql", true);
  await goesThrough(run, { ...plan, steps: failed === undefined ? [] : [failed] }, alone);
  return [...begun.slice(0, -1).map((each) => each.text()), alone.text()];
}

/** False where a step fails: what it sent before is what can be known of it. */
async function goesThrough(
  { context, strays }: GuessedRun,
  plan: MigrationPlan,
  session: MigrationSession,
): Promise<boolean> {
  const abandoned = new AbortController();
  const signal = AbortSignal.any([context.signal, abandoned.signal]);
  const run = { plan, session, connection: undefined, hasVersionTable: true, tag: undefined };
  try {
    await strays.failing(() => runPlan({ ...context, signal }, run));
    return true;
  } catch {
    return false;
  } finally {
    // One that waits in vain ends.
    abandoned.abort();
  }
}

/**
 * Failures that nobody awaited: without rows, code fails in places where it never does on a database, and a step may then
 * wait for ever.
 */
class Strays {
  private listener: (error: unknown) => void = () => undefined;

  tell(error: unknown): void {
    this.listener(error);
  }

  /** What `work` gives, or a failure as soon as there is one that nobody awaited. */
  async failing<Result>(work: () => Promise<Result>): Promise<Result> {
    const stray = new Promise<never>((_resolve, reject) => {
      this.listener = reject;
    });
    return Promise.race([work(), stray]);
  }
}
