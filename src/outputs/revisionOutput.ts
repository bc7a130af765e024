import * as z from "zod";
import type { Output } from "./output";
import { ofSeveral } from "./severalOutput";

/** IDs, names, paths or sentences: what they are, each description says. */
export const texts = z.array(z.string());

/** A revision of the graph. */
export const revision = z.object({
  revision: z.string().describe("Its ID."),
  down_revision: texts.describe("The IDs of its parents; `[]` for a base."),
  branch_labels: texts.describe("Its own labels and those that it inherits, sorted."),
  depends_on: texts.describe("What it depends on, as written in its file."),
  replaces: texts
    .optional()
    .describe("Only in a squashed revision: the IDs of the revisions that it replaces."),
  message: z.string().describe('The first line of its doc comment; `""` if it has none.'),
  path: z.string().describe("The absolute path of its file."),
  is_head: z.boolean().describe("No revision has it as `down_revision`."),
  is_branch_point: z.boolean().describe("More than one revision has it as `down_revision`."),
  is_merge_point: z.boolean().describe("It has more than one parent."),
  is_current: z
    .boolean()
    .optional()
    .describe("The version table has a row for it; absent if the database was not queried."),
});

/** What lists revisions. */
export const revisionList = z.array(revision);

/** A database as it may be shown. */
export const database = z
  .object({
    kind: z.enum(["server", "embedded", "sqlite"]).describe("What kind of database it is."),
    name: z.string().describe("Its name and its server, without a password."),
    source: z.string().describe("Where its address comes from: `--url`, `DATABASE_URL`, …"),
  })
  .describe("The database.");

const rows = texts.describe("The rows of the version table.");

/** Where a database stands. */
const current = z.object({
  database,
  rows: texts.describe("The rows of the version table, sorted."),
  revisions: z
    .array(
      revision.extend({
        is_effective_head: z
          .boolean()
          .describe("The version table has no row for it, because another applied revision depends on it."),
      }),
    )
    .describe("The newest applied revisions of each branch."),
});

/** What `current` prints. */
export const currentOutput = z.union([current, ofSeveral(current)]);

/** What is applied to a database. */
export const status = z.object({
  database,
  rows,
  applied: texts.describe("The revisions that the rows imply, in load order."),
  pending: texts.describe("The revisions that are not applied, in load order."),
  uncertain: texts.describe("The revisions whose state the rows do not show."),
  unknown_rows: texts.describe("Rows of the version table for which there is no revision file."),
});

/** What `status` prints. */
export const statusOutput = z.union([status, ofSeveral(status)]);

export type RevisionOutput = Output<typeof revision>;
export type CurrentOutput = Output<typeof current>;
export type StatusOutput = Output<typeof status>;
