import * as z from "zod";
import type { Output } from "./output";
import { database, texts } from "./revisionOutput";
import { ofSeveral } from "./severalOutput";

/** A step of a plan or a run. */
export const step = z.object({
  kind: z.enum(["upgrade", "downgrade", "stamp"]).describe("What the step does."),
  revision: z.string().optional().describe("The revision; absent for a stamp to base."),
  message: z.string().describe('Its message; `""` for a stamp.'),
  path: z.string().describe("The absolute path of its file."),
  from: texts.describe("The revisions before the step; `[]` is base."),
  to: texts.describe("The revisions after it."),
});

const steps = z.array(step).describe("The steps, in order.");
const heads = texts.describe("The rows of the version table afterwards.");

const ran = z.object({
  kind: z.literal("ran").describe("The steps were run."),
  database,
  steps,
  heads,
});

/** A plan that somebody can approve. */
export const plan = z.object({
  kind: z.literal("plan").describe("The output of `--plan`; nothing was run."),
  database,
  version_table: z.string().describe("The name of the version table, with its schema."),
  rows: texts.describe("The rows of the version table now."),
  steps,
  heads,
  id: z
    .string()
    .nullable()
    .describe("The plan ID for `--approved`; `null` if only a person may approve the plan.")
    .optional(),
  losses: texts.describe("The data that the plan may remove, in sentences.").optional(),
  withheld: z.string().nullable().describe("Why there is no ID, and how a person gets it.").optional(),
});

const sql = z.object({
  kind: z.literal("sql").describe("The output of `--sql`; nothing was run."),
  text: z.string().describe("The script."),
});

/** What `upgrade`, `downgrade` and `stamp` did, would do, or would send. */
export const run = z.discriminatedUnion("kind", [ran, plan, sql]);

/** What `upgrade`, `downgrade` and `stamp` print. */
export const runOutput = z.union([run, ofSeveral(run)]);

/** What `ensure_version` prints. */
export const ensureVersionOutput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ensured").describe("The version table is there now."),
    database,
    version_table: z.string().describe("The name of the version table, with its schema."),
    is_created: z
      .boolean()
      .optional()
      .describe("False if the table was there already; absent for a project of Python's Alembic."),
  }),
  sql,
]);

export type RunOutput = Output<typeof run>;
export type EnsureVersionOutput = Output<typeof ensureVersionOutput>;
