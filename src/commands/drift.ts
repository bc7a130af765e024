import { includeObject } from "../autogenerate/propose/compareFilters";
import { requireFreeNames } from "../autogenerate/read/askedComparison";
import type { Command, CommandContext } from "../context/commandContext";
import { CommandError } from "../context/commandError";
import type { DriftOptions } from "../context/driftCommand";
import { compareSides } from "../drift/compareSides";
import { fixOf } from "../drift/fix";
import { readAgainstRevisions, readBetween, type ReadSides } from "../drift/readSides";
import { schemaTexts } from "../drift/schemaTexts";
import { contextOfDatabase } from "../context/namedDatabases";

/**
 * In what a database is not what the revisions make of it, or what another database is. Both are only read.
 * @throws CommandError `needs-postgresql`, `conflicting-options`, `same-databases`, `moved-on`, `unknown-rename`, `rename-onto-existing`;
 *   MigrationError where a revision can't be replayed
 */
export const drift: Command<"drift"> = async (context, options) => {
  const isReplayed = options.between === undefined;
  const sides = await readSides(context, options);
  const { expected, actual } = sides;
  const filters = {
    includeObject: includeObject(context.config, expected.model.defaultSchema),
    renames: options.renames ?? [],
    isDropping: options.drop === true,
    isReplayed,
  };
  const { differences, wordless, fixing } = compareSides(actual, expected, filters);
  requireRenames(fixing.unmatchedRenames);
  requireFreeNames(fixing);
  return {
    ...sides.descriptions,
    differences: [...sides.rowDifferences, ...differences],
    unseen: sides.unseen,
    questions: fixing.questions.map(({ from, to, answer }) => ({ from, to, answer })),
    fix: fixOf(fixing, context.config),
    schemas: schemaTexts({
      actual: actual.model,
      expected: expected.model,
      wordless: [...sides.rowDifferences, ...wordless],
      includeObject: filters.includeObject,
    }),
  };
};

async function readSides(context: CommandContext, options: DriftOptions): Promise<ReadSides> {
  if (options.between === undefined) {
    return readAgainstRevisions(context, options.to);
  }
  if (options.to !== undefined) {
    throw new CommandError(
      "conflicting-options",
      "Can't use --to with --between: between two databases, no revision is run.",
      "Leave out one of the two.",
    );
  }
  const [expected, actual] = options.between;
  if (expected === actual) {
    throw new CommandError(
      "same-databases",
      `--between names ${expected} twice.`,
      "Name two databases: the one to compare with, a comma, and the one to look at.",
    );
  }
  return readBetween(await contextOfDatabase(context, expected), await contextOfDatabase(context, actual));
}

function requireRenames(unmatched: readonly string[]): void {
  if (unmatched.length > 0) {
    throw new CommandError(
      "unknown-rename",
      `No such rename: ${unmatched.join(", ")}.`,
      "Name something that only the database has, a colon, and what it should be: users.name:users.full_name.",
    );
  }
}
