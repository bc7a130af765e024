import * as z from "zod";
import { runCommand } from "../../commands/commands";
import type { CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import { openProject } from "./agentProject";
import { pageOf } from "./pages";
import { tool, type AgentTool } from "./tool";
import { page, step } from "./toolSchemas";

/** What changes a database. */
export const changingTools: readonly AgentTool[] = [
  tool({
    name: "upgrade",
    kind: "changes-database",
    description:
      "Upgrade a database that is not production, by a plan that the plan tool gave in this session. Runs nothing if the plan has changed.",
    input: z.object({ plan_id: z.string().min(1).max(200) }),
    output: z.object({
      database: z.string(),
      steps: z.object({ entries: z.array(step), ...page }),
      heads: z.array(z.string()),
    }),
    run: async ({ plan_id: id }, run) => {
      const planned = run.plans.get(id);
      if (planned === undefined) {
        throw new CommandError(
          "invalid-plan-id",
          "Nothing was run, because the plan tool gave no such ID in this session.",
          "Call plan, show its steps to the user, and give the ID that it returns.",
        );
      }
      run.plans.delete(id);
      const context = await openProject(run.project, planned.environment, run.signal);
      requireNoProduction(context);
      const result = await runCommand("upgrade", context, { target: planned.target, approved: id });
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

function requireNoProduction({ productionEnvironment }: CommandContext): void {
  if (productionEnvironment !== undefined) {
    throw new CommandError(
      "needs-approval",
      `Nothing was run: ${productionEnvironment} is a production environment.`,
      "Ask a person to run the upgrade in their own terminal.",
    );
  }
}
