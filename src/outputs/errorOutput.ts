import * as z from "zod";
import type { Output } from "./output";

/** Where the database stands after a failure. */
export const databaseAfter = z
  .object({
    state: z
      .enum(["unchanged", "changed", "partly-applied", "unknown"])
      .describe(
        "`unchanged`: the command committed nothing. `changed`: what the run did before the step that failed is committed. `partly-applied`: so is part of the step that failed. `unknown`: the database could not be asked.",
      ),
    rows: z
      .array(z.string())
      .nullable()
      .describe(
        "The rows of the version table after the failure: where the run stopped. `null` if it was not read.",
      ),
    text: z.string().nullable().describe("The same in sentences; `null` if there is no more to say."),
  })
  .meta({ id: "DatabaseAfter" });

/** A failure. */
export const failure = z
  .object({
    code: z.string().describe("The code of the error, as in [Errors](errors.md)."),
    message: z.string().describe("What happened."),
    hint: z.string().nullable().describe("What to do; `null` if the message says it."),
    place: z
      .object({
        file: z.string().describe("The absolute path of the file."),
        line: z.int().nullable().describe("Counted from one; `null` if it is the whole file."),
        column: z.int().nullable().describe("Counted from one."),
      })
      .nullable()
      .describe("Where in the project's files it happened; `null` if in none, or if it is not known."),
    database: databaseAfter.describe("The state of the database."),
    details: z
      .array(z.string())
      .describe("The cause, the SQL, and what the server said in addition, as text."),
  })
  .meta({ id: "Failure" });

/** What a command prints that fails. */
export const errorOutput = z.object({ error: failure.describe("What failed.") });

export type FailureOutput = Output<typeof failure>;
export type DatabaseAfterOutput = Output<typeof databaseAfter>;
