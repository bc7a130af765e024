import { RevisionError } from "./errors";
import { inEnglish, type Say } from "./say";
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
  | ({
      readonly kind: "missing-down-revision";
      readonly fatal: true;
      readonly missing: string;
      /** The squashed revision that stands for it. */
      readonly replacedBy?: string;
    } & AtRevision)
  | ({
      readonly kind: "missing-dependency";
      readonly fatal: true;
      readonly missing: string;
      /** Revisions whose ids start so: a file must name its dependency in full. */
      readonly candidates: readonly string[];
      readonly replacedBy?: string;
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
export function describeProblem(problem: ChainProblem, say: Say = inEnglish): ProblemText {
  switch (problem.kind) {
    case "missing-down-revision":
      return {
        message: notPresent(problem, say),
        hint:
          problem.replacedBy === undefined
            ? say("Restore the file of that revision, or name another revision in down_revision.")
            : isSquashed(problem.missing, problem.replacedBy, "down_revision", say),
      };
    case "missing-dependency":
      return {
        message: notPresent(problem, say),
        hint:
          problem.replacedBy !== undefined
            ? isSquashed(problem.missing, problem.replacedBy, "depends_on", say)
            : problem.candidates.length === 0
              ? say("Restore the file of that revision, or remove it from depends_on.")
              : say("Write the whole ID in depends_on: {0}.", problem.candidates.join(` ${say("or")} `)),
      };
    case "duplicate-revision":
      return {
        message: say("Revision {0} is present more than once", problem.revision),
        hint: presentTwice(problem.paths, say),
      };
    case "cycle":
      return {
        message: say("Cycle is detected in revisions ({0})", problem.revisions.join(", ")),
        hint: say("Change the down_revision of one of {0}.", problem.loop.join(", ")),
      };
    case "dependency-cycle":
      return {
        message: say("Dependency cycle is detected in revisions ({0})", problem.revisions.join(", ")),
        hint: say("Change the depends_on or down_revision of one of {0}.", problem.loop.join(", ")),
      };
    case "self-loop":
      return {
        message: say("Self-loop is detected in revisions ({0})", problem.revision),
        hint: say("A revision cannot revise itself: name its parent in down_revision."),
      };
    case "dependency-self-loop":
      return {
        message: say("Dependency self-loop is detected in revisions ({0})", problem.revision),
        hint: say("Remove '{0}' from depends_on.", problem.dependency),
      };
    case "duplicate-label":
      return {
        message: labelInUse(problem, problem.usedBy, say),
        hint: say("A label belongs in one file; the revisions after it inherit it."),
      };
    case "label-equals-revision":
      return {
        message: labelInUse(problem, problem.label, say),
        hint: say("A label can't have the name of an ID: choose another label."),
      };
    case "illegal-characters":
      return {
        message: illegalCharactersMessage(problem.revision, problem.characters, say),
        hint: say("Use letters, digits and _ in revision IDs."),
      };
    case "empty-id":
      return {
        message: say("A revision has an empty ID"),
        hint: say("Set revision in {0}.", problem.path),
      };
    case "id-too-long":
      return {
        message: say("Revision ID {0} has {1} characters", problem.revision, problem.length),
        hint: say("The limit of the version table is {0}.", longestStoredId),
      };
    case "multiple-heads":
      return {
        message: say("Multiple heads are present: {0}", problem.heads.join(", ")),
        hint: "`alembic-ts merge heads` joins them.",
      };
  }
}

/** Where Python's file of a revision and the TypeScript one made of it are both there, another ID would be wrong. */
function presentTwice(paths: readonly string[], say: Say): string {
  const list = paths.join(", ");
  const isPython = (path: string): boolean => path.endsWith(".py");
  return paths.some(isPython) && !paths.every(isPython)
    ? say(
        "One of these is converted from the other: rename the Python file so that its name does not end in .py, or remove it: {0}.",
        list,
      )
    : say("Give each file its own ID: {0}.", list);
}

function isSquashed(missing: string, replacedBy: string, name: string, say: Say): string {
  return say("{0} was squashed into {1}: write {1} in {2}.", missing, replacedBy, name);
}

function notPresent(
  { missing, revision }: { readonly missing: string; readonly revision: string },
  say: Say,
): string {
  return say("Revision {0} referenced from {1} is not present", missing, revision);
}

function labelInUse(
  { label, revision }: { readonly label: string; readonly revision: string },
  usedBy: string,
  say: Say,
): string {
  return say("Branch name '{0}' in revision {1} already used by revision {2}", label, revision, usedBy);
}

/** The error that a command stops with. */
export function problemError(problem: ChainProblem): RevisionError {
  const { message, hint } = describeProblem(problem);
  return new RevisionError("broken-graph", message, { hint });
}
