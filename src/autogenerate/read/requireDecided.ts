import type { DropChoice } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import type { AutogenerateReport } from "../../context/commandTable";

/**
 * Nothing is dropped by a guess, and a revision that leaves out what was meant would be wrong, too.
 * @throws CommandError `undecided-drops`
 */
export function requireDecided({
  undecided,
  openQuestions,
}: {
  readonly undecided: readonly DropChoice[];
  readonly openQuestions: readonly { readonly from: string; readonly answer: string }[];
}): void {
  const [first] = undecided;
  if (first === undefined) {
    return;
  }
  const named = undecided.map(
    ({ kind, name, revision }) =>
      `${kind} ${name}${revision === undefined ? "" : ` (created by revision ${revision})`}`,
  );
  const renamed = openQuestions.find(({ from }) => undecided.some(({ name }) => name === from));
  const answer = forShell(first.name);
  throw new CommandError(
    "undecided-drops",
    `No entity describes what revisions created: ${named.join(", ")}.`,
    "If an entity is missing, correct the DataSource's entities. Otherwise decide about each: " +
      `--drop ${answer} or --keep ${answer}` +
      (renamed === undefined ? "." : `, or --rename ${forShell(renamed.answer)}.`),
  );
}

type RenameQuestion = AutogenerateReport["questions"][number];

/** For those who were not asked: a rename that is not ruled out, and is not written as one. */
export function describeOpenQuestion({ kind, from, to, answer }: RenameQuestion): string {
  return `The ${nameOfKind(kind)} ${from} may have been renamed to ${to}. If it was, use --rename ${forShell(answer)} instead.`;
}

function nameOfKind(kind: RenameQuestion["kind"]): string {
  return kind === "enumValue" ? "enum value" : kind;
}

/**
 * A person who leaves a question open reads the file that has the drop in it, under a comment; a coding agent may run it.
 * @throws CommandError `open-questions`
 */
export function requireAnswered({ questions }: Pick<AutogenerateReport, "questions">): void {
  const [first] = questions;
  if (first === undefined) {
    return;
  }
  throw new CommandError(
    "open-questions",
    `Nothing was written, because these may be renames: ${questions.map(({ kind, from, to }) => `${nameOfKind(kind)} ${from} to ${to}`).join(", ")}.`,
    "Ask the user about each. Confirm a rename with " +
      `${questions.map(({ answer }) => `--rename ${forShell(answer)}`).join(" ")}. ` +
      "If nothing else was renamed, add --no-renames: what is gone is then dropped with its data.",
  );
}

/** A word that can be copied to a shell. */
function forShell(word: string): string {
  return /^[\w.:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
