import type { DriftDifference } from "../context/driftCommand";
import type { RevisionGraph } from "../revision/graph";
import { impliedRevisions } from "../revision/lineage";

const kind = "version row";

/** The rows of a version table that say where the database is, and what is wrong with the others. */
export interface JudgedRows {
  /** Known, and not implied by others. */
  readonly effective: readonly string[];
  readonly differences: readonly DriftDifference[];
}

/** Judges the rows by the project's revisions: of each branch, there is one, and it names a file. */
export function judgeRows(graph: RevisionGraph, rows: readonly string[]): JudgedRows {
  const known = [...new Set(rows)].filter((row) => graph.get(row) !== undefined);
  const implied = new Map(known.map((row) => [row, impliedBy(graph, known, row)]));
  const differences = rows.toSorted().flatMap((row, index, sorted): readonly DriftDifference[] => {
    const wrong =
      graph.get(row) === undefined
        ? "no file has this revision"
        : sorted.indexOf(row) < index
          ? "the row is there more than once"
          : implied.get(row) !== undefined
            ? `the row of ${String(implied.get(row))} implies it`
            : undefined;
    return wrong === undefined
      ? []
      : [{ kind, name: row, change: "unexpected", expected: undefined, actual: wrong, isFixed: false }];
  });
  return { effective: known.filter((row) => implied.get(row) === undefined), differences };
}

function impliedBy(graph: RevisionGraph, rows: readonly string[], row: string): string | undefined {
  return rows.find((other) => other !== row && impliedRevisions(graph, [other]).has(row));
}

/** Rows that one of two tables has and the other one has not. */
export function compareRows(
  actual: readonly string[],
  expected: readonly string[],
): readonly DriftDifference[] {
  const only = (rows: readonly string[], others: readonly string[]): readonly string[] =>
    [...new Set(rows)].filter((row) => !others.includes(row)).toSorted();
  return [
    ...only(expected, actual).map((name): DriftDifference => ({
      kind,
      name,
      change: "missing",
      expected: name,
      actual: undefined,
      isFixed: false,
    })),
    ...only(actual, expected).map((name): DriftDifference => ({
      kind,
      name,
      change: "unexpected",
      expected: undefined,
      actual: name,
      isFixed: false,
    })),
  ];
}
