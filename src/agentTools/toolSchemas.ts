import * as z from "zod";
import { revision } from "../outputs/revisionOutput";

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
/** A list of revisions, in pages. */
export const revisions = z.object({ entries: z.array(revision), ...page });
