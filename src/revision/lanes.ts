import { displayOrder } from "./displayOrder";
import type { GraphRevision, RevisionGraph } from "./graph";
import { append } from "./links";

/** A line from a revision down to one that it revises or depends on. Rows count from the newest, lanes from the left. */
export interface LaneEdge {
  readonly kind: "parent" | "dependency";
  readonly child: string;
  readonly parent: string;
  readonly fromRow: number;
  readonly fromLane: number;
  readonly toRow: number;
  readonly toLane: number;
  /** The lane that it runs in between its two rows; several edges to one revision may share it. */
  readonly lane: number;
}

export interface LaneRow {
  readonly row: number;
  readonly revision: GraphRevision;
  readonly lane: number;
  /** From newer revisions. */
  readonly edgesIn: readonly LaneEdge[];
  /** To older revisions. */
  readonly edgesOut: readonly LaneEdge[];
}

/** What to draw for some rows: the rows, and every edge that touches or passes them. */
export interface LaneWindow {
  readonly rows: readonly LaneRow[];
  readonly edges: readonly LaneEdge[];
}

export interface LaneLayout {
  /** Newest first. */
  readonly rows: readonly LaneRow[];
  /** How many lanes there are. */
  readonly width: number;
  rowOf(revision: string): LaneRow | undefined;
  /** The rows from `start` up to, but without, `end`. Its cost is that of what it gives. */
  window(start: number, end: number): LaneWindow;
}

export interface LaneOptions {
  /** In this order, newest first; all revisions of the graph where not given. */
  readonly revisions?: readonly GraphRevision[];
  /** Draw dependencies too; true where not given. */
  readonly withDependencies?: boolean;
}

interface DraftRow {
  readonly row: number;
  readonly revision: GraphRevision;
  readonly lane: number;
  readonly edgesIn: LaneEdge[];
  readonly edgesOut: LaneEdge[];
}

/** An edge whose lower end has not been reached. */
interface OpenEdge {
  readonly kind: LaneEdge["kind"];
  readonly child: DraftRow;
  readonly lane: number;
}

/** How many rows lie between two lists of passing edges; those lists make windows cheap. */
const rowsPerCheckpoint = 64;

/**
 * A place for every revision in a drawing like `git log --graph`: one row each, newest first, and lanes that
 * branches keep from their head down to where they part. Takes time in proportion to revisions and edges, and works
 * on broken graphs too: what points upwards in a cycle is left out.
 */
export function layoutLanes(graph: RevisionGraph, options: LaneOptions = {}): LaneLayout {
  const { revisions = displayOrder(graph), withDependencies = true } = options;
  const rowNumbers = new Map(revisions.map((revision, row) => [revision.revision, row]));
  const lanes = laneAllocator();
  const openTo = new Map<string, OpenEdge[]>();
  const rows: DraftRow[] = [];
  for (const [row, revision] of revisions.entries()) {
    const open = openTo.get(revision.revision) ?? [];
    openTo.delete(revision.revision);
    const own = Math.min(...open.map((edge) => edge.lane));
    const lane = open.length === 0 ? lanes.take() : own;
    const draft: DraftRow = { row, revision, lane, edgesIn: [], edgesOut: [] };
    rows.push(draft);
    for (const edge of open) {
      closeEdge(edge, draft);
    }
    for (const freed of new Set(open.map((edge) => edge.lane))) {
      if (freed !== lane) {
        lanes.free(freed);
      }
    }
    openEdges(draft, edgesDown(revision, withDependencies, rowNumbers), openTo, lanes);
  }
  return {
    rows,
    width: lanes.width(),
    rowOf: (revision) => rows[rowNumbers.get(revision) ?? -1],
    window: windows(rows),
  };
}

interface EdgeDown {
  readonly kind: LaneEdge["kind"];
  readonly to: string;
}

function edgesDown(
  revision: GraphRevision,
  withDependencies: boolean,
  rowNumbers: ReadonlyMap<string, number>,
): readonly EdgeDown[] {
  const row = rowNumbers.get(revision.revision) ?? 0;
  const isBelow = (id: string): boolean => (rowNumbers.get(id) ?? -1) > row;
  const parents = [...new Set(revision.downRevisions)];
  const dependencies = withDependencies
    ? revision.resolvedDependencies.filter((id) => !parents.includes(id))
    : [];
  return [
    ...parents.filter(isBelow).map((to) => ({ kind: "parent", to }) as const),
    ...dependencies.filter(isBelow).map((to) => ({ kind: "dependency", to }) as const),
  ];
}

/** The first edge goes on in the revision's own lane; another joins a lane that leads to the same place, or opens one. */
function openEdges(
  draft: DraftRow,
  edges: readonly EdgeDown[],
  openTo: Map<string, OpenEdge[]>,
  lanes: LaneAllocator,
): void {
  if (edges.length === 0) {
    lanes.free(draft.lane);
  }
  for (const [position, { kind, to }] of edges.entries()) {
    const others = openTo.get(to);
    const lane = position === 0 ? draft.lane : (others?.[0]?.lane ?? lanes.take());
    const edge = { kind, child: draft, lane };
    append(openTo, to, edge);
  }
}

function closeEdge({ kind, child, lane }: OpenEdge, parent: DraftRow): void {
  const edge: LaneEdge = {
    kind,
    child: child.revision.revision,
    parent: parent.revision.revision,
    fromRow: child.row,
    fromLane: child.lane,
    toRow: parent.row,
    toLane: parent.lane,
    lane,
  };
  child.edgesOut.push(edge);
  parent.edgesIn.push(edge);
}

interface LaneAllocator {
  /** The leftmost free lane. */
  take(): number;
  free(lane: number): void;
  width(): number;
}

function laneAllocator(): LaneAllocator {
  const isTaken: boolean[] = [];
  let lowestFree = 0;
  return {
    take() {
      const lane = lowestFree;
      isTaken[lane] = true;
      while (isTaken[lowestFree] === true) {
        lowestFree += 1;
      }
      return lane;
    },
    free(lane) {
      isTaken[lane] = false;
      lowestFree = Math.min(lowestFree, lane);
    },
    width: () => isTaken.length,
  };
}

function windows(rows: readonly LaneRow[]): LaneLayout["window"] {
  let checkpoints: readonly (readonly LaneEdge[])[] | undefined;
  return (start, end) => {
    checkpoints ??= passingEdges(rows);
    const first = Math.max(0, Math.min(start, rows.length));
    const shown = rows.slice(first, Math.max(first, end));
    const checkpoint = Math.floor(first / rowsPerCheckpoint);
    const before = rows.slice(checkpoint * rowsPerCheckpoint, first).flatMap((row) => row.edgesOut);
    const reaching = [...(checkpoints[checkpoint] ?? []), ...before].filter((edge) => edge.toRow >= first);
    return {
      rows: shown,
      edges: shown.length === 0 ? [] : [...reaching, ...shown.flatMap((row) => row.edgesOut)],
    };
  };
}

/** For every so many rows, the edges that come from above. */
function passingEdges(rows: readonly LaneRow[]): readonly (readonly LaneEdge[])[] {
  const checkpoints: (readonly LaneEdge[])[] = [];
  let passing: readonly LaneEdge[] = [];
  for (let start = 0; start < rows.length; start += rowsPerCheckpoint) {
    checkpoints.push(passing);
    const next = start + rowsPerCheckpoint;
    passing = [...passing, ...rows.slice(start, next).flatMap((row) => row.edgesOut)].filter(
      (edge) => edge.toRow >= next,
    );
  }
  return checkpoints;
}
