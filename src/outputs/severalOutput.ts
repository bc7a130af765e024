import * as z from "zod";
import { failure } from "./errorOutput";

/** How a command went on each of several databases. */
export function ofSeveral<Result extends z.ZodType>(result: Result) {
  const name = z
    .string()
    .describe("The name of the environment, followed by a slash and the name of the tenant if there is one.");
  return z.array(
    z.discriminatedUnion("state", [
      z.object({
        database: name,
        state: z.literal("ok").describe("The command succeeded."),
        result: result.describe("What the command prints for one database."),
      }),
      z.object({
        database: name,
        state: z.literal("failed").describe("The command failed."),
        error: z.string().describe("The line that the command prints without `--json`."),
        failure: failure.describe("The same as in an [error](#errors)."),
      }),
      z.object({ database: name, state: z.literal("cancelled").describe("The command was not started.") }),
    ]),
  );
}
