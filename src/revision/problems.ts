import { RevisionError } from "./errors";
import { illegalCharactersMessage } from "./symbols";

/** The width of `version_num` in Alembic's version table. */
export const longestStoredId = 32;

interface AtRevision {
  readonly revision: string;
  readonly path: string;
}

/**
 * Something wrong, or worth knowing, in a set of revision files.
 *
 * Every kind names the revisions concerned and the value as it is written, so that an editor can mark that literal.
 * `fatal` problems stop every command; the others are information.
 */
export type ChainProblem =
  | ({ readonly kind: "missing-down-revision"; readonly fatal: true; readonly missing: string } & AtRevision)
  | ({
      readonly kind: "missing-dependency";
      readonly fatal: true;
      readonly missing: string;
      /** Revisions whose ids start so: a file must name its dependency in full. */
      readonly candidates: readonly string[];
    } & AtRevision)
  | {
      readonly kind: "duplicate-revision";
      readonly fatal: true;
      readonly revision: string;
      /** Of all files that claim the id, in load order; the graph holds the last one. */
      readonly paths: readonly string[];
    }
  | CycleProblem<"cycle">
  | CycleProblem<"dependency-cycle">
  | ({ readonly kind: "self-loop"; readonly fatal: true } & AtRevision)
  | ({
      readonly kind: "dependency-self-loop";
      readonly fatal: true;
      readonly dependency: string;
    } & AtRevision)
  | ({
      readonly kind: "duplicate-label";
      readonly fatal: true;
      readonly label: string;
      /** The revision that has the label already. */
      readonly usedBy: string;
    } & AtRevision)
  | ({
      readonly kind: "label-equals-revision";
      readonly fatal: true;
      /** Also the id of a revision. */
      readonly label: string;
    } & AtRevision)
  | ({
      readonly kind: "illegal-characters";
      readonly fatal: true;
      readonly characters: readonly string[];
    } & AtRevision)
  | ({ readonly kind: "empty-id"; readonly fatal: true } & AtRevision)
  | ({ readonly kind: "id-too-long"; readonly fatal: false; readonly length: number } & AtRevision)
  | { readonly kind: "multiple-heads"; readonly fatal: false; readonly heads: readonly string[] };

interface CycleProblem<Kind extends string> {
  readonly kind: Kind;
  readonly fatal: true;
  /** Every revision that a walk from base to head cannot pass, as Alembic lists them. */
  readonly revisions: readonly string[];
  /** One loop: each of these goes back to the next one, and the last to the first. */
  readonly loop: readonly string[];
}

/** What a problem says: Alembic's message where Alembic has one. */
export interface ProblemText {
  readonly message: string;
  readonly hint: string;
}

/** The words for a problem, for errors and diagnostics alike. */
export function describeProblem(problem: ChainProblem): ProblemText {
  switch (problem.kind) {
    case "missing-down-revision":
      return {
        message: `Revision ${problem.missing} referenced from ${problem.revision} is not present`,
        hint: "Restore the file of that revision, or name another one in down_revision.",
      };
    case "missing-dependency":
      return {
        message: `Revision ${problem.missing} referenced from ${problem.revision} is not present`,
        hint: dependencyHint(problem.candidates),
      };
    case "duplicate-revision":
      return {
        message: `Revision ${problem.revision} is present more than once`,
        hint: `Give each file its own id: ${problem.paths.join(", ")}.`,
      };
    case "cycle":
      return {
        message: `Cycle is detected in revisions (${problem.revisions.join(", ")})`,
        hint: `Change the down_revision of one of ${problem.loop.join(", ")}.`,
      };
    case "dependency-cycle":
      return {
        message: `Dependency cycle is detected in revisions (${problem.revisions.join(", ")})`,
        hint: `Change the depends_on or down_revision of one of ${problem.loop.join(", ")}.`,
      };
    case "self-loop":
      return {
        message: `Self-loop is detected in revisions (${problem.revision})`,
        hint: "A revision cannot revise itself: name its parent in down_revision.",
      };
    case "dependency-self-loop":
      return {
        message: `Dependency self-loop is detected in revisions (${problem.revision})`,
        hint: `Take '${problem.dependency}' out of depends_on.`,
      };
    case "duplicate-label":
      return {
        message: `Branch name '${problem.label}' in revision ${problem.revision} already used by revision ${problem.usedBy}`,
        hint: "A label belongs in one file; the revisions after it inherit it.",
      };
    case "label-equals-revision":
      return {
        message: `Branch name '${problem.label}' in revision ${problem.revision} already used by revision ${problem.label}`,
        hint: "Labels and ids share their names: choose another label.",
      };
    case "illegal-characters":
      return {
        message: illegalCharactersMessage(problem.revision, problem.characters),
        hint: "Use letters, digits and _ in revision ids.",
      };
    case "empty-id":
      return {
        message: "A revision has an empty id",
        hint: `Set revision in ${problem.path || "its file"}.`,
      };
    case "id-too-long":
      return {
        message: `Revision id ${problem.revision} has ${problem.length} characters`,
        hint: `The version table takes ${longestStoredId}.`,
      };
    case "multiple-heads":
      return {
        message: `Multiple heads are present: ${problem.heads.join(", ")}`,
        hint: "`alembic-ts merge heads` joins them.",
      };
  }
}

function dependencyHint(candidates: readonly string[]): string {
  return candidates.length === 0
    ? "Restore the file of that revision, or take it out of depends_on."
    : `Write the whole id in depends_on: ${candidates.join(" or ")}.`;
}

/** The error that a command stops with. */
export function problemError(problem: ChainProblem): RevisionError {
  const { message, hint } = describeProblem(problem);
  return new RevisionError("broken-graph", message, { hint });
}
