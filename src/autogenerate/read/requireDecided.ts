import type { DropChoice } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";

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

/** A word that can be copied to a shell. */
function forShell(word: string): string {
  return /^[\w.:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
