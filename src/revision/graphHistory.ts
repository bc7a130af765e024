import { describeRevision, type DescribeOptions } from "./describe";
import type { GraphRevision, RevisionGraph } from "./graph";
import { layoutLanes, type LaneRow } from "./lanes";

/** The sides of a cell that a line leaves by. */
const up = 1;
const down = 2;
const left = 4;
const right = 8;

const glyphs = new Map([
  [up | down, "│"],
  [left | right, "─"],
  [up | right, "╰"],
  [up | left, "╯"],
  [down | right, "╭"],
  [down | left, "╮"],
  [up | down | right, "├"],
  [up | down | left, "┤"],
  [up | left | right, "┴"],
  [down | left | right, "┬"],
  [up | down | left | right, "┼"],
]);

/**
 * The lines of `history --graph`: each revision, newest first, behind a drawing of its branches and merges, with
 * lines in between where branches part or meet. Draws `down_revision` only; the text names dependencies. Revisions
 * must be given newest first, as `historyRange` gives them; parents outside of them are not drawn.
 */
export function renderHistoryGraph(
  graph: RevisionGraph,
  revisions: readonly GraphRevision[],
  options: DescribeOptions = {},
): readonly string[] {
  const layout = layoutLanes(graph, { revisions, withDependencies: false });
  const lines: string[] = [];
  let above = new Map<number, number>();
  for (const row of layout.rows) {
    const below = lanesBelow(above, row);
    const meeting = row.edgesIn.map((edge) => edge.lane).filter((lane) => lane !== row.lane);
    if (meeting.length > 0) {
      lines.push(drawJoin(above, without(above, meeting), row.lane, meeting));
    }
    const mark = row.revision.isHead ? "◉" : "●";
    const passing = without(above, meeting);
    lines.push(
      `${drawRow(passing, row.lane, mark)} ${describeRevision(graph, row.revision, { withLabels: true, withJunctions: true, ...options })}`,
    );
    const parting = row.edgesOut.map((edge) => edge.lane).filter((lane) => lane !== row.lane);
    if (parting.length > 0) {
      lines.push(drawJoin(new Map([...passing, [row.lane, row.row]]), below, row.lane, parting));
    }
    above = below;
  }
  return lines;
}

/** The lanes with a line after this row, each with the row at which that line ends. */
function lanesBelow(above: ReadonlyMap<number, number>, row: LaneRow): Map<number, number> {
  const lanes = new Map([...above].filter(([, toRow]) => toRow > row.row));
  for (const edge of row.edgesOut) {
    lanes.set(edge.lane, edge.toRow);
  }
  return lanes;
}

function without(
  lanes: ReadonlyMap<number, number>,
  removed: readonly number[],
): ReadonlyMap<number, number> {
  return new Map([...lanes].filter(([lane]) => !removed.includes(lane)));
}

function drawRow(lanes: ReadonlyMap<number, unknown>, lane: number, mark: string): string {
  const width = Math.max(lane, ...lanes.keys()) + 1;
  return Array.from({ length: width }, (_, at) => {
    if (at === lane) {
      return mark;
    }
    return lanes.has(at) ? "│" : " ";
  }).join(" ");
}

/** A line across, from the revision's lane to each of the others, over the lanes that pass. */
function drawJoin(
  above: ReadonlyMap<number, unknown>,
  below: ReadonlyMap<number, unknown>,
  lane: number,
  others: readonly number[],
): string {
  const ends = [lane, ...others];
  const first = Math.min(...ends);
  const last = Math.max(...ends);
  const width = Math.max(last, ...above.keys(), ...below.keys()) + 1;
  let line = "";
  for (let at = 0; at < width; at += 1) {
    const isInside = at >= first && at <= last;
    const isJoint = ends.includes(at);
    const sides =
      (above.has(at) ? up : 0) |
      (below.has(at) ? down : 0) |
      (isInside && at > first ? left : 0) |
      (isInside && at < last ? right : 0);
    // A lane that only passes is drawn through, so that it does not seem to be joined.
    const isPassing = isInside && !isJoint && above.has(at) && below.has(at);
    line += isPassing ? "│" : (glyphs.get(sides) ?? " ");
    line += at >= first && at < last ? "─" : " ";
  }
  return line.trimEnd();
}
