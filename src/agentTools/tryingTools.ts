import * as z from "zod";
import { CommandError } from "../context/commandError";
import { finding, tripOutcome, wholeRun } from "../outputs/checkOutput";
import { plan as planOutput, step } from "../outputs/runOutput";
import { pageOf, pageOfText, shortened } from "./pages";
import { plannedUpgrade } from "./plannedUpgrade";
import { tool, type AgentTool } from "./tool";
import { databaseName, environment, offset, page, paged, symbol } from "./toolSchemas";
import { differences, written } from "./writtenRevision";

/** What tries something out: without a database, on a scratch database, or by reading only. */
export const tryingTools: readonly AgentTool[] = [
  tool({
    name: "preview_sql",
    kind: "tries",
    description: "Return the SQL of an upgrade as a script. Runs the revisions' code without a database.",
    input: z.object({ range: symbol.describe("from:to, as in base:head or abc123:def456."), offset }),
    output: z.object({ text: z.string().describe("The script, or this page of it."), ...page }),
    run: async ({ range, offset: from }, run) => {
      const result = await run.onProject("upgrade", { target: range, sql: true });
      return { ...pageOfText(result.kind === "sql" ? result.text : "", from) };
    },
  }),
  tool({
    name: "plan",
    kind: "tries",
    description:
      "Plan an upgrade of the database, and change nothing. Returns the steps, what they may lose, and the ID that upgrade takes. A plan that only a person may approve has no ID.",
    input: z.object({ target: symbol.default("heads"), environment, offset }),
    output: z.object({
      database: databaseName,
      rows: planOutput.shape.rows,
      steps: paged(step).describe("The steps, in order."),
      heads: planOutput.shape.heads,
      losses: planOutput.shape.losses.unwrap(),
      id: planOutput.shape.id.unwrap(),
      withheld: planOutput.shape.withheld.unwrap(),
    }),
    run: async ({ target, environment: chosen, offset: from }, run) => {
      const plan = await run.onProject("upgrade", { target, plan: "approval" }, chosen);
      if (plan.kind !== "plan") {
        throw new CommandError("invalid-plan-id", "The engine gave no plan.");
      }
      const { id, losses = [], withheld } = plan.approval ?? {};
      if (id !== undefined) {
        run.plans.set(id, plannedUpgrade(plan, { target, environment: chosen }));
      }
      return {
        database: plan.database.name,
        rows: pageOf(plan.rows).entries,
        steps: pageOf(plan.steps, from),
        heads: pageOf(plan.heads).entries,
        losses: pageOf(losses.map((loss) => shortened(loss))).entries,
        id: id ?? null,
        withheld: withheld === undefined ? null : shortened(withheld),
      };
    },
  }),
  ...(["lint", "explain_locks"] as const).map((name) =>
    tool({
      name,
      kind: "tries",
      description:
        name === "lint"
          ? "Find statements in revisions that lock tables, lose data or break the running application. Runs none of the revisions' code."
          : "Run revisions on a scratch database, and find what their statements lock, rewrite and read.",
      input: z.object({
        range: symbol.optional().describe("A revision, or from:to; all if left out."),
        offset,
      }),
      output: paged(
        finding.pick({
          code: true,
          level: true,
          message: true,
          safe: true,
          revision: true,
          path: true,
          line: true,
          sql: true,
        }),
      ),
      run: async ({ range, offset: from }, run) => {
        const options = { ...(range === undefined ? { all: true } : { range }), measure: name !== "lint" };
        const { findings } = await run.onProject("lint", options);
        return {
          ...pageOf(
            findings.map(({ code, level, message, safe, revision: id, path, line, sql }) => ({
              code,
              level,
              message: shortened(message),
              safe: shortened(safe),
              revision: id,
              path,
              line,
              sql: shortened(sql),
            })),
            from,
          ),
        };
      },
    }),
  ),
  tool({
    name: "verify",
    kind: "tries",
    description: "Run revisions up, down and up again on a scratch database, and report which fail.",
    input: z.object({ revisions: z.array(symbol).max(100).optional(), offset }),
    output: z.object({
      entries: z
        .array(
          z.object({
            revision: z.string().describe("Its ID."),
            kind: kindOf(tripOutcome).describe("The result, as in [round trips](#round-trips)."),
          }),
        )
        .describe("The entries of this page."),
      whole_run: kindOf(wholeRun)
        .nullable()
        .describe("The result of all revisions in one run; `null` if there was no such run."),
      ...page,
    }),
    run: async ({ revisions: names, offset: from }, run) => {
      const result = await run.onProject("roundTrip", names === undefined ? {} : { revisions: names });
      return {
        ...pageOf(
          result.outcomes.map(({ revision: id, kind }) => ({ revision: id, kind })),
          from,
        ),
        whole_run: result.wholeRun?.kind ?? null,
      };
    },
  }),
  tool({
    name: "check",
    kind: "tries",
    description:
      "Compare the entities with the schema that the revisions create on a scratch database, and list the differences.",
    input: z.object({}),
    output: written.pick({ operations: true, warnings: true, questions: true, undecided: true }),
    run: async (_input, run) => {
      const result = await run.onProject("revision", {
        message: "check",
        autogenerate: true,
        dryRun: true,
        offline: true,
      });
      return result.autogenerated === undefined ? {} : differences(result.autogenerated);
    },
  }),
];

/** Any of the kinds of a union. */
function kindOf<Kind extends string>(union: {
  readonly options: readonly { readonly shape: { readonly kind: z.ZodLiteral<Kind> } }[];
}): z.ZodUnion<readonly z.ZodLiteral<Kind>[]> {
  return z.union(union.options.map(({ shape }) => shape.kind));
}
