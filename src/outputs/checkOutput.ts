import * as z from "zod";
import { failure as commandFailure } from "./errorOutput";
import type { Output } from "./output";
import { database, texts } from "./revisionOutput";
import { ofSeveral } from "./severalOutput";

const failureKeys = {
  message: z.string().describe("What happened."),
  hint: z.string().optional().describe("What to do, if it is known."),
  location: z
    .object({
      path: z.string().describe("The absolute path of the file."),
      line: z.int().describe("The line."),
      column: z.int().describe("The column."),
    })
    .optional()
    .describe("The place in the project's files, if it is known. Lines and columns are counted from one."),
  sql: z.string().optional().describe("The failed statement; absent if no statement failed."),
};

const change = z.object({
  object: z.string().describe("What differs, such as `column users.email`."),
  text: z.string().describe("The difference in a sentence."),
});

/** Why revisions could not be applied, reverted or applied again. */
export const tripFailure = z.object({
  phase: z.enum(["upgrade", "downgrade", "second upgrade"]).describe("The step that failed."),
  ...failureKeys,
  schema: z
    .object({
      expected: z.string().describe("As it should be."),
      actual: z.string().describe("As it is."),
    })
    .optional()
    .describe("The schema as SQL, as it should be and as it is, if the two differ."),
  changes: z.array(change).optional().describe("What differs between the two, object by object."),
});

const trip = {
  revision: z.string().describe("Its ID."),
  message: z.string().describe("Its message."),
  path: z.string().describe("The absolute path of its file."),
  milliseconds: z.number().describe("How long it took."),
};

/** What became of the round trip of a revision. */
export const tripOutcome = z.discriminatedUnion("kind", [
  z.object({
    ...trip,
    kind: z
      .literal("passed")
      .describe("The revision ran up, down and up again, each time with the expected schema."),
  }),
  z.object({
    ...trip,
    kind: z.literal("failed").describe("A step failed, or the schema was not as expected."),
    failure: tripFailure.describe("Why."),
  }),
  z.object({
    ...trip,
    kind: z
      .literal("irreversible")
      .describe("Its `downgrade` throws its own `Error` before it does anything."),
    reason: z.string().describe("The message of that error."),
  }),
  z.object({
    ...trip,
    kind: z.literal("blocked").describe("The revision follows one that cannot be applied."),
    by: z.string().describe("The revision that cannot be applied."),
  }),
]);

/** What became of all revisions in one run. */
export const wholeRun = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("passed").describe("All revisions ran up and back down in one run.") }),
  z.object({
    kind: z.literal("failed").describe("The run failed, although each revision can be applied by itself."),
    revision: z.string().optional().describe("The revision where the run stopped, if it is known."),
    failure: tripFailure.describe("Why."),
  }),
]);

const testName = {
  revision: z.string().describe("The revision that it tests."),
  path: z.string().describe("The absolute path of the file of the test."),
  name: z
    .string()
    .optional()
    .describe("The name of the test function; absent if the file could not be loaded."),
  milliseconds: z.number().describe("How long it took."),
};

const dataTest = z.discriminatedUnion("kind", [
  z.object({ ...testName, kind: z.literal("passed").describe("The test passed.") }),
  z.object({
    ...testName,
    kind: z.literal("failed").describe("The test failed."),
    failure: z
      .object({
        ...failureKeys,
        values: z
          .object({
            expected: z.string().describe("As it should be."),
            actual: z.string().describe("As it is."),
          })
          .optional()
          .describe("What an assertion compared, as text."),
      })
      .describe("Why."),
  }),
  z.object({
    ...testName,
    kind: z.literal("blocked").describe("Its database could not be brought to the parents of the revision."),
    reason: z.string().describe("Why."),
  }),
]);

/** What `test` and `verify` print. */
export const testOutput = z.object({
  outcomes: z.array(tripOutcome).describe("The revisions, parents first."),
  wholeRun: wholeRun
    .optional()
    .describe(
      "The result of all revisions in one run; absent if revisions are named, if there is only one, or if one cannot be applied.",
    ),
  dataTests: z.array(dataTest).optional().describe("The tests with data, in the order of the revisions."),
  error: commandFailure.optional().describe("The failure, if the command failed before its end."),
});

