import * as vscode from "vscode";
import type { GraphRevision } from "../../revision/graph";
import type { AppliedRevisions } from "./databaseState";
import type { GraphMark } from "../../webview/graph/protocol";

/** What a revision is in the graph, in words; none for one in the middle of a line. */
export function placeWords(revision: GraphRevision): readonly string[] {
  return [
    ...(revision.isHead ? [vscode.l10n.t("head")] : []),
    ...(revision.isMergePoint ? [vscode.l10n.t("merge point")] : []),
    ...(revision.isBranchPoint ? [vscode.l10n.t("branch point")] : []),
    ...(revision.isBase ? [vscode.l10n.t("base")] : []),
  ];
}

/** How a revision stands to the database, in words; none where that is not known. */
export function stateWords(mark: GraphMark): readonly string[] {
  switch (mark) {
    case "current":
      return [vscode.l10n.t("current")];
    case "applied":
      return [vscode.l10n.t("applied")];
    case "pending":
      return [vscode.l10n.t("pending")];
    case "unknown":
    case "missing":
      return [];
  }
}

/** Since when an answer of the database is as it is: the time, and before today the date too. */
export function asOf(time: Date, now: Date): string {
  const isToday = time.toDateString() === now.toDateString();
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return vscode.l10n.t(
    "as of {0}",
    isToday
      ? time.toLocaleTimeString(vscode.env.language, clock)
      : time.toLocaleString(vscode.env.language, { dateStyle: "short", timeStyle: "short" }),
  );
}

/** A sentence for each row of the version table that names no revision. */
export function unknownRowTexts(applied: AppliedRevisions): readonly string[] {
  return applied.kind === "unknown"
    ? []
    : applied.unknownRows.map((row) =>
        vscode.l10n.t("The database is at {0}, which no revision here has.", row),
      );
}
