import { laneX, rowHeight } from "./geometry";
import type { GraphEdge, GraphRow } from "./protocol";

const namespace = "http://www.w3.org/2000/svg";
const nodeRadius = 5;

/** Draws lines and nodes of the visible rows into an SVG whose top is the row `start`. */
export function drawLanes(
  svg: SVGSVGElement,
  start: number,
  rows: readonly GraphRow[],
  edges: readonly GraphEdge[],
  selectedRow: number,
): void {
  svg.replaceChildren(
    ...edges.map((edge) => edgePath(edge, start)),
    ...rows.map((row) => nodeShape(row, start, row.row === selectedRow)),
  );
}

/** Leaves the child's lane, runs down in the edge's own lane, and turns into the parent's. */
function edgePath(edge: GraphEdge, start: number): SVGPathElement {
  const path = document.createElementNS(namespace, "path");
  const [x1, y1] = [laneX(edge.fromLane), rowMiddle(edge.fromRow, start)];
  const [x2, y2] = [laneX(edge.toLane), rowMiddle(edge.toRow, start)];
  const x = laneX(edge.lane);
  const bend = rowHeight / 2;
  const isNext = edge.toRow - edge.fromRow <= 1;
  path.setAttribute(
    "d",
    isNext
      ? `M ${x1} ${y1} C ${x1} ${y1 + bend}, ${x2} ${y2 - bend}, ${x2} ${y2}`
      : `M ${x1} ${y1} C ${x1} ${y1 + bend}, ${x} ${y1 + bend}, ${x} ${y1 + rowHeight}` +
          ` L ${x} ${y2 - rowHeight} C ${x} ${y2 - bend}, ${x2} ${y2 - bend}, ${x2} ${y2}`,
  );
  path.setAttribute("class", `edge ${edge.kind} lane${edge.lane % 6}`);
  return path;
}

/** The state shows in the shape too, not by colour alone: full, ringed, hollow, dashed. */
function nodeShape(row: GraphRow, start: number, isSelected: boolean): SVGGElement {
  const group = document.createElementNS(namespace, "g");
  const circle = (radius: number, name: string): SVGCircleElement => {
    const shape = document.createElementNS(namespace, "circle");
    shape.setAttribute("cx", String(laneX(row.lane)));
    shape.setAttribute("cy", String(rowMiddle(row.row, start)));
    shape.setAttribute("r", String(radius));
    shape.setAttribute("class", name);
    return shape;
  };
  group.append(circle(nodeRadius, `node ${row.mark}`));
  if (row.mark === "current") {
    group.append(circle(nodeRadius + 3, "ring"));
  }
  if (isSelected) {
    group.append(circle(nodeRadius + 5, "selection"));
  }
  return group;
}

function rowMiddle(row: number, start: number): number {
  return (row - start) * rowHeight + rowHeight / 2;
}
