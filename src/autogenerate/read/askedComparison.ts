import { compareSchemas, type SchemaComparison } from "../compare/compareSchemas";
import type { CompareOptions } from "../compare/compareOptions";
import type { RenameQuestion } from "../compare/difference";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";

/** The database, and what the entities ask for. */
export interface ComparedModels {
  readonly before: SchemaModel;
  readonly after: SchemaModel;
}

/** Answers to questions about renames, yes and no. */
export interface RenameAnswers {
  readonly renames: readonly string[];
  readonly declined: ReadonlySet<string>;
}

export interface AskedComparison extends RenameAnswers {
  readonly comparison: SchemaComparison;
  readonly openQuestions: readonly RenameQuestion[];
}

/**
 * Compares, and asks what was renamed where somebody can be asked. An answer may settle other questions, so they are
 * asked one at a time.
 * @throws CommandError `unknown-rename`, `rename-onto-existing`
 */
export async function askedComparison(
  context: Pick<CommandContext, "askRename">,
  { before, after }: ComparedModels,
  filters: CompareOptions,
  answers: RenameAnswers,
): Promise<AskedComparison> {
  const renames = [...answers.renames];
  const declined = new Set(answers.declined);
  for (;;) {
    const comparison = compareSchemas(before, after, { ...filters, renames });
    requireMatched(comparison);
    requireFreeNames(comparison);
    const questions = comparison.questions.filter(({ answer }) => !declined.has(answer));
    const [question] = questions;
    if (question === undefined || context.askRename === undefined) {
      // What was answered with no is not to be asked again by a comment in the file.
      return { comparison: { ...comparison, questions }, openQuestions: questions, renames, declined };
    }
    const { kind, from, to, score, answer } = question;
    if (await context.askRename({ kind, from, to, score })) {
      renames.push(answer);
    } else {
      declined.add(answer);
    }
  }
}

function requireMatched({ unmatchedRenames }: SchemaComparison): void {
  const [unmatched] = unmatchedRenames;
  if (unmatched !== undefined) {
    throw new CommandError(
      "unknown-rename",
      `--rename ${unmatched} does not match: the old name is not in the database or the new name is not in the entities.`,
      "Write it as users.name:users.full_name for a column, users:accounts for a table.",
    );
  }
}

/**
 * Refuses a rename onto a name that something else has and keeps.
 * @throws CommandError `rename-onto-existing`
 */
export function requireFreeNames({ occupiedRenames }: Pick<SchemaComparison, "occupiedRenames">): void {
  const [occupied] = occupiedRenames;
  if (occupied !== undefined) {
    throw new CommandError(
      "rename-onto-existing",
      `--rename ${occupied} is not possible in this revision: the new name is taken in the database.`,
      "Drop or rename what has this name in an earlier revision, and upgrade to it.",
    );
  }
}
