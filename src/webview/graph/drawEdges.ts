import { laneX } from "./geometry";
import { laneColorCount, lanePath, nodeRadius, rowMiddle } from "./lanePath";
import type { GraphEdge, GraphRow } from "./protocol";

const namespace = "http://www.w3.org/2000/svg";

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

function edgePath(edge: GraphEdge, start: number): SVGPathElement {
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", lanePath(edge, start));
  path.setAttribute("class", `edge ${edge.kind} lane${edge.lane % laneColorCount}`);
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