const heads = texts.describe("The two heads.");
const dataSteps = texts.describe("Revisions that change rows. Rows are not compared.");

/** What `branches --check` and `merge --check` print. */
export const branchCheckOutput = z.object({
  pairs: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({
          heads,
          kind: z.literal("commutes").describe("Both orders give the same schema."),
          data_steps: dataSteps,
        }),
        z.object({
          heads,
          kind: z.literal("differs").describe("The schemas differ."),
          revisions: texts.describe("The first revision of each branch with which the schemas differ."),
          changes: z
            .array(change)
            .describe("How the schema of the second order differs from that of the first."),
          data_steps: dataSteps,
        }),
        z.object({
          heads,
          kind: z.literal("refused").describe("PostgreSQL refuses at least one order."),
          orders: z
            .array(
              z.object({
                revision: z.string().describe("The revision that is refused."),
                after: z
                  .string()
                  .optional()
                  .describe(
                    "The revision of the other branch after which it is refused; absent if it is refused without that branch too.",
                  ),
                failure: tripFailure.describe("Why."),
              }),
            )
            .describe("Each order that is refused."),
          data_steps: dataSteps,
        }),
      ]),
    )
    .describe("Each pair of heads of which neither follows the other."),
});

/** A finding of lint. */
export const finding = z.object({
  code: z.string().describe("The rule."),
  level: z.enum(["error", "warning", "info"]).describe("How serious it is."),
  message: z.string().describe("What the statement does, or may do."),
  safe: z.string().describe("What to write instead, in words."),
  revision: z.string().describe("The revision."),
  path: z.string().describe("The absolute path of its file."),
  line: z.int().describe("The line where it begins, counted from one."),
  column: z.int().describe("The column where it begins, counted from one."),
  sql: z.string().describe('The statement; `""` if there is none.'),
  measured: z.string().optional().describe("With `--measure`: what the statement does, in a few words."),
  end_line: z.int().describe("The line where it ends."),
  end_column: z.int().describe("The column where it ends."),
});

/** What `lint` prints. */
export const lintOutput = z.object({
  revisions: texts.describe("The revisions that were linted, parents first."),
  findings: z.array(finding).describe("The findings, in the order of the text."),
  measured: z
    .object({
      server_version: z
        .int()
        .describe("The major version of the PostgreSQL on which the statements were measured."),
      failure: z
        .object({
          revision: z.string().optional().describe("The revision that failed, if it is known."),
          message: z.string().describe("What happened."),
        })
        .optional()
        .describe("The failure that ended the measurement. Later statements are not measured."),
      statements: z
        .array(
          z.object({
            revision: z.string().describe("The revision that sends it."),
            path: z.string().describe("The absolute path of its file."),
            line: z.int().optional().describe("The line of the call, if it is known."),
            column: z.int().optional().describe("The column of the call, if it is known."),
            sql: z.string().describe("The statement."),
            summary: z.string().describe("What it does, in a few words."),
            locks_are: z
              .string()
              .describe(
                "Where the locks are from: `measured`, `known` (from PostgreSQL's manual) or `unknown`.",
              ),
            relations: z
              .array(
                z.object({
                  schema: z.string().describe("Its schema."),
                  name: z.string().describe("Its name."),
                  kind: z.string().describe("What it is: a table, an index, …"),
                  lock: z.string().optional().describe("The strongest lock that the statement takes."),
                  is_rewritten: z.boolean().describe("The statement writes all of its rows again."),
                  is_emptied: z.boolean().describe("The statement removes all of its rows."),
                  is_read: z.boolean().describe("The statement reads all of it."),
                  size: z
                    .object({
                      bytes: z.number().describe("Its size in bytes, without its indexes."),
                      rows: z
                        .number()
                        .optional()
                        .describe("The number of its rows, if PostgreSQL has an estimate."),
                    })
                    .optional()
                    .describe("With `--sizes`: its size in the database."),
                }),
              )
              .describe("The tables and indexes that it touches."),
          }),
        )
        .describe("The statements, in the order in which they ran."),
    })
    .optional()
    .describe("What the statements lock, rewrite and read. Only with `--measure`."),
});

