import { CommandError } from "../../context/commandError";
import type { CommandContext, OpenedDatabase } from "../../context/commandContext";
import type { PlanApproval } from "../../context/commandTable";
import { isSameDatabase } from "../../context/sameDatabase";
import type { MigrationPlan } from "../../revision/plan";
import { identifyRun, planId, requireApproved } from "./planIdentity";
import { lossesOf } from "./planLoss";
import { readStepContents, type StepContents } from "./planScript";

/** A plan, and the open database that it was made for. */
export interface MadePlan {
  readonly opened: OpenedDatabase;
  readonly plan: MigrationPlan;
  /** By its full name. */
  readonly versionTable: string;
  readonly rows: readonly string[];
  /** Why it needs a person whatever is lost, as the predicate of a sentence. */
  readonly danger: string | undefined;
}

/** The id of a plan, and what the plan may lose. A coding agent is given no id of a plan that only a person may approve. */
export async function givePlan(context: CommandContext, made: MadePlan): Promise<PlanApproval> {
  const contents = await readStepContents(context, made.plan, made.opened.database.dialect);
  const losses = await lossesOf(made.plan, contents, made.opened.database.connection);
  const reason = await whyItNeedsAPerson(context, made, losses);
  if (reason !== undefined) {
    return { id: undefined, losses, withheld: `This plan ${reason}. ${howAPersonApproves}` };
  }
  const identity = await identifyRun(context, made.opened, made.plan, { ...made, contents });
  return {
    id: planId(identity),
    losses,
    statements: contents.map(({ statements }) => statements ?? null),
  };
}

/**
 * Refuses a run whose plan is not the approved one; and under a coding agent one that nobody approved, where it is dangerous.
 * @throws CommandError `plan-changed`, `invalid-plan-id`, `needs-approval`
 */
export async function approve(
  context: CommandContext,
  made: MadePlan,
  approved: string | undefined,
): Promise<void> {
  const { opened, plan, danger } = made;
  if (approved === undefined && context.agent === undefined) {
    return;
  }
  const contents: readonly StepContents[] = await readStepContents(context, plan, opened.database.dialect);
  if (approved !== undefined) {
    requireApproved(approved, await identifyRun(context, opened, plan, { ...made, contents }));
    return;
  }
  if (plan.steps.length === 0 && danger === undefined) {
    return;
  }
  const losses = await lossesOf(plan, contents, opened.database.connection);
  const reason = await whyItNeedsAPerson(context, made, losses);
  if (reason !== undefined) {
    throw needsApproval(context, reason, howAPersonApproves);
  }
}

/**
 * Refuses what changes a database marked as production without a plan that could be approved.
 * @throws CommandError `needs-approval`
 */
export async function requirePersonInProduction(context: CommandContext): Promise<void> {
  const production = context.agent === undefined ? undefined : await productionOf(context);
  if (production !== undefined) {
    throw needsApproval(
      context,
      `changes ${production}`,
      "Ask a person to run this command in their own terminal.",
    );
  }
}

/**
 * Refuses what only a person may decide, if a coding agent gave the command.
 * @param reason what the command does, as the predicate of a sentence
 * @throws CommandError `needs-approval`
 */
export function requirePerson(context: CommandContext, reason: string, hint: string): void {
  if (context.agent !== undefined) {
    throw needsApproval(context, reason, hint);
  }
}

const howAPersonApproves =
  "Ask a person to run the same command with --plan in their own terminal, to review the plan, and to give you its ID for --approved.";

function needsApproval({ agent }: CommandContext, reason: string, hint: string): CommandError {
  return new CommandError(
    "needs-approval",
    `Nothing was run. The command was given by a coding agent (${agent ?? "unknown"}) and ${reason}, which needs a person's approval.`,
    hint,
  );
}

/** As the predicate of a sentence; undefined where nobody needs to be asked, or where no agent gave the command. */
async function whyItNeedsAPerson(
  context: CommandContext,
  { opened, danger }: MadePlan,
  losses: readonly string[],
): Promise<string | undefined> {
  if (context.agent === undefined) {
    return undefined;
  }
  const production = await productionOf(context, opened);
  const lost = losses.length === 0 ? undefined : `may lose data (${losses.join(" ").replace(/\.$/, "")})`;
  return danger ?? (production === undefined ? lost : `changes ${production}`);
}

/** The environment marked as production whose database this is, whatever named it here. */
async function productionOf(context: CommandContext, opened?: OpenedDatabase): Promise<string | undefined> {
  if (context.productionEnvironment !== undefined) {
    return `the production environment ${context.productionEnvironment}`;
  }
  const own = opened?.target ?? (await context.chosenTarget());
  for (const environment of context.config.environments.values()) {
    if (environment.production === true) {
      const target = await context.resolveTarget(environment.name).catch(() => undefined);
      if (target !== undefined && (await isSameDatabase(own, target))) {
        return `the database of the production environment ${environment.name}`;
      }
    }
  }
  return undefined;
}
