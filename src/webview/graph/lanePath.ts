import { laneX, rowHeight } from "./geometry";
import type { GraphEdge } from "./protocol";

/** The radius of a revision's circle. */
export const nodeRadius = 5;

/** How many colours the lanes take turns with. */
export const laneColorCount = 6;

/** The middle of a row, below the top of the row `start`. */
export function rowMiddle(row: number, start: number): number {
  return (row - start) * rowHeight + rowHeight / 2;
}

/** The path of a line: it leaves the child's lane, runs down in the line's own, and turns into the parent's. */
export function lanePath(edge: GraphEdge, start: number): string {
  const [x1, y1] = [laneX(edge.fromLane), rowMiddle(edge.fromRow, start)];
  const [x2, y2] = [laneX(edge.toLane), rowMiddle(edge.toRow, start)];
  const x = laneX(edge.lane);
  const bend = rowHeight / 2;
  return edge.toRow - edge.fromRow <= 1
    ? `M ${x1} ${y1} C ${x1} ${y1 + bend}, ${x2} ${y2 - bend}, ${x2} ${y2}`
    : `M ${x1} ${y1} C ${x1} ${y1 + bend}, ${x} ${y1 + bend}, ${x} ${y1 + rowHeight}` +
        ` L ${x} ${y2 - rowHeight} C ${x} ${y2 - bend}, ${x2} ${y2 - bend}, ${x2} ${y2}`;
}
