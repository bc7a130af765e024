import { drawingWidth, laneX, rowHeight } from "../../webview/graph/geometry";
import { laneColorCount, lanePath, nodeRadius, rowMiddle } from "../../webview/graph/lanePath";
import type { GraphEdge, GraphMark, GraphRow } from "../../webview/graph/protocol";

/** A picture has no theme: dark on white, as it is printed. */
const laneColors: readonly string[] = ["#1a85ff", "#652d90", "#bf8803", "#388a34", "#d18616", "#e51400"];
const green = "#388a34";
const errorColor = "#c72e0f";
const nodeColors: Readonly<Record<GraphMark, { readonly stroke: string; readonly fill: string }>> = {
  unknown: { stroke: "#424242", fill: "#ffffff" },
  pending: { stroke: "#855f00", fill: "#ffffff" },
  applied: { stroke: green, fill: green },
  current: { stroke: green, fill: green },
  missing: { stroke: errorColor, fill: "#ffffff" },
};

const letterWidth = 8;

/** The whole graph as an SVG document; every text in it is escaped. */
export function graphSvg(
  title: string,
  laneCount: number,
  { rows, edges }: { readonly rows: readonly GraphRow[]; readonly edges: readonly GraphEdge[] },
): string {
  const left = drawingWidth(laneCount);
  const longest = Math.max(0, ...rows.map((row) => textsOf(row).join("   ").length));
  const width = left + longest * letterWidth + 24;
  const height = Math.max(1, rows.length) * rowHeight;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeXml(title)}</title>`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...edges.map(edgeElement),
    ...rows.flatMap((row) => [...nodeElements(row), textElement(row, left)]),
    "</svg>",
    "",
  ].join("\n");
}

function edgeElement(edge: GraphEdge): string {
  const color =
    edge.kind === "missing"
      ? errorColor
      : (laneColors[edge.lane % laneColorCount] ?? nodeColors.unknown.stroke);
  const dashes = { parent: "", dependency: ' stroke-dasharray="2 4"', missing: ' stroke-dasharray="5 4"' };
  return `<path d="${lanePath(edge, 0)}" fill="none" stroke="${color}" stroke-width="2"${dashes[edge.kind]}/>`;
}

function nodeElements({ row, lane, mark }: GraphRow): readonly string[] {
  const { stroke, fill } = nodeColors[mark];
  const circle = (radius: number, paint: string): string =>
    `<circle cx="${laneX(lane)}" cy="${rowMiddle(row, 0)}" r="${radius}" ${paint}/>`;
  const dashes = mark === "missing" ? ' stroke-dasharray="3 2"' : "";
  return [
    circle(nodeRadius, `fill="${fill}" stroke="${stroke}" stroke-width="2"${dashes}`),
    ...(mark === "current"
      ? [circle(nodeRadius + 3, `fill="none" stroke="${stroke}" stroke-width="1.5"`)]
      : []),
  ];
}

function textElement(row: GraphRow, left: number): string {
  const [message = "", ...others] = textsOf(row);
  const rest = others.map((text) => `<tspan dx="12" fill="#616161">${escapeXml(text)}</tspan>`).join("");
  const font = 'font-family="system-ui, sans-serif" font-size="13" dominant-baseline="central"';
  return `<text x="${left}" y="${rowMiddle(row.row, 0)}" ${font} fill="#1f1f1f">${escapeXml(message)}${rest}</text>`;
}

function textsOf({ message, id, badges, author }: GraphRow): readonly string[] {
  return [message, id, badges.join(" · "), author].filter((text) => text !== "");
}

/** XML has no words at all for most control characters. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
