import type { MigrationRunResult } from "../context/commandTable";
import { CommandError } from "../context/commandError";
import { joinStatements } from "../sqlText/lineComment";
import { shortened } from "./pages";
import type { PlannedUpgrade } from "./tool";

/** How much of a plan's SQL a person is shown before it runs. */
const mostSql = 3_000;
/** And how many of its steps. */
const mostSteps = 50;

/** What is kept of a plan until somebody runs it. */
export function plannedUpgrade(
  plan: Extract<MigrationRunResult, { readonly kind: "plan" }>,
  { target, environment }: Pick<PlannedUpgrade, "target" | "environment">,
): PlannedUpgrade {
  const steps = plan.steps.map(
    ({ from, to, message }) =>
      `${from.join(", ")} -> ${to.join(", ")}${message === "" ? "" : `, ${message}`}`,
  );
  const statements = plan.steps.map(({ revision }, index) => {
    const known = plan.approval?.statements?.[index];
    return known === undefined || known === null
      ? `-- ${revision ?? ""}: the SQL is known only in a run`
      : joinStatements(known.map((statement) => statement.trimEnd().replace(/;$/, "")));
  });
  return {
    target,
    environment,
    database: plan.database.name,
    steps:
      steps.length > mostSteps
        ? [...steps.slice(0, mostSteps), `… and ${steps.length - mostSteps} more`]
        : steps,
    sql: shortened(statements.filter((text) => text !== "").join("\n"), mostSql),
  };
}

/**
 * The upgrade that an id of this session stands for.
 * @throws CommandError `invalid-plan-id`
 */
export function requirePlanned(plans: ReadonlyMap<string, PlannedUpgrade>, id: string): PlannedUpgrade {
  const planned = plans.get(id);
  if (planned === undefined) {
    throw new CommandError(
      "invalid-plan-id",
      "Nothing was run, because the plan tool returned no such ID in this session.",
      "Call plan, show its steps to the user, and pass the ID that it returns.",
    );
  }
  return planned;
}
