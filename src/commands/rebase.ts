import { readFile } from "node:fs/promises";
import type { Command, CommandContext } from "../context/commandContext";
import { CommandError } from "../context/commandError";
import type { RebaseOptions, RebaseResult } from "../context/commandTable";
import { readSoundGraph } from "../context/readGraph";
import { rewriteFile } from "../machine/newFile";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { reachedIds } from "../revision/lineage";
import { moveBranch, type BranchMove } from "../revision/moveBranch";
import type { RevisionHeader } from "../source/header";
import { parseRevisionFile } from "../source/parseRevisionFile";
import { applyEdits, setDownRevision } from "../source/revisionEdits";
import { scanHeader } from "../source/scanHeader";
import { findSides } from "./findSides";
import { requirePerson } from "./plan/approval";
import { requireNotApplied } from "./requireNotApplied";

type Move = Extract<BranchMove, { readonly kind: "move" }>;

/**
 * Puts a branch on another head: its first revision gets that head as its parent, in the header and in the comment. Nothing
 * is changed where a database has one of the revisions that move.
 * @throws CommandError `unknown-side`, `branch-not-movable`, `applied-revisions`, `database-not-asked`,
 * `needs-approval`
 */
export const rebase: Command<"rebase"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const sides = await findSides(context, graph, options);
  if (sides === undefined) {
    const [head = ""] = graph.heads;
    return nothingMoves("only-head", head, head);
  }
  const { branch, onto } = sides;
  requireBranch(graph, branch, onto);
  const move = moveBranch(graph, branch, onto);
  switch (move.kind) {
    case "in-place":
      return nothingMoves("in-place", branch, onto);
    case "several-firsts":
      throw new CommandError(
        "branch-not-movable",
        `The branch of ${branch} starts with several revisions: ${move.firsts.join(", ")}.`,
        "Merge the heads, or move these revisions one by one.",
      );
    case "needed":
      throw new CommandError(
        "branch-not-movable",
        `${onto} depends on a revision of the branch of ${branch}.`,
        "Put the other branch on this one.",
      );
    case "move":
      return moveTo(context, move, onto, options);
  }
};

/** A revision has no branch beside one that follows it. */
function requireBranch(graph: RevisionGraph, branch: string, onto: string): void {
  if (reachedIds(graph, [onto], ({ downRevisions }) => downRevisions).has(branch)) {
    throw new CommandError(
      "branch-not-movable",
      branch === onto
        ? `${branch} can't be put on itself.`
        : `${onto} follows ${branch}, so ${branch} can't be put on it.`,
      "Name a revision of another branch with --onto.",
    );
  }
}

function nothingMoves(kind: "in-place" | "only-head", revision: string, onto: string): RebaseResult {
  return { kind, revision, onto, from: [], moved: [], path: "", isWritten: false, databases: [] };
}

async function moveTo(
  context: CommandContext,
  { first, moved }: Move,
  onto: string,
  { dryRun, offline }: RebaseOptions,
): Promise<RebaseResult> {
  if (offline === true && dryRun !== true) {
    requirePerson(
      context,
      "moves revisions without checking whether a database has applied them",
      "Leave out --offline, or ask a person to run this command in their own terminal.",
    );
  }
  const databases = offline === true ? [] : await requireNotApplied(context, moved);
  const text = await movedText(first, onto);
  if (dryRun !== true) {
    await rewriteFile(first.path, text);
    context.report({ kind: "fileWritten", path: first.path });
  }
  return {
    kind: "moved",
    revision: first.revision,
    onto,
    from: first.downRevisions,
    moved,
    path: first.path,
    isWritten: dryRun !== true,
    databases,
  };
}

/** The text of a revision's file with another parent. */
async function movedText({ revision, path }: GraphRevision, onto: string): Promise<string> {
  const text = await readFile(path, "utf8");
  const header = headerOf(text, path);
  const moved = header === undefined ? undefined : applyEdits(text, setDownRevision(text, header, [onto]));
  const parents = moved === undefined ? [] : (headerOf(moved, path)?.downRevision.values ?? []);
  if (moved === undefined || parents.length !== 1 || parents[0]?.value !== onto) {
    throw new CommandError(
      "branch-not-movable",
      `The down_revision of ${revision} can't be changed, because it is not written as plain text: ${path}`,
      `Write it as a string, or set it to ${onto} yourself.`,
    );
  }
  return moved;
}

function headerOf(text: string, path: string): RevisionHeader | undefined {
  const scan = scanHeader(text, path);
  const found = scan.kind === "ambiguous" ? parseRevisionFile(text, path) : scan;
  return found.kind === "revision" ? found.header : undefined;
}
