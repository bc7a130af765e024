import * as z from "zod";

/** A word that names revisions. */
export const symbol = z.string().min(1).max(200);
/** Which page of a long answer is wanted. */
export const offset = z
  .int()
  .min(0)
  .optional()
  .describe("Where the page begins: next_offset of the page before.");
/** Which database is meant. */
export const environment = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe("The name of one of the project's environments.");
/** What an answer in pages has beside its entries. */
export const page = { total: z.int(), next_offset: z.int().nullable() };
const revision = z.object({
  revision: z.string(),
  down_revision: z.array(z.string()),
  branch_labels: z.array(z.string()),
  depends_on: z.array(z.string()),
  message: z.string(),
  path: z.string(),
  is_head: z.boolean(),
  is_branch_point: z.boolean(),
  is_merge_point: z.boolean(),
  is_current: z.boolean().optional(),
});
/** A list of revisions, in pages. */
export const revisions = z.object({ entries: z.array(revision), ...page });
/** A step of a plan. */
export const step = z.object({
  kind: z.enum(["upgrade", "downgrade", "stamp"]),
  revision: z.string().optional(),
  message: z.string(),
  path: z.string(),
  from: z.array(z.string()),
  to: z.array(z.string()),
});
