import { idInComment } from "./docComment";
import type { FileProblem, ParserFindings } from "./fileProblem";
import type { RevisionHeader, TextRange } from "./header";
import type { IndexedFile } from "./revisionIndex";

/** A problem of one file, and where in it. */
export interface PlacedFileProblem {
  readonly range: TextRange;
  readonly severity: "error" | "warning" | "information";
  readonly problem: FileProblem;
}

/** What is wrong within one file, whatever the others say. */
export function fileDiagnostics(
  { scan, header, isStale }: IndexedFile,
  { syntaxProblems, caughtOperations = [] }: ParserFindings,
): readonly PlacedFileProblem[] {
  const problems: PlacedFileProblem[] = syntaxProblems.map(({ message, range }) => ({
    range,
    severity: "error",
    problem: { kind: "syntax-error", message, range },
  }));
  if (scan.kind === "ambiguous" && syntaxProblems.length === 0) {
    const { reason, range } = scan;
    problems.push({ range, severity: "error", problem: { kind: "undecided-header", reason, range } });
  }
  if (header !== undefined && !isStale) {
    problems.push(
      ...(header.undecided ?? []).map(({ name, reason, range }): PlacedFileProblem => ({
        range,
        severity: "information",
        problem: { kind: "undecided-header", reason: `${name} is ${reason}`, range },
      })),
    );
  }
  if (header !== undefined) {
    problems.push(
      ...caughtOperations.map(({ range, operation, tried }): PlacedFileProblem => ({
        range,
        severity: "warning",
        problem: { kind: "caught-operation", operation, tried },
      })),
    );
  }
  if (header !== undefined && !isStale) {
    problems.push(
      ...commentProblems(header),
      ...(syntaxProblems.length === 0 ? functionProblems(header) : []),
    );
  }
  return problems;
}

function commentProblems(header: RevisionHeader): readonly PlacedFileProblem[] {
  const { revision, downRevision } = header.documentedIds;
  const id = header.revision.value;
  const parents = header.downRevision.values.map(({ value }) => value);
  const problems: PlacedFileProblem[] = [];
  if (revision !== undefined && revision.value !== idInComment(id)) {
    const problem = {
      kind: "comment-contradicts-revision",
      documented: revision.value,
      revision: id,
    } as const;
    problems.push({ range: revision.range, severity: "warning", problem });
  }
  const documented = downRevision?.values.map(({ value }) => value) ?? [];
  if (downRevision !== undefined && !sameIds(documented, parents)) {
    problems.push({
      range: downRevision.range,
      severity: "warning",
      problem: { kind: "comment-contradicts-down-revision", documented, downRevisions: parents },
    });
  }
  return problems;
}

/** In any order; an id with a comma in it cannot be told from two. */
function sameIds(documented: readonly string[], ids: readonly string[]): boolean {
  const written = ids.map(idInComment);
  return (
    documented.join(", ") === written.join(", ") ||
    JSON.stringify([...documented].sort()) === JSON.stringify([...written].sort())
  );
}

/** A file that is still to be filled in, and a merge, have nothing to take back. */
function functionProblems(header: RevisionHeader): readonly PlacedFileProblem[] {
  const revision = header.revision.value;
  const problems: PlacedFileProblem[] = [];
  if (header.upgrade === undefined) {
    const { range } = header.revision;
    problems.push({ range, severity: "error", problem: { kind: "missing-upgrade", revision } });
  } else if (header.downgrade === undefined) {
    const range = header.upgrade;
    problems.push({ range, severity: "warning", problem: { kind: "missing-downgrade", revision } });
  } else if (header.downgradeIsEmpty && !header.upgradeIsEmpty && header.downRevision.values.length < 2) {
    const range = header.downgrade;
    problems.push({ range, severity: "information", problem: { kind: "empty-downgrade", revision } });
  }
  return problems;
}
