import * as z from "zod";
import type { Output } from "./output";

/** Where the database stands after a failure. */
export const databaseAfter = z
  .object({
    state: z
      .enum(["unchanged", "changed", "partly-applied", "unknown"])
      .describe(
        "`unchanged`: the command committed nothing. `changed`: what the run did before the failed step is committed. `partly-applied`: part of the failed step is committed too. `unknown`: the database could not be queried.",
      ),
    rows: z
      .array(z.string())
      .nullable()
      .describe("The rows of the version table after the failure. `null` if the table was not read."),
    text: z.string().nullable().describe("The state in sentences; `null` if there is nothing to add."),
  })
  .meta({ id: "DatabaseAfter" });

/** A failure. */
export const failure = z
  .object({
    code: z.string().describe("The code of the error, as in [Errors](errors.md)."),
    message: z.string().describe("What happened."),
    hint: z.string().nullable().describe("What to do; `null` if there is no hint."),
    place: z
      .object({
        file: z.string().describe("The absolute path of the file."),
        line: z.int().nullable().describe("The line, counted from one; `null` if the whole file is meant."),
        column: z.int().nullable().describe("The column, counted from one; `null` if it is not known."),
      })
      .nullable()
      .describe(
        "The place of the failure in the project's files; `null` if there is none or it is not known.",
      ),
    database: databaseAfter.describe("The state of the database."),
    details: z.array(z.string()).describe("The cause, the SQL, and what else the server reported, as text."),
  })
  .meta({ id: "Failure" });

/** What a command prints that fails. */
export const errorOutput = z.object({ error: failure.describe("What failed.") });

export type FailureOutput = Output<typeof failure>;
export type DatabaseAfterOutput = Output<typeof databaseAfter>;
