import * as z from "zod";
import { CommandError } from "../context/commandError";
import { plan as planOutput, step } from "../outputs/runOutput";
import { pageOf } from "./pages";
import { requirePlanned } from "./plannedUpgrade";
import { tool, type AgentTool } from "./tool";
import { databaseName, paged } from "./toolSchemas";

/** What changes a database. */
export const changingTools: readonly AgentTool[] = [
  tool({
    name: "upgrade",
    kind: "changes-database",
    description:
      "Upgrade a database that is not production, with a plan ID that the plan tool returned in this session. Runs nothing if the plan has changed.",
    input: z.object({ plan_id: z.string().min(1).max(200) }),
    output: z.object({
      database: databaseName,
      steps: paged(step).describe("The steps that ran, in order."),
      heads: planOutput.shape.heads,
    }),
    run: async ({ plan_id: id }, { plans, upgrade }) => {
      const planned = requirePlanned(plans, id);
      plans.delete(id);
      const result = await upgrade(planned, id);
      if (result.kind !== "ran") {
        throw new CommandError("invalid-plan-id", "The engine ran nothing.");
      }
      return {
        database: result.database.name,
        steps: pageOf(result.steps),
        heads: pageOf(result.heads).entries,
      };
    },
  }),
];

/** What is thrown where an upgrade would change a production database. */
export function productionRefusal(environment: string): CommandError {
  return new CommandError(
    "needs-approval",
    `Nothing was run: ${environment} is a production environment.`,
    "Ask a person to run the upgrade in their own terminal.",
  );
}
