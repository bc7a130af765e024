import { realpathSync } from "node:fs";
import type { CommandContext } from "../context/commandContext";
import { CommandError } from "../context/commandError";
import type { RebaseOptions } from "../context/commandTable";
import { filesOffMainBranch } from "../machine/mainBranch";
import { branchSides } from "../revision/branchSides";
import type { RevisionGraph } from "../revision/graph";
import { resolveRevision } from "../revision/resolve";

/** A branch, by its head, and the revision that it is put on. */
export interface Sides {
  readonly branch: string;
  readonly onto: string;
}

/**
 * The two sides of a rebase: those that are named, what is left of two heads, and what Git tells of the rest.
 * @returns undefined where there is only one head, and no side is named
 * @throws CommandError `unknown-side` where that does not decide it
 */
export async function findSides(
  context: CommandContext,
  graph: RevisionGraph,
  options: RebaseOptions,
): Promise<Sides | undefined> {
  const branch = named(graph, options.branch);
  const onto = named(graph, options.onto);
  if (branch !== undefined && onto !== undefined) {
    return { branch, onto };
  }
  if (branch === undefined && onto === undefined && graph.heads.length < 2) {
    return undefined;
  }
  const others = graph.heads.filter((head) => head !== branch && head !== onto);
  const [other] = others;
  if ((branch !== undefined || onto !== undefined) && other !== undefined && others.length === 1) {
    return { branch: branch ?? other, onto: onto ?? other };
  }
  const { own, main, reference } = await askGit(context, graph, options.since);
  const [theirs] = onto === undefined ? main : [onto];
  const [ours] = branch === undefined ? own : [branch];
  const isClear = (branch !== undefined || own.length === 1) && (onto !== undefined || main.length === 1);
  if (!isClear || theirs === undefined || ours === undefined) {
    throw unclear(own, main, reference);
  }
  return { branch: ours, onto: theirs };
}

function named(graph: RevisionGraph, symbol: string | undefined): string | undefined {
  return symbol === undefined ? undefined : resolveRevision(graph, symbol)?.revision;
}

async function askGit(
  context: CommandContext,
  graph: RevisionGraph,
  since: string | undefined,
): Promise<{
  readonly own: readonly string[];
  readonly main: readonly string[];
  readonly reference: string;
}> {
  const files = new Set<string>();
  let reference = "";
  for (const folder of context.config.versionLocations) {
    const off = await filesOffMainBranch(folder, since ?? context.config.mainBranch);
    if (off === undefined) {
      throw new CommandError(
        "unknown-side",
        `Git does not tell which of the heads are new (${graph.heads.join(", ")}): there is no repository, no main branch, or no common commit.`,
        "Name the branch and the head to put it on: alembic-ts rebase <branch> --onto <head>. The key mainBranch names the main branch; in CI, fetch it.",
      );
    }
    reference = off.reference;
    off.files.forEach((file) => files.add(file));
  }
  return { ...branchSides(graph, (path) => files.has(realpathSync.native(path))), reference };
}

function unclear(own: readonly string[], main: readonly string[], reference: string): CommandError {
  const list = (heads: readonly string[]): string => (heads.length === 0 ? "none" : heads.join(", "));
  return new CommandError(
    "unknown-side",
    `Git does not tell which branch is to be put on which: the heads on ${reference} are ${list(main)}, and the new ones ${list(own)}.`,
    "Name the branch and the head to put it on: alembic-ts rebase <branch> --onto <head>.",
  );
}
