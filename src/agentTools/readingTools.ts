import * as z from "zod";
import type { CommandTable } from "../context/commandTable";
import { describeProblem } from "../revision/problems";
import { pageOf, shortened } from "./pages";
import { status } from "../outputs/revisionOutput";
import { revisionJson } from "./revisionJson";
import { tool, type AgentTool } from "./tool";
import { databaseName, environment, offset, paged, revisions, symbol } from "./toolSchemas";

/** What only reads: files, and one of them the version table. */
export const readingTools: readonly AgentTool[] = [
  tool({
    name: "heads",
    kind: "reads-files",
    description: "List the heads: revisions that no other follows. Runs none of the project's code.",
    input: z.object({ offset }),
    output: revisions,
    run: async ({ offset: from }, run) => listed(await run.onFiles("heads", {}), from),
  }),
  tool({
    name: "history",
    kind: "reads-files",
    description: "List revisions, newest first. Runs none of the project's code.",
    input: z.object({
      range: symbol.optional().describe("from:to, both inclusive; either end is optional."),
      offset,
    }),
    output: revisions,
    run: async ({ range, offset: from }, run) =>
      listed(await run.onFiles("history", range === undefined ? {} : { range }), from),
  }),
  tool({
    name: "show",
    kind: "reads-files",
    description:
      "Show the revisions that a symbol names: an ID, the start of an ID, head or a label. Runs none of the project's code.",
    input: z.object({ revision: symbol, offset }),
    output: revisions,
    run: async ({ revision: name, offset: from }, run) =>
      listed(await run.onFiles("show", { revision: name }), from),
  }),
  tool({
    name: "problems",
    kind: "reads-files",
    description: "List the problems of the revision graph. Runs none of the project's code.",
    input: z.object({ offset }),
    output: paged(
      z.object({
        kind: z.string().describe("What kind of problem it is."),
        message: z.string().describe("The problem in a sentence."),
      }),
    ),
    run: async ({ offset: from }, { readGraph }) => {
      const { problems } = await readGraph();
      return {
        ...pageOf(
          problems.map((problem) => ({
            kind: problem.kind,
            message: shortened(describeProblem(problem).message),
          })),
          from,
        ),
      };
    },
  }),
  tool({
    name: "environments",
    kind: "reads-files",
    description:
      "List the names of the project's environments, and which are production. Runs none of the project's code.",
    input: z.object({ offset }),
    output: paged(
      z.object({
        name: z.string().describe("The name of the environment."),
        production: z.boolean().describe("The configuration marks it as production."),
      }),
    ),
    run: async ({ offset: from }, { readEnvironments }) => {
      const all = await readEnvironments();
      return {
        ...pageOf(
          all.map(({ name, production }) => ({ name, production })),
          from,
        ),
      };
    },
  }),
  tool({
    name: "status",
    kind: "reads-database",
    description:
      "Show which revisions are applied to the database and which are pending. Loads the project's configuration and DataSource, to connect as the application does; changes nothing.",
    input: z.object({ environment, offset }),
    output: z.object({
      database: databaseName,
      rows: status.shape.rows,
      unknown_rows: status.shape.unknown_rows,
      applied: z.int().describe("How many revisions are applied."),
      pending: paged(z.string()).describe("The revisions that are not applied, in load order."),
    }),
    run: async ({ environment: chosen, offset: from }, run) => {
      const { database, rows, unknownRows, applied, pending } = await run.onProject("status", {}, chosen);
      return {
        database: database.name,
        rows: pageOf(rows).entries,
        unknown_rows: pageOf(unknownRows).entries,
        applied: applied.length,
        pending: pageOf(pending, from),
      };
    },
  }),
];

function listed(
  { revisions: all }: CommandTable["heads"]["result"],
  from: number | undefined,
): Record<string, unknown> {
  return {
    ...pageOf(
      all.map((each) => revisionJson(each, undefined)),
      from,
    ),
  };
}
