import type { RevisionGraph } from "../../revision/graph";
import type { RevisionHeader, TextRange } from "../../source/header";
import { appliedCountFrom, pendingCountUpTo } from "../database/databaseState";
import type { AppliedRevisions } from "../database/databaseState";
import { markOf } from "../tree/treeModel";

export type Lens =
  /** `count`: how many revisions it would run, where that is known. */
  | { readonly kind: "upgrade"; readonly count: number | undefined }
  | { readonly kind: "applied"; readonly isCurrent: boolean }
  /** `count`: how many revisions it would revert, where that is known. */
  | { readonly kind: "downgrade"; readonly count: number | undefined }
  | { readonly kind: "pending" }
  /** `summary`: of the most dangerous statement; `all`: of every statement that is to be told of, that one first. */
  | { readonly kind: "measured"; readonly summary: string; readonly all: readonly string[] }
  | { readonly kind: "preview"; readonly direction: "upgrade" | "downgrade" };

export interface PlacedLens {
  readonly range: TextRange;
  readonly lens: Lens;
}

export interface LensSwitches {
  readonly run: boolean;
  readonly previewSql: boolean;
}

/**
 * The lenses of a revision file. Each line has as many in every state of the database, so that nothing jumps.
 * @param measured what the statements of `upgrade` do, the most dangerous first; its lens is the last
 */
export function lensesOf(
  header: RevisionHeader,
  graph: RevisionGraph,
  applied: AppliedRevisions,
  switches: LensSwitches,
  measured: readonly string[] = [],
): readonly PlacedLens[] {
  const revision = header.revision.value;
  const mark = markOf(revision, applied);
  // Where some can't be told, a count would be a guess.
  const known = applied.kind === "known" && applied.uncertain.size === 0 ? applied.applied : undefined;
  const lenses: PlacedLens[] = [];
  const add = (range: TextRange, isOn: boolean, lens: Lens): void => {
    if (isOn) {
      lenses.push({ range, lens });
    }
  };
  if (header.upgrade !== undefined) {
    const isApplied = mark === "applied" || mark === "current";
    add(
      header.upgrade,
      switches.run,
      isApplied
        ? { kind: "applied", isCurrent: mark === "current" }
        : { kind: "upgrade", count: known && pendingCountUpTo(graph, revision, known) },
    );
    add(header.upgrade, switches.previewSql, { kind: "preview", direction: "upgrade" });
  }
  if (header.downgrade !== undefined) {
    add(
      header.downgrade,
      switches.run,
      mark === "pending"
        ? { kind: "pending" }
        : { kind: "downgrade", count: known && appliedCountFrom(graph, revision, known) },
    );
    add(header.downgrade, switches.previewSql, { kind: "preview", direction: "downgrade" });
  }
  const [summary] = measured;
  if (header.upgrade !== undefined && summary !== undefined) {
    add(header.upgrade, true, { kind: "measured", summary, all: measured });
  }
  return lenses;
}
