import * as z from "zod";
import { revision } from "../outputs/revisionOutput";

/** A word that names revisions. */
export const symbol = z.string().min(1).max(200);
/** Which page of a long answer is wanted. */
export const offset = z
  .int()
  .min(0)
  .optional()
  .describe("The start of the page: next_offset of the previous page.");
/** Which database is meant. */
export const environment = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe("The name of one of the project's environments.");
/** What an answer in pages has beside its entries. */
export const page = {
  total: z.int().describe("The total number of entries, or of characters of a text."),
  next_offset: z.int().nullable().describe("The `offset` of the next page; `null` on the last one."),
};
/** A list in pages. */
export const paged = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ entries: z.array(entry).describe("The entries of this page."), ...page });
/** The name of a database, as an answer gives it. */
export const databaseName = z
  .string()
  .describe("The name of the database and its server, without a password.");
/** A list of revisions, in pages. */
export const revisions = paged(revision);