/** A rename that may have been meant. */
export const question = z.object({
  kind: z.enum(["table", "column", "enum", "enumValue"]).describe("What may have been renamed."),
  from: z.string().describe("The old name."),
  to: z.string().describe("The new name."),
  answer: z.string().describe("What to pass to `--rename` to confirm it."),
  score: z.number().describe("How similar the two are, at most 1."),
});

/** What autogenerate found, as `check` prints it. */
export const differencesOutput = z.object({
  comparedWith: z
    .discriminatedUnion("kind", [
      z.object({
        kind: z.literal("database").describe("A database."),
        database,
        rows: texts.describe("The rows of its version table."),
      }),
      z.object({
        kind: z
          .literal("revisions")
          .describe("The schema that the revisions create on an embedded PostgreSQL."),
        reason: z
          .enum(["asked-for", "no-database", "tenants", "unreachable"])
          .describe(
            "Why no database was used. `asked-for`: `--offline` was given. `no-database`: none is configured. `tenants`: the environment stands for its tenants. `unreachable`: the connection failed.",
          ),
        failure: z.string().optional().describe("Why the database is unreachable."),
      }),
    ])
    .describe("What the entities were compared with."),
  operations: texts.describe("A short description of each operation; `[]` if nothing differs."),
  warnings: z
    .array(
      z.object({
        code: z.string().describe("What kind of warning it is."),
        text: z.string().describe("The warning in a sentence."),
      }),
    )
    .describe("What may lose data, fail or take long."),
  questions: z.array(question).describe("Possible renames that nobody has confirmed or denied."),
  undecided: z
    .array(
      z.object({
        kind: z.enum(["table", "column"]).describe("What it is."),
        name: z.string().describe("What to pass to `--drop` or `--keep`."),
        revision: z.string().optional().describe("The revision that created the table, if it is known."),
      }),
    )
    .describe("Tables and columns that a revision created and no entity describes any longer."),
  drift: texts.describe("What exists only in the database, and is left alone."),
});

const databaseSide = z.object({
  kind: z.literal("database").describe("A database."),
  name: z.string().optional().describe("The environment or tenant; absent if none was chosen."),
  database,
  rows: texts
    .optional()
    .describe("The sorted rows of its version table; absent if the role may not read them."),
});

/** How a database differs from what it should be. */
export const drift = z.object({
  expected: z
    .discriminatedUnion("kind", [
      z.object({
        kind: z.literal("revisions").describe("The schema that revisions create."),
        revisions: texts.describe("Their IDs."),
      }),
      databaseSide,
    ])
    .describe("What the database was compared with."),
  actual: databaseSide.describe("The database."),
  differences: z
    .array(
      z.object({
        kind: z.string().describe("`table`, `column`, `index`, `privileges`, `version row`, …"),
        name: z.string().describe("Its name, with the schema unless that is the default one."),
        change: z.enum(["missing", "unexpected", "changed"]).describe("How it differs."),
        expected: z.string().optional().describe("Its definition as it should be."),
        actual: z.string().optional().describe("Its definition as it is."),
        is_fixed: z.boolean().describe("`fix` corrects it."),
      }),
    )
    .describe("What differs; `[]` without drift."),
  unseen: texts.describe("What could not be compared, or only in part, and the reason."),
  questions: z
    .array(
      z.object({
        from: z.string().describe("The old name."),
        to: z.string().describe("The new name."),
        answer: z.string().describe("What to pass to `--rename` to confirm it."),
      }),
    )
    .describe("Possible renames."),
  fix: z
    .object({
      sql: z.string().describe('The statements that fix the drift; `""` if there are none.'),
      operations: z.string().describe("The same fix as operations, for the body of a revision."),
    })
    .describe("What fixes the drift."),
});

/** What `drift` prints. */
export const driftOutput = z.union([drift, ofSeveral(drift)]);

export type TestOutput = Output<typeof testOutput>;
export type BranchCheckOutput = Output<typeof branchCheckOutput>;
export type LintOutput = Output<typeof lintOutput>;
export type DifferencesOutput = Output<typeof differencesOutput>;
export type DriftOutput = Output<typeof drift>;
